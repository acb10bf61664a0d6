from datetime import date, timedelta

import pytest

from pts_optimiser.demand.shifts import RARE, SEATED, SHIFTS, STRETCHER, rest_of
from pts_optimiser.demand.wall import DayKind

NIGHT = (1320, 1800)


@pytest.mark.parametrize("kind", list(DayKind))
@pytest.mark.parametrize("mix", [SEATED, STRETCHER, RARE])
def test_the_shares_of_a_day_are_of_the_whole(mix: dict[DayKind, tuple[float, ...]], kind: DayKind) -> None:
    assert sum(mix[kind]) == pytest.approx(1)


@pytest.mark.parametrize("shift", SHIFTS)
def test_breaks_begin_between_the_third_and_the_sixth_hour(shift: tuple[int, int]) -> None:
    rest = rest_of(date(2026, 6, 2), shift)
    assert rest is not None
    assert rest.length == timedelta(minutes=30)
    assert rest.latest - rest.earliest == timedelta(hours=3)


def test_a_short_shift_has_no_break() -> None:
    assert rest_of(date(2026, 6, 2), (360, 720)) is None


def test_hours_of_a_night_shift_are_counted_as_lived_when_the_clocks_go_forward() -> None:
    rest = rest_of(date(2026, 3, 28), NIGHT)
    assert rest is not None
    assert rest.earliest.isoformat() == "2026-03-29T02:00:00+01:00"
    assert rest.latest.isoformat() == "2026-03-29T05:00:00+01:00"
