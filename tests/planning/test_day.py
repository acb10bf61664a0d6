"""Days planned and judged by the referee, under every rule of the policy that changes what may be planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from pts_optimiser.checking import Code, check
from pts_optimiser.domain.roster import Roster, RosteredDuty, StopKind
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.day import Engine, PlannedDay, Search, plan_day
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.read_back import read_back
from solver.progress import silent
from tests.days import CLOCKS_BACK, CLOCKS_FORWARD, SATURDAY, SUNDAY, WEEKDAY, SmallDay, small_day

QUICK = Search(iterations=1_500, workers=2)
OVERLAYS = {
    "default": b"",
    "households counted singly": b"[distancing.two_metre]\nhousehold_exempt = false\n[use]\ndistancing = 'two_metre'",
    "one party at a time": b"[use]\ndistancing = 'one_party'",
    "seat users on wheelchair places": b"[use]\nsubstitutes = ['wheelchair', 'stretcher']",
    "other standards": b"[use]\nstandards = 'uk_benchmark'",
    "a seat graph": b"[use]\ndistancing = 'seats_2m'",
    "a long clean-down": b"[distancing.two_metre]\nclean_down_min = 20\n[use]\ndistancing = 'two_metre'",
}


def judged(day: SmallDay, overlay: bytes = b"", search: Search = QUICK) -> tuple[PlannedDay, Roster]:
    """Plan, and fail on anything that the referee names."""
    policy = load_policy(overlay)
    planned = plan_day(day.journeys, day.duties, policy, day.service_date, search)
    names = {
        "distancing": policy.distancing.name if policy.distancing else "off",
        "standards": policy.standards_name,
    }
    roster = Roster(day.service_date, {}, names, {}, {}, planned.duties, planned.unserved)
    assert [str(v) for v in check(roster, day.journeys, day.duties, policy, planned.travel)] == []
    return planned, roster


@pytest.mark.parametrize("overlay", OVERLAYS.values(), ids=OVERLAYS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_referee_passes_what_is_planned(overlay: bytes, seed: int) -> None:
    planned, _ = judged(small_day(seed=seed), overlay)
    assert sum(1 for duty in planned.duties if duty.stops) > 3


@pytest.mark.parametrize("service_date", [SATURDAY, SUNDAY, CLOCKS_FORWARD, CLOCKS_BACK], ids=str)
def test_other_days_are_planned_alike(service_date: date) -> None:
    share = 8 if service_date.weekday() == 6 else 20
    day = small_day(service_date, share=share)
    planned, _ = judged(day)
    assert len(planned.unserved) < len(day.journeys) / 2  # a thinned-out day is spread thin


def test_both_engines_pass_the_referee() -> None:
    planned, _ = judged(small_day(share=60), search=Search(engine="ortools", budget_s=4, workers=1))
    assert sum(len(duty.stops) for duty in planned.duties) > 0


@pytest.mark.parametrize("overlay", OVERLAYS.values(), ids=OVERLAYS)
@pytest.mark.parametrize("engine", ["manual", "insertion"])
def test_the_referee_passes_what_a_baseline_plans(overlay: bytes, engine: Engine) -> None:
    day = small_day(seed=2)
    planned, _ = judged(day, overlay, Search(engine=engine))
    served = {stop.journey_id for duty in planned.duties for stop in duty.stops if stop.journey_id}
    assert len(served) > len(day.journeys) / 3
    assert served | {entry.journey_id for entry in planned.unserved} == {j.journey_id for j in day.journeys}
    assert all(entry.reasons for entry in planned.unserved)


def test_a_plan_without_a_seat_graph_breaks_it() -> None:
    day, policy = small_day(), load_policy(distancing="seats_2m")
    planned = plan_day(day.journeys, day.duties, load_policy(), day.service_date, Search("insertion"))
    roster = Roster(day.service_date, {}, {"distancing": "seats_2m"}, {}, {}, planned.duties, planned.unserved)
    assert Code.SEAT_DISTANCE in {v.code for v in check(roster, day.journeys, day.duties, policy, planned.travel)}


def test_a_named_cohort_is_exempt_from_the_seat_graph() -> None:
    day, policy = small_day(), load_policy(distancing="seats_2m")
    search = Search("insertion")
    apart = plan_day(day.journeys, day.duties, policy, day.service_date, search)
    journeys = tuple(replace(journey, cohort="dialysis") for journey in day.journeys)
    together, _ = judged(SmallDay(day.service_date, journeys, day.duties), b"[use]\ndistancing = 'seats_2m'", search)
    assert most_aboard(together) > most_aboard(apart)


def most_aboard(planned: PlannedDay) -> int:
    return max(stop.aboard.parties for duty in planned.duties for stop in duty.stops)


def test_the_same_seed_and_iterations_give_the_same_day() -> None:
    day = small_day(WEEKDAY, share=40)
    first, again = judged(day)[0], judged(day)[0]
    assert (first.duties, first.unserved) == (again.duties, again.unserved)


def test_adding_a_duty_to_a_plan_never_loses_a_journey() -> None:
    day = small_day(share=30)
    fewer = SmallDay(day.service_date, day.journeys, day.duties[:-3])
    policy = load_policy()
    planned = plan_day(fewer.journeys, fewer.duties, policy, fewer.service_date, QUICK)
    roster = Roster(fewer.service_date, {}, {}, {}, {}, planned.duties, planned.unserved)
    more = plan_day(day.journeys, day.duties, policy, day.service_date, QUICK, warm=roster)
    assert len(more.unserved) <= len(planned.unserved)


def test_patients_are_aboard_for_less_time_than_with_every_stop_as_early_as_it_can_be() -> None:
    day, policy = small_day(share=40), load_policy()
    planned = plan_day(day.journeys, day.duties, policy, day.service_date, QUICK)
    places = places_of(day.journeys, day.duties)
    problem = build(day.journeys, day.duties, policy, planned.travel, places, day.service_date)
    earliest = QUICK.solve(problem, silent)
    before = read_back(earliest, problem, day.journeys, day.duties, policy, planned.travel, day.service_date)
    assert order_of(planned.duties) == order_of(before)
    assert aboard_s(planned.duties) < aboard_s(before)


def order_of(duties: Iterable[RosteredDuty]) -> list[list[tuple[StopKind, str | None]]]:
    return [[(stop.kind, stop.journey_id) for stop in duty.stops] for duty in duties]


def aboard_s(duties: Iterable[RosteredDuty]) -> float:
    """Person-seconds between boarding and alighting, all patients together."""
    stops = [stop for duty in duties for stop in duty.stops]
    return sum(s.begin_at.timestamp() for s in stops if s.kind is StopKind.DROPOFF) - sum(
        s.depart_at.timestamp() for s in stops if s.kind is StopKind.PICKUP
    )


def test_nothing_to_plan_is_a_plan_without_stops() -> None:
    day = small_day()
    planned = plan_day((), day.duties, load_policy(), day.service_date, QUICK)
    assert all(not duty.stops for duty in planned.duties)
    assert planned.unserved == ()
    for engine in get_args(Engine):
        assert plan_day((), day.duties, load_policy(), day.service_date, Search(engine, 0)).unserved == ()
