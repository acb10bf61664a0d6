"""A journey: one patient, one direction, one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Category(StrEnum):
    RENAL = "renal"
    ONCOLOGY = "oncology"
    OUTPATIENT = "outpatient"
    DAY_CASE = "day_case"
    DISCHARGE = "discharge"
    ADMISSION = "admission"
    TRANSFER = "transfer"
    HDU = "hdu"


class Direction(StrEnum):
    INWARD = "inward"
    OUTWARD = "outward"
    TRANSFER = "transfer"


class PlaceKind(StrEnum):
    HOME = "home"
    SITE = "site"
    ACUTE = "acute"
    WARD = "ward"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a patient boards or alights: a label (or site code), WGS 84 degrees and the kind of place."""

    label: str
    lat: float
    lon: float
    kind: PlaceKind
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """One patient, one direction, one day. Escorts travel with the patient and are not journeys.

    ``appointment_at`` is set on inward journeys (and on transfers tied to an appointment), ``ready_at`` on
    outward ones and on other transfers. ``mobility`` is a code of the policy.
    """

    journey_id: str
    attendance_id: str
    patient_ref: str
    contract: str
    category: Category
    direction: Direction
    pickup: Place
    dropoff: Place
    appointment_at: datetime | None
    ready_at: datetime | None
    mobility: str
    escorts: int = 0
    travel_alone: bool = False
    cohort: str = ""
    skills: frozenset[str] = frozenset()
    booked_at: datetime | None = None

    @property
    def tied_to_appointment(self) -> bool:
        """Whether the arrival is what counts (else the collection)."""
        return self.appointment_at is not None and self.direction is not Direction.OUTWARD
