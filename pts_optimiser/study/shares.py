"""Part of the duties or journeys of a day, drawn so that every kind keeps its share."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, sqrt

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey

GOLDEN = (sqrt(5) - 1) / 2


def share_of(duties: Sequence[Duty], factor: float) -> tuple[Duty, ...]:
    """``factor`` × the duties, evenly over type, base and start; above 1 some are doubled, with a vehicle of their own.

    A smaller factor keeps part of what a larger one keeps: the duty at place p of the order goes by the fractional part
    of p × the golden ratio, whose multiples are spread evenly however many there are.
    """
    alike = sorted(duties, key=lambda d: (d.vehicle_type, d.base, d.start_at, d.end_at, d.duty_id))
    copies = {duty.duty_id: ceil(factor - place * GOLDEN % 1) for place, duty in enumerate(alike)}
    return tuple(_copy(duty, number) for duty in duties for number in range(copies[duty.duty_id]))


def _copy(duty: Duty, number: int) -> Duty:
    if number == 0:
        return duty
    return replace(duty, duty_id=f"{duty.duty_id}-{number + 1}", vehicle_id=f"{duty.vehicle_id}-{number + 1}")


def thinned(journeys: Sequence[Journey], share: float) -> tuple[Journey, ...]:
    """``share`` of the attendances of every category, whole ones only; a smaller share is part of a larger one."""
    of_category: dict[str, dict[str, None]] = {}
    for journey in journeys:
        of_category.setdefault(journey.category, {})[_attendance(journey)] = None
    kept: set[str] = set()
    for attendances in of_category.values():
        drawn = sorted(attendances, key=lambda name: hashlib.sha256(name.encode()).digest())
        kept.update(drawn[: round(share * len(drawn))])
    return tuple(journey for journey in journeys if _attendance(journey) in kept)


def _attendance(journey: Journey) -> str:
    return journey.attendance_id or journey.journey_id
