from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from geodata.earth import apart_m
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.duty_mix.from_requests import alone_min, need_of_requests
from pts_optimiser.study.duty_mix.rules import Rules
from tests.days import WEEKDAY
from tests.study.duty_mix.days import BASE, CAR, POLICY, VAN

HOME = Place("home", 52.5, -2.0, PlaceKind.HOME)
UNIT = Place("unit", 52.6, -2.0, PlaceKind.SITE)
AS_IT_IS = Rules(pace=1.0, sharing=1.0)


def at(hour: int) -> datetime:
    return datetime(WEEKDAY.year, WEEKDAY.month, WEEKDAY.day, hour, tzinfo=LONDON)


IN = Journey("J1", "", "p", "sandwell", Category.RENAL, Direction.INWARD, HOME, UNIT, at(12), None, "car")
OUT = replace(IN, direction=Direction.OUTWARD, pickup=UNIT, dropoff=HOME, appointment_at=None, ready_at=at(16))
KM = apart_m(52.5, -2.0, 52.6, -2.0) / 1000


def need(*journeys: Journey, rules: Rules = AS_IT_IS) -> list[float]:
    found = need_of_requests(StudyDay(WEEKDAY, journeys, ()), POLICY, [CAR, VAN], [BASE], rules)
    return sum(found.values()).tolist() if found else []


def test_a_journey_by_itself_takes_boarding_parking_driving_and_alighting() -> None:
    assert alone_min(IN, POLICY) == pytest.approx(1.3 * KM / 38 * 60 + 3 + 3 + 1, rel=1e-3)
    assert alone_min(OUT, POLICY) == pytest.approx(1.3 * KM / 38 * 60 + 4 + 2 + 1, rel=1e-3)


def test_an_inward_journey_is_work_before_its_appointment_and_an_outward_one_after_the_patient_is_ready() -> None:
    minutes = alone_min(IN, POLICY)
    arriving = need(IN)  # renal: 45 to 75 minutes early, 0 to 10 late; half-way 11:00 to 12:05
    busy = [slot for slot, vehicles in enumerate(arriving) if vehicles]
    assert (busy[0], busy[-1]) == (int((660 - minutes) // 30), 24)
    assert sum(arriving) * 30 == pytest.approx(minutes)
    leaving = need(OUT)  # 60 to 90 minutes after 16:00, and home
    busy = [slot for slot, vehicles in enumerate(leaving) if vehicles]
    assert (busy[0], busy[-1]) == (32, int((16 * 60 + 75 + alone_min(OUT, POLICY)) // 30))


def test_fuller_hours_are_shared_better() -> None:
    thin = replace(OUT, journey_id="J2", ready_at=at(20))
    crowd = [replace(OUT, journey_id=f"K{n}") for n in range(8)]
    alone, shared = need(thin, *crowd), need(thin, *crowd, rules=Rules(pace=1.0, sharing=0.8))
    assert max(shared) < max(alone)
    assert shared[41] > alone[41]
    assert shared[33] / shared[41] == pytest.approx((alone[33] / alone[41]) ** 0.8)


def test_pace_is_a_factor_on_all() -> None:
    assert sum(need(IN, OUT, rules=Rules(pace=1.5, sharing=1.0))) == pytest.approx(1.5 * sum(need(IN, OUT)))


def test_what_nobody_can_serve_and_a_day_without_journeys_need_nothing() -> None:
    assert need(replace(IN, mobility="hdu")) == []
    assert need() == []
