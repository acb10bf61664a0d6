"""What messages may quote, and in which order issues come."""

from __future__ import annotations

import pytest

from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings, input_error, shown


@pytest.mark.parametrize(
    "value", ["9990000018", "x 999 000 0018", "01214960000", "999-000-0018", "1.2.3.4.5.6.7.8.9.0"]
)
def test_ten_digits_are_never_shown(value: str) -> None:
    assert shown(value) == "(not shown)"


def test_what_holds_the_hidden_value_is_not_shown() -> None:
    assert shown("for p-abc", hidden="p-abc") == "(not shown)"
    assert shown("for p-abd", hidden="p-abc") == "'for p-abd'"


def test_long_and_strange_values_are_cut_and_escaped() -> None:
    assert shown("a" * 1000) == repr("a" * 40 + "…")
    assert shown("a\x1b[31m") == r"'a\x1b[31m'"


def test_issues_of_the_file_come_first_and_rows_in_order() -> None:
    findings = Findings("f.csv")
    findings.error(Code.BAD_TIME, "m", "h", row=9)
    findings.warn(Code.UNKNOWN_CONTRACT, "m", "h", row=3)
    findings.fail(Code.EMPTY_FILE, "m", "h")
    assert [issue.row for issue in findings.in_order()] == [None, 3, 9]
    assert findings.fatal
    assert str(input_error(findings.in_order())) == "f.csv: 2 errors"


def test_no_issue_is_longer_than_anybody_reads() -> None:
    findings = Findings("f.toml")
    findings.fail(
        Code.UNKNOWN_KEY, "unknown key " + "k" * 100_000, "did you mean " + "n" * 100_000, column="k" * 100_000
    )
    assert len(str(findings.issues[0])) < 1500
    assert str(findings.issues[0]).startswith("f.toml [kkk")
