from __future__ import annotations

from datetime import date, timedelta

from pts_optimiser.demand.fleet import duties_of as generated
from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.intake.duties import read_duties
from pts_optimiser.intake.writing import duties_csv
from pts_optimiser.study.duty_mix.duties import candidate_of, counted, duties_of
from pts_optimiser.study.duty_mix.mix import vehicles
from tests.days import CLOCKS_BACK, WEEKDAY
from tests.study.duty_mix.days import BASE, POLICY, VAN, candidate

MIX = {candidate(6, 12): 2, candidate(13, 21): 1, candidate(22, 30): 1, candidate(8, 18, VAN): 1}


def test_the_duties_of_a_mix_are_read_by_the_planner_as_they_are() -> None:
    duties = duties_of(MIX, WEEKDAY, POLICY)
    read = read_duties(duties_csv(duties).encode(), POLICY)
    assert not read.issues
    assert tuple(read.items) == duties


def test_a_duty_has_the_hours_crew_skills_and_break_of_its_candidate() -> None:
    first, second, van, noon, night = duties_of(MIX, WEEKDAY, POLICY)
    assert [duty.crew for duty in (first, van)] == [1, 2]
    assert (noon.start_at.hour, noon.end_at.hour, night.end_at.date()) == (13, 21, WEEKDAY + timedelta(days=1))
    assert first.rest is None  # six hours
    assert van.rest is not None
    assert (van.rest.length, van.rest.earliest.hour, van.rest.latest.hour) == (timedelta(minutes=30), 11, 14)
    assert ["oxygen" in duty.skills for duty in (first, second, van, noon, night)] == [True, False, True, True, False]


def test_a_vehicle_takes_the_next_duty_once_it_is_turned_round() -> None:
    names = [duty.vehicle_id for duty in duties_of(MIX, WEEKDAY, POLICY)]
    assert names == ["car-Oldbury-01", "car-Oldbury-02", "standard_pts-Oldbury-01", "car-Oldbury-01", "car-Oldbury-01"]
    assert len(set(names)) == sum(vehicles({DayKind.WEEKDAY: MIX}).values())


def test_todays_duties_make_their_own_mix_again() -> None:
    for day in (WEEKDAY, CLOCKS_BACK, date(2026, 9, 15)):
        own = generated(day, 1)
        counts = counted([candidate_of(duty, day, "c") for duty in own])
        again = duties_of(counts, day, POLICY)
        shown = [(d.vehicle_type, d.crew, d.base, d.start_at, d.end_at, d.rest) for d in again]
        assert sorted(shown, key=str) == sorted(
            ((d.vehicle_type, d.crew, d.base, d.start_at, d.end_at, d.rest) for d in own), key=str
        )


def test_hours_are_those_on_the_wall_when_the_clocks_change() -> None:
    (duty,) = duties_of({candidate(0, 6): 1}, CLOCKS_BACK, POLICY)
    assert seconds_after(duty.start_at, duty.end_at) == 7 * 3600
    assert candidate_of(duty, CLOCKS_BACK, BASE.contract) == candidate(0, 6)
