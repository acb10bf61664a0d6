"""A day played by the plan: vehicles run late or early by chance, and crews report what they do, or do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.events import Event, Stage, StopReported
from pts_optimiser.domain.roster import StopKind


@dataclass(frozen=True)
class Truth:
    """What a vehicle really did at one stop, POSIX seconds."""

    duty_id: str
    kind: StopKind
    journey_id: str | None
    arrive: int
    begin: int
    depart: int


def play(plan: Plan, rng: Random, silent: float = 0.0) -> tuple[list[Truth], list[Event]]:
    """All that happened, and what was reported of it: each stage is left out with the chance ``silent``.

    The day's last stop of every duty is always reported.
    """
    truth: list[Truth] = []
    events: list[Event] = []
    for duty_id, stops in plan.stops.items():
        clock = 0
        for planned in stops:
            stop = planned.stop
            arrive = max(clock + round(stop.travel_s * rng.uniform(0.8, 1.4)), planned.arrive if not clock else 0)
            begin = max(arrive + planned.begin - planned.arrive, planned.begin - 300 * (stop.kind is StopKind.DROPOFF))
            begin = max(arrive, min(begin, max(arrive, planned.begin)))
            depart = begin + round((planned.depart - planned.begin) * rng.uniform(0.7, 1.5))
            clock = depart
            midnight = round(plan.origin.timestamp())
            times = (midnight + arrive, midnight + begin, midnight + depart)
            truth.append(Truth(duty_id, stop.kind, stop.journey_id, *times))
            for stage, second in zip(Stage, times, strict=True):
                if stop.kind is StopKind.END or rng.random() >= silent:
                    events.append(_event(duty_id, stop.kind, stop.journey_id, stage, second, len(events)))
    return truth, events


def _event(duty_id: str, kind: StopKind, journey_id: str | None, stage: Stage, second: int, number: int) -> Event:
    moment = datetime.fromtimestamp(second).astimezone()
    body = StopReported(duty_id, kind, journey_id, stage)
    return Event(f"crews-{number}", "crews", number, moment, moment + timedelta(seconds=number % 3), body)
