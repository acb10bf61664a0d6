"""What may be said on any day about its journeys and duties: at random, about the right things mostly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.clock import moment_at
from pts_optimiser.domain.events import (
    Body,
    Box,
    CalledOff,
    DutyDelayed,
    DutyExtended,
    DutyLost,
    Event,
    JourneyBooked,
    Locked,
    Moved,
    NotReady,
    Position,
    Ready,
    Stage,
    StopReported,
    TravelChanged,
    Unlocked,
)
from pts_optimiser.domain.roster import StopKind
from tests.generated_days.making import HOUR, LittleDay


def random_events(plan: Plan, day: LittleDay, dice: Random, most: int = 25) -> list[Event]:
    """Events that contradict each other freely, in the order received."""
    events = []
    for number in range(dice.randint(1, most)):
        occurred = moment_at(plan.origin, round(dice.uniform(1, 24) * HOUR))
        received = occurred + timedelta(minutes=dice.choice((0, 0, 0, 1, 30)))
        body = _body(plan, day, dice, occurred)
        events.append(Event(f"e{number}", dice.choice(("crews", "desk")), number, occurred, received, body))
    return sorted(events, key=lambda event: event.received_at)


def _body(plan: Plan, day: LittleDay, dice: Random, occurred: datetime) -> Body:
    stops = [(entry.duty_id, stop) for entry in plan.roster.duties for stop in entry.stops]
    if stops and dice.random() < 0.5:
        duty_id, stop = dice.choice(stops)
        return StopReported(duty_id, stop.kind, stop.journey_id, dice.choice(list(Stage)))
    journey = dice.choice(day.journeys)
    duty_id = dice.choice(day.duties).duty_id if day.duties else "nobody"
    soon = occurred + timedelta(minutes=dice.randint(-30, 120))
    booked = replace(journey, journey_id=dice.choice((journey.journey_id, "booked")), attendance_id="", escorts=0)
    bodies: tuple[Body, ...] = (
        JourneyBooked(booked),
        CalledOff(journey.journey_id, "too_ill", aborted=dice.random() < 0.5, keep_return=dice.random() < 0.3),
        Ready(journey.journey_id),
        NotReady(journey.journey_id, soon),
        Position(duty_id, dice.uniform(52.4, 52.6), dice.uniform(-2, -1.8)),
        DutyDelayed(duty_id, dice.randint(0, 90)),
        DutyExtended(duty_id, soon + timedelta(hours=3)),
        DutyLost(duty_id, "breakdown"),
        Locked(journey.journey_id, dice.choice((None, duty_id)), "ann", "promised"),
        Unlocked(journey.journey_id, "ann", ""),
        Moved(journey.journey_id, duty_id, "bob", "nearer"),
        StopReported(duty_id, StopKind.BREAK, None, dice.choice(list(Stage))),
        TravelChanged(
            Box(52.4, -2.0, 52.5, -1.8), (), dice.choice((0.5, 1.5, 3.0)), occurred, occurred + timedelta(hours=5)
        ),
    )
    return dice.choice(bodies)
