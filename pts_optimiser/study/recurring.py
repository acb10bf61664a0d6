"""The week before as a start: who travels again at the same time goes where the last plan had them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.domain.clock import LONDON, midnight, moment_at, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Aboard, Roster, RosteredDuty, Stop, StopKind


@dataclass(frozen=True, slots=True)
class Habit:
    """One stop of last week's plan: ``duty`` and ``journey`` name what may come again, times in seconds of the day."""

    duty: str
    journey: str
    pickup: bool
    begin_s: int
    depart_s: int


def habits(
    duties: Iterable[RosteredDuty], journeys: Sequence[Journey], offered: Sequence[Duty], service_date: date
) -> tuple[Habit, ...]:
    """What of a plan may come again a week later, in the order of its stops."""
    origin = midnight(service_date)
    of_journey = dict(zip((j.journey_id for j in journeys), recurring_names(journeys), strict=True))
    of_duty = dict(zip((d.duty_id for d in offered), duty_names(offered), strict=True))
    return tuple(
        Habit(
            of_duty[duty.duty_id],
            of_journey[stop.journey_id],
            stop.kind is StopKind.PICKUP,
            seconds_after(origin, stop.begin_at),
            seconds_after(origin, stop.depart_at),
        )
        for duty in duties
        for stop in duty.stops
        if stop.journey_id is not None
    )


def start_from(
    before: Iterable[Habit], journeys: Sequence[Journey], duties: Sequence[Duty], service_date: date
) -> Roster:
    """Last week's plan in the names of this week, without the journeys and duties that have not come again."""
    journey_of = dict(zip(recurring_names(journeys), (j.journey_id for j in journeys), strict=True))
    duty_of = dict(zip(duty_names(duties), duties, strict=True))
    stops: dict[str, list[Stop]] = {}
    for habit in before:
        if habit.journey in journey_of and habit.duty in duty_of:
            stops.setdefault(habit.duty, []).append(_stop(habit, journey_of[habit.journey], service_date))
    return Roster(
        service_date, {}, {}, {}, {}, tuple(_rostered(duty_of[name], of_duty) for name, of_duty in stops.items()), ()
    )


def _stop(habit: Habit, journey_id: str, service_date: date) -> Stop:
    begin, depart = (moment_at(midnight(service_date), second) for second in (habit.begin_s, habit.depart_s))
    kind = StopKind.PICKUP if habit.pickup else StopKind.DROPOFF
    return Stop(kind, journey_id, 0, 0.0, 0.0, begin, begin, depart, 0, 0, 0, Aboard())


def _rostered(duty: Duty, stops: Sequence[Stop]) -> RosteredDuty:
    return RosteredDuty(duty.duty_id, duty.vehicle_id, duty.vehicle_type, 0, tuple(stops), 0, 0)


def recurring_names(journeys: Sequence[Journey]) -> list[str]:
    """What makes a journey the same as one of another week: patient, direction, moment of the day and both places."""
    return _numbered(
        _hashed(
            f"{j.patient_ref} {j.direction} {_clock(j.appointment_at or j.ready_at)} {j.pickup.label} {j.dropoff.label}"
        )
        for j in journeys
    )


def duty_names(duties: Sequence[Duty]) -> list[str]:
    """What makes a duty the same as one of another week; the first, the second of those alike."""
    return _numbered(
        f"{d.vehicle_type} {d.base} {_clock(d.start_at)} {_clock(d.end_at)} {d.crew} {' '.join(sorted(d.skills))}"
        for d in duties
    )


def patient_key(patient_ref: str) -> str:
    """A name that tells patients apart in tables and is not the reference that they are booked under."""
    return _hashed(f"patient {patient_ref}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _numbered(names: Iterable[str]) -> list[str]:
    seen: Counter[str] = Counter()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(f"{name} {seen[name]}")
    return numbered


def _clock(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(LONDON):%H:%M}"
