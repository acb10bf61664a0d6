"""The break of a duty."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.duties import read_duties

from .samples import duties_file, duty, found


def at(clock: str, day: int = 27) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day}T{clock}").replace(tzinfo=LONDON)


def read(policy: Policy, **changes: str) -> tuple[Break | None, tuple[Issue, ...]]:
    result = read_duties(duties_file(duty(**changes)), policy)
    return (result.items[0].rest if result.items else None), result.issues


def window(earliest: str, latest: str) -> dict[str, str]:
    return {"break_earliest": f"2026-03-27T{earliest}", "break_latest": f"2026-03-27T{latest}"}


def test_a_stated_window_is_kept(policy: Policy) -> None:
    rest, issues = read(policy, break_minutes="30", **window("09:00", "13:30"))
    assert not issues
    assert rest == Break(timedelta(minutes=30), at("09:00"), at("13:30"))


@pytest.mark.parametrize(
    ("end", "earliest", "latest"),
    [
        ("14:00", "09:00", "12:00"),
        ("10:00", "09:00", "09:30"),
        ("08:00", "07:30", "07:30"),
        ("06:30", "06:00", "06:00"),
    ],
)
def test_without_window_the_policys_rule_is_clipped_to_the_shift(
    policy: Policy, end: str, earliest: str, latest: str
) -> None:
    rest, issues = read(policy, break_minutes="30", end_at=f"2026-03-27T{end}")
    assert not issues
    assert rest == Break(timedelta(minutes=30), at(earliest), at(latest))


def test_a_window_over_midnight_is_fine(policy: Policy) -> None:
    shift = {"start_at": "2026-03-27T22:00", "end_at": "2026-03-28T06:00"}
    rest, issues = read(
        policy, **shift, break_minutes="45", break_earliest="2026-03-27T23:30", break_latest="2026-03-28T02:00"
    )
    assert not issues
    assert rest == Break(timedelta(minutes=45), at("23:30"), at("02:00", day=28))


@pytest.mark.parametrize("minutes", ["", "0"])
def test_no_minutes_and_no_window_mean_no_break(policy: Policy, minutes: str) -> None:
    assert read(policy, break_minutes=minutes) == (None, ())


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"break_minutes": "30", "break_earliest": "2026-03-27T09:00"}, "break_latest", "break_window"),
        ({"break_minutes": "30", "break_latest": "2026-03-27T09:00"}, "break_earliest", "break_window"),
        ({"break_minutes": "30", **window("12:00", "09:00")}, "break_latest", "break_window"),
        ({"break_minutes": "0", **window("09:00", "12:00")}, "break_minutes", "break_window"),
        (window("09:00", "12:00"), "break_minutes", "break_window"),
        ({"break_minutes": "30", **window("05:59", "12:00")}, "break_earliest", "break_outside_shift"),
        ({"break_minutes": "30", **window("09:00", "13:31")}, "break_earliest", "break_outside_shift"),
        ({"break_minutes": "31", "end_at": "2026-03-27T06:30"}, "break_minutes", "break_outside_shift"),
        ({"break_minutes": "x", **window("09:00", "12:00")}, "break_minutes", "bad_number"),
    ],
)
def test_a_break_that_cannot_be_meant_is_refused(
    policy: Policy, changes: dict[str, str], column: str, code: str
) -> None:
    rest, issues = read(policy, **changes)
    assert rest is None
    assert found(issues) == [(2, column, code)]


def test_a_break_is_checked_though_the_row_has_other_faults(policy: Policy) -> None:
    _, issues = read(policy, crew="5", break_minutes="30", **window("12:00", "09:00"))
    assert [issue.code for issue in issues] == ["unknown_value", "break_window"]
