"""A planned day of about 100 journeys with its events, shared by the tests of the simulator."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pts_optimiser.dayof import Plan, plan_of
from pts_optimiser.domain.clock import midnight, moment_at
from pts_optimiser.domain.events import Body, CalledOff, DutyLost, Event, JourneyBooked
from pts_optimiser.domain.journey import Direction, Journey
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from tests.days import WEEKDAY, small_day

BOOKED_LATE = 12
"""Every so many-th outward journey is booked on the day, an hour and a half before it is ready."""


@cache
def planned() -> tuple[Plan, tuple[Event, ...]]:
    """A plan without the journeys booked on the day, and the day's events: bookings, a cancellation, a lost vehicle."""
    small, policy = small_day(share=36), load_policy()
    back = [j for j in small.journeys if j.direction is Direction.OUTWARD and j.ready_at is not None]
    late = {journey.journey_id for journey in back[::BOOKED_LATE]}
    known = tuple(journey for journey in small.journeys if journey.journey_id not in late)
    found = plan_day(known, small.duties, policy, WEEKDAY, Search(iterations=500, workers=1))
    places = places_of(small.journeys, small.duties)
    travel = formula_travel(places, policy, WEEKDAY)
    at = {(lat, lon): n for n, (lat, lon) in enumerate(zip(places.lat.tolist(), places.lon.tolist(), strict=True))}
    duties = tuple(
        replace(duty, stops=tuple(replace(stop, location=at[stop.lat, stop.lon]) for stop in duty.stops))
        for duty in found.duties
    )
    roster = Roster(
        WEEKDAY, {}, {"distancing": "off", "standards": "nw_2016"}, {}, {"model": travel.model}, duties, found.unserved
    )
    plan = plan_of(roster, known, small.duties, policy, travel)
    bodies: list[tuple[int, Body]] = [
        (plan.seconds(journey.ready_at) - 5400, JourneyBooked(journey))
        for journey in small.journeys
        if journey.journey_id in late and journey.ready_at is not None
    ]
    served = [plan.journeys[journey_id] for journey_id in plan.duty_of]
    first = next(j for j in served if j.direction is Direction.OUTWARD)
    bodies.append((6 * 3600, CalledOff(first.journey_id, "own_way")))
    busiest = max(roster.duties, key=lambda duty: len(duty.stops))
    bodies.append((11 * 3600, DutyLost(busiest.duty_id, "breakdown")))
    return plan, as_events(bodies)


def as_events(bodies: list[tuple[int, Body]]) -> tuple[Event, ...]:
    ordered = sorted(bodies, key=lambda item: item[0])
    return tuple(
        Event(f"e{number}", "desk", number, moment, moment, body)
        for number, (second, body) in enumerate(ordered)
        for moment in (moment_at(midnight(WEEKDAY), second),)
    )


def journey_of(plan: Plan, direction: Direction) -> Journey:
    """A served journey of a direction."""
    return next(plan.journeys[j] for j in plan.duty_of if plan.journeys[j].direction is direction)
