"""The journeys of one date with their fates: the truth that journeys.csv and events.jsonl each tell a part of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pts_optimiser.demand.attendance import Attendance, journey_of
from pts_optimiser.demand.fates import Fate, Outcome, fates_of
from pts_optimiser.demand.planned import planned_attendances
from pts_optimiser.demand.readiness import really_ready
from pts_optimiser.demand.renal import renal_attendances
from pts_optimiser.demand.streams import stream
from pts_optimiser.demand.unplanned import unplanned_attendances
from pts_optimiser.domain.journey import Category, Direction, Journey

PLANNED = (Category.OUTPATIENT, Category.ONCOLOGY, Category.DAY_CASE)
UNPLANNED = (Category.DISCHARGE, Category.ADMISSION, Category.TRANSFER, Category.HDU)


@dataclass(frozen=True, slots=True)
class Leg:
    """A journey as booked, and what becomes of it. ``ready`` is the minute at which an outward patient is ready."""

    journey: Journey
    attendance: Attendance
    fate: Fate
    ready: int | None

    @property
    def completed(self) -> bool:
        return self.fate.outcome is Outcome.COMPLETED

    @property
    def in_plan(self) -> bool:
        """Whether the next-day planner sees it: booked by the cut-off and not cancelled before."""
        return not self.attendance.same_day and self.fate.outcome is not Outcome.CANCELLED_BEFORE


def legs_of(service_date: date, seed: int, scale: float = 1.0) -> list[Leg]:
    """Every journey booked for a date, in order of category."""
    batches = [renal_attendances(service_date, seed, scale)]
    batches += [planned_attendances(category, service_date, seed, scale) for category in PLANNED]
    batches += [unplanned_attendances(category, service_date, seed, scale) for category in UNPLANNED]
    fates, readiness = stream(seed, "fates", service_date), stream(seed, "readiness", service_date)
    settled = [pair for batch in batches for pair in zip(batch, fates_of(fates, batch), strict=True)]
    legs = []
    for number, (attendance, by_direction) in enumerate(settled, start=1):
        ready = really_ready(readiness, attendance)
        for direction, fate in by_direction.items():
            journey = journey_of(attendance, direction, service_date, number)
            legs.append(Leg(journey, attendance, fate, ready if direction is Direction.OUTWARD else None))
    return legs
