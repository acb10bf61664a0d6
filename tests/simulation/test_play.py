"""Days played: what crews do, by themselves and with a control room."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from benchmarks.plain_day import Day
from benchmarks.plain_day import play as plain
from pts_optimiser.checking.travel_times import TravelTable
from pts_optimiser.dayof.noise import CALM, DayNoise, Noise
from pts_optimiser.domain.events import CalledOff, DutyLost, Event, StopReported
from pts_optimiser.domain.journey import Direction
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.planning.day import Search
from pts_optimiser.planning.replan import Replanning
from pts_optimiser.simulation.control_room import ControlRoom, DayPolicy
from pts_optimiser.simulation.happenings import happenings
from pts_optimiser.simulation.hindsight import hindsight
from pts_optimiser.simulation.outcome import DayOutcome, outcome
from pts_optimiser.simulation.play import play
from pts_optimiser.simulation.world import World
from tests.simulation.days import as_events, journey_of, planned

QUICK = Replanning(iterations=40, workers=1)


def played(
    events: tuple[Event, ...], policy: DayPolicy = DayPolicy.NONE, noise: Noise = CALM, seed: int = 1
) -> tuple[World, ControlRoom]:
    plan, _ = planned()
    return play(plan, happenings(plan, events, DayNoise(noise, seed)), policy, QUICK, 3600)


def _lost(event: Event) -> str:
    return event.body.duty_id if isinstance(event.body, DutyLost) else ""


@cache
def whole_day(policy: DayPolicy) -> DayOutcome:
    plan, events = planned()
    day, in_force = happenings(plan, events, DayNoise(Noise(), 1)), plan
    if policy is DayPolicy.HINDSIGHT:
        in_force, day = hindsight(plan, day, Search(iterations=500, workers=1))
    return outcome(plan, *play(in_force, day, policy, QUICK, 3600), policy, 1)


def test_without_a_control_room_the_day_goes_as_the_plain_one() -> None:
    """The plain day keeps the band of a stop's anchor, this one that of the clock: most stops agree to seconds."""
    plan, _ = planned()
    noise = Noise(drive_cv=0.0)
    travel = plan.travel
    table = TravelTable(
        travel.lat, travel.lon, travel.seconds[[2] * len(travel.seconds)], travel.metres, travel.band_start_s
    )
    flat = replace(plan, travel=table)
    day = happenings(flat, (), DayNoise(noise, 5))
    world, _ = play(flat, day, DayPolicy.NONE, QUICK, 3600)
    inputs = tuple(flat.journeys.values()), tuple(flat.duties.values()), flat.policy, flat.travel
    _, made = plain(Day(flat.roster, *inputs), DayNoise(noise, 5))
    mine = {(each.stop.kind, each.stop.journey_id): each for each in world.made if each.stop.journey_id}
    theirs = {(each.kind, each.journey_id): each for each in made if each.journey_id}
    assert mine.keys() == theirs.keys()
    for key, each in mine.items():
        assert each.begin == pytest.approx(theirs[key].begin - plan.origin.timestamp(), abs=30)
        assert each.depart == pytest.approx(theirs[key].depart - plan.origin.timestamp(), abs=30)


def test_the_same_seed_gives_the_same_day_and_another_seed_another() -> None:
    first, again, other = (played((), noise=Noise(), seed=seed)[0].made for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_nobody_goes_to_a_patient_who_cancelled() -> None:
    plan, _ = planned()
    journey = journey_of(plan, Direction.OUTWARD)
    world, _ = played(as_events([(0, CalledOff(journey.journey_id, "own_way"))]))
    assert journey.journey_id not in {made.stop.journey_id for made in world.made}


def test_an_abort_is_found_at_the_door_and_takes_the_return_along() -> None:
    plan, _ = planned()
    pairs = {j.attendance_id: j for j in plan.journeys.values() if j.direction is Direction.OUTWARD}
    journey = next(
        plan.journeys[j]
        for j in plan.duty_of
        if plan.journeys[j].direction is Direction.INWARD and plan.journeys[j].attendance_id in pairs
    )
    world, _ = played(as_events([(0, CalledOff(journey.journey_id, "too_ill", aborted=True))]))
    words = [event.body for event in world.said]
    abort = next(at for at, word in enumerate(words) if isinstance(word, CalledOff))
    reports = [word for word in words[:abort] if isinstance(word, StopReported)]
    assert journey.journey_id in {report.journey_id for report in reports}
    carried = {made.stop.journey_id for made in world.made}
    assert not {journey.journey_id, pairs[journey.attendance_id].journey_id} & carried


def test_a_lost_vehicle_does_nothing_more() -> None:
    _, events = planned()
    lost = next(event for event in events if isinstance(event.body, DutyLost))
    world, _ = played((lost,))
    made = [each for each in world.made if each.duty_id == _lost(lost)]
    assert made
    assert max(each.depart for each in made) <= 11 * 3600


def test_patients_of_a_lost_vehicle_are_fetched_by_another() -> None:
    plan, _ = planned()
    duty, stop = next(
        (duty, stop) for duty in plan.roster.duties for stop in duty.stops if stop.kind is StopKind.DROPOFF
    )
    lost = as_events([(plan.seconds(stop.arrive_at) - 60, DutyLost(duty.duty_id, "breakdown"))])
    alone, _ = played(lost)
    assert stop.journey_id in alone.stranded
    helped, room = played(lost, DayPolicy.INSERTION)
    assert room.refusals == []
    assert not helped.stranded
    fetched = [each for each in helped.made if each.stop.journey_id == stop.journey_id]
    assert [each.stop.kind for each in fetched] == [StopKind.PICKUP, StopKind.PICKUP, StopKind.DROPOFF]
    assert fetched[-1].duty_id != duty.duty_id


@pytest.mark.parametrize("policy", [DayPolicy.INSERTION, DayPolicy.REOPTIMISE])
def test_a_control_room_serves_who_books_on_the_day(policy: DayPolicy) -> None:
    alone, helped = whole_day(DayPolicy.NONE), whole_day(policy)
    assert helped.journeys == alone.journeys
    assert helped.served > alone.served
    assert helped.refusals == ()


def test_insertion_moves_nobody_but_those_of_the_lost_vehicle() -> None:
    plan, events = planned()
    lost = {_lost(event) for event in events}
    world, _ = play(plan, happenings(plan, events, DayNoise(CALM, 1)), DayPolicy.INSERTION, QUICK, 3600)
    carried = {made.stop.journey_id or "": made.duty_id for made in world.made if made.stop.kind is StopKind.DROPOFF}
    assert {plan.duty_of[j] for j in carried if j in plan.duty_of and carried[j] != plan.duty_of[j]} <= lost


def test_hindsight_serves_everybody_that_a_control_room_does() -> None:
    assert whole_day(DayPolicy.HINDSIGHT).served >= whole_day(DayPolicy.INSERTION).served


def test_a_vehicle_is_never_in_two_places() -> None:
    plan, events = planned()
    world, _ = play(plan, happenings(plan, events, DayNoise(Noise(), 1)), DayPolicy.REOPTIMISE, QUICK, 3600)
    for duty_id in plan.duties:
        own = sorted((each for each in world.made if each.duty_id == duty_id), key=lambda each: each.arrive)
        assert all(one.depart <= other.arrive for one, other in pairwise(own))
