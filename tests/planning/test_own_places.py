"""Re-planned rosters in a table of the places that they use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from geodata import TravelTimes
from geodata.travel_times import UNREACHABLE
from pts_optimiser.domain.roster import Aboard, Roster, RosteredDuty, Stop, StopKind
from pts_optimiser.planning.replan.own_places import with_own_places

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEVER = 100_000


def table(size: int) -> TravelTimes:
    seconds = np.arange(size * size, dtype=np.int32).reshape(1, size, size)
    starts = np.zeros(1, np.int32)
    return TravelTimes(np.arange(size) / 10 + 52, np.zeros(size), seconds, seconds[0].copy(), starts, "t")


def stopping_at(location: int) -> Roster:
    stop = Stop(StopKind.PICKUP, "J1", location, 52.0, 0.0, AT, AT, AT, 0, 0, 0, Aboard())
    duty = RosteredDuty("D1", "V1", "car", 0, (stop,), 0, 0)
    return Roster(date(2026, 11, 24), {}, {}, {}, {}, (duty,), ())


def test_places_that_are_used_come_behind_the_known_ones() -> None:
    roster, made = with_own_places(stopping_at(3), table(2), table(4))
    assert roster.duties[0].stops[0].location == 2
    assert made.lat.tolist() == [52.0, 52.1, 52.3]
    assert made.seconds[0].tolist() == [[0, 1, 3], [2, 3, 7], [12, 13, 15]]


def test_a_drive_that_nobody_can_make_is_not_taken_for_a_short_one() -> None:
    known = table(2)
    known = replace(known, seconds=np.where(known.seconds == 1, NEVER, known.seconds))
    _, made = with_own_places(stopping_at(3), known, table(4))
    assert made.seconds[0, 0, 1] == UNREACHABLE
