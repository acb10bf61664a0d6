"""Inward and outward journeys of one attendance: an outward one needs its inward one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.journey import Direction, Journey
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.reading import rows_named
from pts_optimiser.intake.row import Row

_ONE_WAY = "leave attendance_id empty for a one-way journey."


def check_attendances(found: Sequence[tuple[Row, Journey | None]]) -> None:
    """Report attendances with two journeys one way, of two patients, or with an outward journey and no inward one."""
    by_attendance: dict[str, list[tuple[Row, Journey | None]]] = defaultdict(list)
    for row, journey in found:
        if attendance_id := row.get("attendance_id"):
            by_attendance[attendance_id].append((row, journey))
    for pair in by_attendance.values():
        for direction in (Direction.INWARD, Direction.OUTWARD):
            _refuse_repeated([row for row, _ in pair if row.get("direction") == direction.value], direction)
        _check_patients([row for row, _ in pair if not row.bad])
        _check_inward(pair)


def _refuse_repeated(rows: list[Row], direction: Direction) -> None:
    for row in rows if len(rows) > 1 else ():
        others = rows_named(rows, besides=row)
        message = f"the attendance has another {direction.value} journey in {others}."
        row.error(Code.ATTENDANCE_REPEATED, "attendance_id", message, f"give each visit its own; {_ONE_WAY}")


def _check_patients(rows: list[Row]) -> None:
    for row in rows if len({row.get("patient_ref") for row in rows}) > 1 else ():
        others = rows_named(rows, besides=row)
        message = f"the attendance joins this row's patient with another one in {others}."
        row.error(Code.ATTENDANCE_MISMATCH, "attendance_id", message, "correct attendance_id or patient_ref.")


def _check_inward(pair: Sequence[tuple[Row, Journey | None]]) -> None:
    """Hold every outward journey against the inward one; a refused row of unclear direction may be the inward one."""
    inward = [(row, journey) for row, journey in pair if row.get("direction") not in ("outward", "transfer")]
    for row, journey in pair:
        if row.get("direction") != Direction.OUTWARD.value:
            continue
        if not inward:
            message = "the attendance has no inward journey."
            row.error(Code.OUTWARD_WITHOUT_INWARD, "attendance_id", message, _ONE_WAY)
        elif row.bad:
            continue
        elif all(other.bad for other, _ in inward):
            message = f"the inward journey of the attendance is refused ({rows_named([other for other, _ in inward])})."
            row.error(Code.INWARD_REJECTED, "attendance_id", message, f"correct that row first, or {_ONE_WAY}")
        elif journey is not None:
            _check_order(row, journey, inward[0][1])


def _check_order(row: Row, outward: Journey, inward: Journey | None) -> None:
    if (
        inward is not None
        and inward.appointment_at is not None
        and outward.ready_at is not None
        and seconds_after(inward.appointment_at, outward.ready_at) < 0
    ):
        message = "the patient is ready to go home before the appointment."
        row.warn(Code.READY_BEFORE_APPOINTMENT, "ready_at", message, "look at both times.")
