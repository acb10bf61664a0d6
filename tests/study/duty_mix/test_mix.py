from __future__ import annotations

import pytest

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.study.duty_mix.mix import Mix, nights, people, vehicles, week_hours, week_pounds
from tests.study.duty_mix.days import BASE, OTHER, POLICY, VAN, candidate


def test_hours_and_pounds_of_a_week_by_hand() -> None:
    mix: Mix = {
        DayKind.WEEKDAY: {candidate(6, 14): 2, candidate(8, 12, VAN): 1},
        DayKind.SATURDAY: {candidate(6, 14): 1},
    }
    assert week_hours(mix) == 5 * (2 * 7.5 + 2 * 4) + 7.5
    assert week_pounds(mix, POLICY) == pytest.approx(21 * 122.5 + 6 * (5 * (16 + 4) + 8))


def test_a_vehicle_goes_out_again_once_it_is_turned_round() -> None:
    morning, noon, later = candidate(6, 12), candidate(12, 18), candidate(13, 18)
    assert vehicles({DayKind.WEEKDAY: {morning: 1, noon: 1}}) == {(BASE, "car"): 2}
    assert vehicles({DayKind.WEEKDAY: {morning: 1, later: 1}}) == {(BASE, "car"): 1}
    two_days: Mix = {DayKind.WEEKDAY: {morning: 3}, DayKind.SUNDAY: {later: 2, candidate(6, 9, VAN, OTHER): 1}}
    assert vehicles(two_days) == {(BASE, "car"): 3, (OTHER, "standard_pts"): 1}


def test_days_follow_each_other_as_in_a_week() -> None:
    weekday, saturday, sunday = DayKind
    assert set(nights(list(DayKind))) == {
        (weekday, weekday),
        (weekday, saturday),
        (saturday, sunday),
        (sunday, weekday),
    }
    assert nights([weekday]) == [(weekday, weekday)]
    assert set(nights([weekday, sunday])) == {(weekday, weekday), (weekday, sunday), (sunday, weekday)}


def test_who_ends_late_does_not_begin_early_the_next_day() -> None:
    # 3 hours paid, so that no week's hours count: only who is there on a day, or must rest.
    late, early = candidate(20, 23), candidate(6, 9)
    assert people({DayKind.WEEKDAY: {late: 2, early: 3}}) == {BASE: 5}
    rested = candidate(10, 13)  # eleven hours after 23:00
    assert people({DayKind.SATURDAY: {late: 2}, DayKind.SUNDAY: {rested: 3}}) == {BASE: 3}
    assert people({DayKind.SATURDAY: {late: 2}, DayKind.SUNDAY: {early: 3}}) == {BASE: 5}


def test_a_weeks_hours_are_shared_out_over_people() -> None:
    assert people({DayKind.WEEKDAY: {candidate(6, 18): 1}}) == {BASE: 2}  # 57.5 hours
    assert people({DayKind.WEEKDAY: {candidate(6, 14): 1, candidate(6, 14, VAN): 1}}) == {BASE: 3}
