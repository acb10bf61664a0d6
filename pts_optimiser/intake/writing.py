"""Journeys and duties as the CSV files that they are read from; reading them back gives equal objects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.intake.columns import DUTY_COLUMNS, JOURNEY_COLUMNS


def journeys_csv(journeys: Iterable[Journey]) -> str:
    """The text of ``journeys.csv``: all columns, times with offset, defaults written out."""
    return _csv(JOURNEY_COLUMNS, map(_journey_cells, journeys))


def duties_csv(duties: Iterable[Duty]) -> str:
    """The text of ``duties.csv``: all columns, times with offset, defaults written out."""
    return _csv(DUTY_COLUMNS, map(_duty_cells, duties))


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _journey_cells(journey: Journey) -> tuple[object, ...]:
    return (
        journey.journey_id,
        journey.attendance_id,
        journey.patient_ref,
        journey.contract,
        journey.category.value,
        journey.direction.value,
        journey.pickup.label,
        journey.dropoff.label,
        _decimal(journey.pickup.lat),
        _decimal(journey.pickup.lon),
        _decimal(journey.dropoff.lat),
        _decimal(journey.dropoff.lon),
        journey.pickup.postcode,
        journey.dropoff.postcode,
        journey.pickup.kind.value,
        journey.dropoff.kind.value,
        _time(journey.appointment_at),
        _time(journey.ready_at),
        journey.mobility,
        journey.escorts,
        int(journey.travel_alone),
        journey.cohort,
        ";".join(sorted(journey.skills)),
        _time(journey.booked_at),
    )


def _duty_cells(duty: Duty) -> tuple[object, ...]:
    rest = duty.rest
    return (
        duty.duty_id,
        duty.vehicle_id,
        duty.vehicle_type,
        duty.base,
        _decimal(duty.base_lat),
        _decimal(duty.base_lon),
        _time(duty.start_at),
        _time(duty.end_at),
        duty.crew,
        ";".join(sorted(duty.skills)),
        ";".join(sorted(duty.contracts)),
        rest.length // timedelta(minutes=1) if rest else "",
        _time(rest.earliest) if rest else "",
        _time(rest.latest) if rest else "",
        duty.energy,
        "" if duty.range_km is None else _decimal(duty.range_km),
    )


def _time(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def _decimal(value: float) -> str:
    """The shortest digits that read back as the same number, never with an exponent."""
    return format(Decimal(repr(float(value))), "f")
