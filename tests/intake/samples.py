"""Small input files, written row by row from what differs from a sound row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from pts_optimiser.domain.issue import Issue
from pts_optimiser.intake.columns import DUTY_COLUMNS, JOURNEY_COLUMNS

DAY = date(2026, 3, 27)
# valid by the check digit, and of the range that is reserved for tests
NHS_NUMBER = "9990000018"

INWARD = {
    "journey_id": "J1",
    "patient_ref": "p-abc",
    "contract": "pan_birmingham",
    "category": "renal",
    "direction": "inward",
    "pickup_place": "12 High Street",
    "dropoff_place": "QEHB",
    "pickup_lat": "52.48",
    "pickup_lon": "-1.90",
    "dropoff_lat": "52.451",
    "dropoff_lon": "-1.939",
    "appointment_at": "2026-03-27T07:30",
    "mobility": "car",
}
OUTWARD = {
    **INWARD,
    "journey_id": "J2",
    "direction": "outward",
    "pickup_place": "QEHB",
    "dropoff_place": "12 High Street",
    "appointment_at": "",
    "ready_at": "2026-03-27T12:00",
}
DUTY = {
    "duty_id": "D1",
    "vehicle_id": "V1",
    "vehicle_type": "standard_pts",
    "base": "Erdington",
    "base_lat": "52.52",
    "base_lon": "-1.84",
    "start_at": "2026-03-27T06:00",
    "end_at": "2026-03-27T14:00",
    "crew": "1",
}


def sheet(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def journeys_file(*rows: Mapping[str, str]) -> bytes:
    return sheet(JOURNEY_COLUMNS, [[row.get(column, "") for column in JOURNEY_COLUMNS] for row in rows])


def duties_file(*rows: Mapping[str, str]) -> bytes:
    return sheet(DUTY_COLUMNS, [[row.get(column, "") for column in DUTY_COLUMNS] for row in rows])


def inward(**changes: str) -> dict[str, str]:
    return INWARD | changes


def outward(**changes: str) -> dict[str, str]:
    return OUTWARD | changes


def duty(**changes: str) -> dict[str, str]:
    return DUTY | changes


def found(issues: Sequence[Issue]) -> list[tuple[int | None, str | None, str]]:
    """Row, column and code of every issue."""
    return [(issue.row, issue.column, issue.code) for issue in issues]
