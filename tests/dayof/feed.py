"""What happens in the town on its day: a small plan, and events about it by hand or at random."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from pts_optimiser.dayof import DayState, Plan, fold, plan_of
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
from pts_optimiser.domain.journey import Category, Direction, Journey
from pts_optimiser.domain.roster import StopKind
from tests.checking import town
from tests.checking.builder import D3_WITHOUT_J10, PLAN, scenario

PICKUP, DROPOFF, START, END, BREAK = (
    StopKind.PICKUP, StopKind.DROPOFF, StopKind.START, StopKind.END, StopKind.BREAK,
)  # fmt: skip
ARRIVED, BEGUN, DEPARTED = Stage


@cache
def plan(pairs: bool = False) -> Plan:
    """The town's roster. With ``pairs`` J1 and J3, and J2 and J4, are inward and outward of one attendance."""
    journeys = list(town.journeys())
    if pairs:
        for inward, outward in ((0, 2), (1, 3)):
            journeys[outward] = replace(journeys[outward], attendance_id=journeys[inward].attendance_id)
    made = scenario(journeys=journeys)
    return plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel)


@cache
def freezing(seconds: int) -> Plan:
    """The town's roster, where what begins so soon stays."""
    policy = plan().policy
    return replace(plan(), policy=replace(policy, dayof=replace(policy.dayof, freeze=seconds)))


@cache
def crowded(most_late: int = 7200) -> Plan:
    """The town's roster without places for J5 and J10, which are collections, J6, whose arrival no standard measures,
    and J13, whose arrival one does; they may be served ``most_late`` seconds after their limits."""
    policy = town.policy()
    standards = policy.standards["town"]
    unmeasured = replace(standards.by_category[Category.HDU], target_percent={"aboard": 80.0})
    standards = replace(standards, by_category={**standards.by_category, Category.HDU: unmeasured})
    dayof = replace(policy.dayof, overdue_at_most=most_late)
    made = scenario(
        {**PLAN, "D2": "", "D3": D3_WITHOUT_J10},
        policy=replace(policy, standards={"town": standards}, dayof=dayof),
        unserved=("J5", "J6", "J10", "J13"),
    )
    return plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel)


def at(text: str) -> datetime:
    return town.at(text)


class Feed:
    """Numbers events as one source would: ``feed("08:30", Ready("J3"))``."""

    def __init__(self, source: str = "desk") -> None:
        self.source = source
        self.events: list[Event] = []

    def __call__(self, time: str, body: Body, *, received: str | None = None) -> Event:
        number = len(self.events) + 1
        event = Event(f"{self.source}-{number}", self.source, number, at(time), at(received or time), body)
        self.events.append(event)
        return event

    def stop(self, duty_id: str, what: str, journey_id: str | None = None, **times: str) -> None:
        """``feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00", departed="08:04")``."""
        for stage, time in times.items():
            self(time, StopReported(duty_id, StopKind(what), journey_id, Stage(stage)))

    def state(self, now: str, of: Plan | None = None) -> DayState:
        return fold(of or plan(), self.events, at(now))


def extra(journey_id: str = "J20", **more: object) -> Journey:
    """A journey booked on the day."""
    made = town.journey(journey_id, Direction.OUTWARD, town.HOSPITAL, town.place("e"), "12:30")
    return replace(made, **more)  # type: ignore[arg-type]


JOURNEYS = [f"J{number}" for number in range(1, 14)] + ["J20", "J99"]
DUTIES = ["D1", "D2", "D3", "D4", "D5", "D9"]
OUT = (("D1", ("J1", "J2", "J3", "J4")), ("D2", ("J5", "J6")), ("D3", ("J7", "J8", "J9", "J10")))
FIRST, LAST = 5 * 60 + 30, 15 * 60


def random_events(rng: Random, most: int = 30) -> list[Event]:
    """Events about the town that contradict each other freely, in the order received."""
    events = [_random_event(rng, number) for number in range(rng.randint(0, most))]
    return sorted(events, key=lambda event: event.received_at)


def _random_event(rng: Random, number: int) -> Event:
    minute = rng.randint(FIRST, LAST)
    occurred = town.at("00:00") + timedelta(minutes=minute)
    received = occurred + timedelta(minutes=rng.choice((0, 0, 0, 1, 5, 90)))
    source = rng.choice(("crews", "desk", "booking"))
    sequence = number if rng.random() < 0.9 else rng.randint(0, 5)
    event_id = f"e{number}" if rng.random() < 0.9 else f"e{rng.randint(0, 5)}"
    return Event(event_id, source, sequence, occurred, received, random_body(rng, occurred))


def random_body(rng: Random, occurred: datetime) -> Body:
    """Anything that can be said, about the right things mostly."""
    journey_id, duty_id = rng.choice(JOURNEYS), rng.choice(DUTIES)
    if rng.random() < 0.5:
        return _random_report(rng, duty_id, journey_id)
    soon = occurred + timedelta(minutes=rng.randint(-30, 120))
    bodies: tuple[Body, ...] = (
        JourneyBooked(extra(rng.choice(("J20", "J3", "J99")), escorts=rng.randint(0, 1))),
        CalledOff(journey_id, "too_ill", aborted=rng.random() < 0.5, keep_return=rng.random() < 0.3),
        Ready(journey_id),
        NotReady(journey_id, soon),
        Position(duty_id, 53.2 + rng.randint(-2, 10) / 100, -2.9 + rng.randint(0, 20) / 100),
        DutyDelayed(duty_id, rng.randint(0, 60)),
        DutyExtended(duty_id, soon + timedelta(hours=4)),
        DutyLost(duty_id, rng.choice(("breakdown", "sickness"))),
        Locked(journey_id, rng.choice((None, duty_id)), "ann", "promised"),
        Unlocked(journey_id, "ann", ""),
        Moved(journey_id, duty_id, "bob", "nearer"),
        TravelChanged(
            Box(53.2, -2.95, 53.25, -2.8), (), rng.choice((0.5, 1.5, 3.0)), at("06:00"), occurred.replace(hour=16)
        ),
    )
    return rng.choice(bodies)


def _random_report(rng: Random, duty_id: str, journey_id: str) -> Body:
    """Mostly of a stop that the plan has; sometimes of any."""
    if rng.random() < 0.8:
        duty_id, journeys = rng.choice(OUT)
        journey_id = rng.choice(journeys)
    kind = rng.choice((PICKUP, PICKUP, PICKUP, DROPOFF, DROPOFF, DROPOFF, START, BREAK, END))
    return StopReported(duty_id, kind, journey_id if kind in {PICKUP, DROPOFF} else None, rng.choice(list(Stage)))


def copies(rng: Random, events: Iterable[Event]) -> list[Event]:
    """Some of the events once more: as they were, received later, or under a new id."""
    made = []
    for event in events:
        if rng.random() < 0.3:
            copy = event
            if rng.random() < 0.5:
                copy = replace(copy, received_at=copy.received_at + timedelta(minutes=rng.randint(1, 30)))
                if rng.random() < 0.5:
                    copy = replace(copy, event_id=f"copy-{copy.event_id}")
            made.append(copy)
    return made
