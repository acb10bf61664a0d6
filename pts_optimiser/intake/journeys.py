"""``journeys.csv`` to journeys."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.attendances import check_attendances
from pts_optimiser.intake.cells import choice, moment, names, required_choice, text, whole
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.columns import JOURNEY_COLUMNS, JOURNEY_REQUIRED
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.places import coordinates
from pts_optimiser.intake.reading import Reading, reading, refuse_duplicates
from pts_optimiser.intake.row import Row
from pts_optimiser.intake.service_day import check_day
from pts_optimiser.intake.table import read_table

MAX_ESCORTS = 20
_CATEGORIES = {category.value: category for category in Category}
_DIRECTIONS = {direction.value: direction for direction in Direction}
_KINDS = {kind.value: kind for kind in PlaceKind}
_DEFAULT_KINDS = {
    Direction.INWARD: (PlaceKind.HOME, PlaceKind.SITE),
    Direction.OUTWARD: (PlaceKind.SITE, PlaceKind.HOME),
    Direction.TRANSFER: (PlaceKind.SITE, PlaceKind.SITE),
}


def read_journeys(
    source: Path | bytes, policy: Policy, *, service_date: date | None = None, paired: bool = True
) -> Reading[Journey]:
    """Read the journeys of one day; every problem of every row is among the issues.

    Without ``service_date`` the journeys' day is not checked, without ``paired`` not how the journeys of an attendance
    belong together. Never raises for what the file holds.
    """
    table = read_table(source, "journeys.csv", JOURNEY_COLUMNS, JOURNEY_REQUIRED, private="patient_ref")
    found = [(row, journey_of(row, policy, service_date) if row.cells else None) for row in table.rows]
    refuse_duplicates(table.rows, "journey_id")
    if paired:
        check_attendances(found)
    return reading(table, found)


def journey_of(row: Row, policy: Policy, service_date: date | None) -> Journey | None:
    """The journey of one row; None where it cannot be used, which is reported."""
    category = _CATEGORIES.get(required_choice(row, "category", _CATEGORIES) or "")
    direction = _DIRECTIONS.get(required_choice(row, "direction", _DIRECTIONS) or "")
    mobility = required_choice(row, "mobility", policy.mobilities, Code.UNKNOWN_MOBILITY)
    pickup_kind, dropoff_kind = _kinds(row, category, direction)
    pickup = _place(row, "pickup", pickup_kind, policy)
    dropoff = _place(row, "dropoff", dropoff_kind, policy)
    appointment_at, ready_at = _times(row, category, direction)
    for column, at in (("appointment_at", appointment_at), ("ready_at", ready_at)):
        if service_date is not None:
            check_day(row, column, at, service_date)
    journey_id = text(row, "journey_id", required=True)
    attendance_id = text(row, "attendance_id")
    patient_ref = text(row, "patient_ref", required=True)
    contract = _contract(row, policy)
    escorts = whole(row, "escorts", MAX_ESCORTS)
    travel_alone = choice(row, "travel_alone", ("0", "1")) == "1"
    cohort = text(row, "cohort")
    skills = names(row, "skills")
    booked_at = moment(row, "booked_at")
    if row.bad or category is None or direction is None or mobility is None or pickup is None or dropoff is None:
        return None
    return Journey(
        journey_id=journey_id,
        attendance_id=attendance_id,
        patient_ref=patient_ref,
        contract=contract,
        category=category,
        direction=direction,
        pickup=pickup,
        dropoff=dropoff,
        appointment_at=appointment_at,
        ready_at=ready_at,
        mobility=mobility,
        escorts=escorts or 0,
        travel_alone=travel_alone,
        cohort=cohort,
        skills=skills,
        booked_at=booked_at,
    )


def _kinds(row: Row, category: Category | None, direction: Direction | None) -> tuple[PlaceKind, PlaceKind]:
    pickup, dropoff = _DEFAULT_KINDS[direction or Direction.TRANSFER]
    if category is Category.DISCHARGE and direction is not Direction.INWARD:
        pickup = PlaceKind.WARD
    return (
        _KINDS.get(choice(row, "pickup_kind", _KINDS) or "", pickup),
        _KINDS.get(choice(row, "dropoff_kind", _KINDS) or "", dropoff),
    )


def _place(row: Row, prefix: str, kind: PlaceKind, policy: Policy) -> Place | None:
    label = text(row, f"{prefix}_place", required=True)
    found = coordinates(row, prefix, policy.area, or_postcode=True)
    return Place(label, *found, kind, text(row, f"{prefix}_postcode")) if found else None


def _times(row: Row, category: Category | None, direction: Direction | None) -> tuple[datetime | None, datetime | None]:
    ready_for = ""
    if direction is Direction.OUTWARD:
        ready_for = "an outward journey"
    elif category is Category.DISCHARGE:
        ready_for = "a discharge"
    elif direction is Direction.TRANSFER and not row.get("appointment_at"):
        ready_for = "a transfer without appointment_at"
    appointment_for = "an inward journey" if direction is Direction.INWARD else ""
    return (
        moment(row, "appointment_at", required_for=appointment_for),
        moment(row, "ready_at", required_for=ready_for),
    )


def _contract(row: Row, policy: Policy) -> str:
    contract = text(row, "contract")
    if contract and contract not in policy.contracts:
        row.warn(
            Code.UNKNOWN_CONTRACT,
            "contract",
            f"the policy does not know the contract {row.shown('contract')}; the standards in use apply.",
            f"name it under [contracts], or correct it: {nearest_hint(contract, policy.contracts)}",
        )
    return contract
