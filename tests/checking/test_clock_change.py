"""Days of 23 and of 25 hours: what counts is the time that passes, not what the clock shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from pts_optimiser.checking import Code
from pts_optimiser.checking.measure import measure
from pts_optimiser.domain.duty import Break
from pts_optimiser.domain.journey import Direction

from . import town
from .builder import Scenario, scenario
from .damage import carried, entry, shifted

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # clocks change at 01:00 UTC on both days
BOTH = pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["spring", "autumn"])


def utc(text: str, day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=UTC)


def changing(day: date, night: str = "+J1/0 -J1/0 break") -> Scenario:
    """A night duty at work while the clocks change, and a morning duty after."""
    ready = town.journey("J1", Direction.OUTWARD, town.HOSPITAL, town.place("a"), "00:00")
    due = town.journey("J2", Direction.INWARD, town.place("b"), town.HOSPITAL, "00:00")
    journeys = [replace(ready, ready_at=utc("00:25", day)), replace(due, appointment_at=town.at("08:00", day))]
    rest = Break(timedelta(minutes=30), utc("00:40", day), utc("00:59:59", day)) if "break" in night else None
    duties = [
        replace(town.duties()[3], start_at=utc("00:15", day), end_at=utc("02:00", day), rest=rest),
        replace(town.duties()[0], start_at=town.at("06:00", day), end_at=town.at("14:00", day), rest=None),
    ]
    plan = {"D4": night, "D1": "+J2/0@07:10 -J2/0"}
    return scenario(plan, journeys=journeys, duties=duties, unserved=(), day=day)


@BOTH
def test_a_good_roster_passes(day: date):
    assert changing(day).violations() == []


@BOTH
def test_a_break_across_the_change_lasts_as_long_as_any(day: date):
    good = changing(day)
    rest = entry(good, "D4").stops[3]
    assert rest.begin_at.utcoffset() != rest.depart_at.utcoffset()
    assert carried(shifted(good, "D4", 3, 1, "depart_at"), "D4", 4, 0).codes() == {
        Code.BREAK_LENGTH,
        Code.ARRIVAL,
        Code.BEGIN_BEFORE_ARRIVAL,
    }


@BOTH
def test_a_ride_across_the_change_is_timed_as_it_is_lived(day: date):
    good = changing(day, night="+J1/0 -J1/0")
    _, pickup, dropoff, _ = entry(good, "D4").stops
    spare = 3600 - int((dropoff.begin_at.astimezone(UTC) - pickup.depart_at.astimezone(UTC)).total_seconds())
    longest = carried(good, "D4", 2, spare)
    assert entry(longest, "D4").stops[2].begin_at.utcoffset() != pickup.depart_at.utcoffset()
    assert longest.codes() == set()
    assert carried(good, "D4", 2, spare + 1).codes() == {Code.ABOARD_TIME}


@BOTH
def test_a_shift_across_the_change_ends_when_its_time_has_passed(day: date):
    good = changing(day)
    spare = int((utc("02:00", day) - entry(good, "D4").stops[4].arrive_at.astimezone(UTC)).total_seconds())
    late = carried(shifted(good, "D4", 3, spare + 1, "depart_at"), "D4", 4, spare + 1)
    assert Code.LATE_END in shifted(late, "D4", 4, spare + 1, "arrive_at").codes()
    on_time = carried(shifted(good, "D4", 3, spare, "depart_at"), "D4", 4, spare)
    assert Code.LATE_END not in shifted(on_time, "D4", 4, spare, "arrive_at").codes()


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (SPRING, [0, 19800, 30600, 50400, 63000, 68400]),
        (AUTUMN, [0, 27000, 37800, 57600, 70200, 75600]),
    ],
)
def test_traffic_bands_begin_by_the_clock_on_the_wall(day: date, starts: list[int]):
    good = changing(day)
    assert replace(good, travel=replace(good.travel, band_start_s=np.array(starts))).codes() == set()
    ignorant = replace(good.travel, band_start_s=np.array(town.BAND_STARTS))
    assert Code.TRAFFIC_BANDS in replace(good, travel=ignorant).codes()


@pytest.mark.parametrize(("day", "seconds"), [(SPRING, 21600), (AUTUMN, 28800), (town.DAY, 25200)])
def test_seven_in_the_morning(day: date, seconds: int):
    assert measure(day, town.travel(day)).elapsed(town.at("07:00", day)) == seconds
