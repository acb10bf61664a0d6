"""The day as it happens: bookings, cancellations, aborts, ready calls and duties that fail, as JSON objects."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from pts_optimiser.demand.calibration import BREAKDOWN, LATE_START, SICKNESS
from pts_optimiser.demand.fates import Outcome
from pts_optimiser.demand.legs import Leg
from pts_optimiser.demand.wall import at
from pts_optimiser.domain.clock import midnight, moment_at, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Direction, Journey, Place

Event = dict[str, Any]

BOOKING, CREWS, CLINICS, DESK = "booking-line", "crews", "clinics", "duty-desk"
SLIP_TOLD = 15  # minutes late from which a ward says so beforehand


@dataclass(frozen=True, slots=True)
class Happening:
    source: str
    occurred_at: datetime
    received_at: datetime
    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def day_events(
    rng: np.random.Generator, service_date: date, legs: Sequence[Leg], duties: Sequence[Duty]
) -> list[Event]:
    """The events of a date in the order received, each source numbering its own."""
    happenings = [*_of_legs(rng, service_date, legs), *_of_duties(rng, service_date, duties)]
    happenings.sort(key=lambda it: (it.received_at, it.occurred_at, it.source, str(it.fields)))
    sequence: dict[str, int] = defaultdict(int)
    return [_event(it, service_date, sequence) for it in happenings]


def events_jsonl(events: Iterable[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


def journey_columns(journey: Journey) -> dict[str, str]:
    """The columns of ``journeys.csv`` as text, absent values empty."""
    columns = {
        "journey_id": journey.journey_id,
        "attendance_id": journey.attendance_id,
        "patient_ref": journey.patient_ref,
        "contract": journey.contract,
        "category": journey.category.value,
        "direction": journey.direction.value,
    }
    for end, place in (("pickup", journey.pickup), ("dropoff", journey.dropoff)):
        columns |= _place_columns(end, place)
    return columns | {
        "appointment_at": _text(journey.appointment_at),
        "ready_at": _text(journey.ready_at),
        "mobility": journey.mobility,
        "escorts": str(journey.escorts),
        "travel_alone": str(int(journey.travel_alone)),
        "cohort": journey.cohort,
        "skills": ";".join(sorted(journey.skills)),
        "booked_at": _text(journey.booked_at),
    }


def _place_columns(end: str, place: Place) -> dict[str, str]:
    return {
        f"{end}_place": place.label,
        f"{end}_lat": str(place.lat),
        f"{end}_lon": str(place.lon),
        f"{end}_postcode": place.postcode,
        f"{end}_kind": place.kind.value,
    }


def _of_legs(rng: np.random.Generator, service_date: date, legs: Sequence[Leg]) -> Iterator[Happening]:
    for leg in legs:
        if leg.fate.outcome is Outcome.CANCELLED_BEFORE:
            continue
        journey, fate = leg.journey, leg.fate
        told = int(rng.integers(0, 4))
        if leg.attendance.same_day:
            booked = at(service_date, leg.attendance.booked)
            yield Happening(BOOKING, booked, booked, "journey_booked", {"journey": journey_columns(journey)})
        if leg.completed and leg.ready is not None:
            yield from _ready(service_date, leg, leg.ready, told)
        if leg.completed or fate.follows:
            continue
        aborted = fate.outcome is Outcome.ABORTED
        fields: dict[str, Any] = {"journey_id": journey.journey_id, "reason": fate.reason}
        if journey.direction is Direction.INWARD and journey.attendance_id:
            fields["keep_return"] = fate.keep_return
        yield Happening(
            CREWS if aborted else BOOKING,
            at(service_date, fate.minute),
            at(service_date, fate.minute + told),
            "journey_aborted" if aborted else "journey_cancelled",
            fields,
        )


def _ready(service_date: date, leg: Leg, ready: int, told: int) -> Iterator[Happening]:
    planned, journey_id = leg.attendance.ready or 0, leg.journey.journey_id
    if ready - planned > SLIP_TOLD:
        warned = at(service_date, max(planned - 5, leg.attendance.booked + 5))
        fields = {"journey_id": journey_id, "ready_at": _text(at(service_date, 5 * -(-ready // 5)))}
        yield Happening(CLINICS, warned, warned, "not_ready", fields)
    yield Happening(
        CLINICS, at(service_date, ready), at(service_date, ready + told), "ready", {"journey_id": journey_id}
    )


def _of_duties(rng: np.random.Generator, service_date: date, duties: Sequence[Duty]) -> Iterator[Happening]:
    origin = midnight(service_date)
    for duty in duties:
        chance, when = rng.random(2).tolist()
        fields: dict[str, Any]
        start, end = seconds_after(origin, duty.start_at), seconds_after(origin, duty.end_at)
        if chance < SICKNESS:
            second, kind, fields = start - 1800 - when * 5400, "duty_lost", {"reason": "sickness"}
        elif chance < SICKNESS + BREAKDOWN:
            second, kind, fields = start + when * (end - start), "duty_lost", {"reason": "breakdown"}
        elif chance < SICKNESS + BREAKDOWN + LATE_START:
            second, kind, fields = start - 900, "duty_delayed", {"minutes": 16 + int(when * 45)}
        else:
            continue
        moment = moment_at(origin, 60 * round(second / 60))
        yield Happening(DESK, moment, moment, kind, {"duty_id": duty.duty_id, **fields})


def _event(it: Happening, service_date: date, sequence: dict[str, int]) -> Event:
    sequence[it.source] += 1
    return {
        "event_id": f"{it.source}-{service_date:%y%m%d}-{sequence[it.source]:04d}",
        "source": it.source,
        "sequence": sequence[it.source],
        "occurred_at": _text(it.occurred_at),
        "received_at": _text(it.received_at),
        "type": it.kind,
        **it.fields,
    }


def _text(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
