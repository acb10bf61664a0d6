"""An attendance: why a patient travels on a day, and the journeys that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pts_optimiser.demand.calibration import PLAN_CUT_OFF
from pts_optimiser.demand.patients import Patient
from pts_optimiser.demand.wall import at
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class Attendance:
    """One patient at one site. Times in minutes on the clock of the service date, below 0 the days before.

    With both times it is a pair, inward and outward; with ``appointment`` alone one way in, with ``ready`` alone one
    way home from a ward. ``origin`` is the site that a transfer leaves.
    """

    patient: Patient
    category: Category
    site: Place
    appointment: int | None
    ready: int | None
    booked: int
    origin: Place | None = None

    @property
    def same_day(self) -> bool:
        """Whether it was booked after the plan's cut-off."""
        return self.booked > PLAN_CUT_OFF

    def directions(self) -> tuple[Direction, ...]:
        if self.origin is not None:
            return (Direction.TRANSFER,)
        times = ((Direction.INWARD, self.appointment), (Direction.OUTWARD, self.ready))
        return tuple(direction for direction, minute in times if minute is not None)


def journey_of(attendance: Attendance, direction: Direction, service_date: date, number: int) -> Journey:
    """The journey of one direction; ``number`` identifies the attendance within the day."""
    patient, site, key = attendance.patient, attendance.site, f"{service_date:%y%m%d}-{number:04d}"
    ward = replace(site, kind=PlaceKind.WARD)
    ends = {
        Direction.INWARD: (patient.home, site),
        Direction.OUTWARD: (ward if attendance.category is Category.DISCHARGE else site, patient.home),
        Direction.TRANSFER: (attendance.origin or site, site),
    }
    appointment = None if direction is Direction.OUTWARD else attendance.appointment
    ready = None if direction is Direction.INWARD else attendance.ready
    return Journey(
        journey_id=f"J{key}{direction.value[0]}",
        attendance_id=f"A{key}" if len(attendance.directions()) == 2 else "",
        patient_ref=patient.ref,
        contract=patient.contract,
        category=attendance.category,
        direction=direction,
        pickup=ends[direction][0],
        dropoff=ends[direction][1],
        appointment_at=None if appointment is None else at(service_date, appointment),
        ready_at=None if ready is None else at(service_date, ready),
        mobility=patient.mobility,
        escorts=patient.escorts,
        travel_alone=patient.travel_alone,
        cohort=patient.cohort,
        skills=patient.skills,
        booked_at=at(service_date, attendance.booked),
    )
