"""NHS numbers are recognised in any grouping, pseudonyms are left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pts_optimiser.intake.nhs_number import holds_nhs_number, is_nhs_number


@pytest.mark.parametrize(
    "text",
    [
        "9990000018",
        "999 000 0018",
        "999-000-0018",
        "99 90 00 00 18",
        "999 000 0018".replace(" ", "\u2013"),
        "NHS 9990000018",
        "9990000018-1",
        "J_9990000018",
        "12/9990000018",
    ],
)
def test_a_valid_number_is_found(text: str) -> None:
    assert holds_nhs_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9990000019",
        "999000001",
        "99900000180",
        "p9990000018",
        "9990000018a",
        "0121 496 0000",
        "a9990000018f3",
        "QEHB",
    ],
)
def test_what_is_no_number_of_its_own_is_not(text: str) -> None:
    assert not holds_nhs_number(text)


@given(st.integers(0, 999_999_999))
def test_at_most_one_check_digit_is_right(stem: int) -> None:
    right = [digit for digit in range(10) if is_nhs_number(f"{stem:09}{digit}")]
    assert len(right) <= 1
    weighted = sum((10 - place) * int(digit) for place, digit in enumerate(f"{stem:09}"))
    assert (len(right) == 0) == (weighted % 11 == 1)
    assert all((weighted + digit) % 11 == 0 for digit in right)
