"""``duties.csv`` to duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.breaks import read_break
from pts_optimiser.intake.cells import choice, moment, names, number, required_choice, text
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.columns import DUTY_COLUMNS, DUTY_REQUIRED
from pts_optimiser.intake.findings import shown
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.places import coordinates
from pts_optimiser.intake.reading import Reading, reading, refuse_duplicates, rows_named
from pts_optimiser.intake.row import Row
from pts_optimiser.intake.table import read_table

LONGEST_SHIFT = timedelta(hours=24)


def read_duties(source: Path | bytes, policy: Policy, *, service_date: date | None = None) -> Reading[Duty]:
    """Read the duties of one day; every problem of every row is among the issues.

    Without ``service_date`` it is the date on which most duties start. Never raises for what the file holds.
    """
    table = read_table(source, "duties.csv", DUTY_COLUMNS, DUTY_REQUIRED)
    found = [(row, _duty(row, policy) if row.cells else None) for row in table.rows]
    refuse_duplicates(table.rows, "duty_id")
    whole_ones = [(row, duty) for row, duty in found if duty is not None and not row.bad]
    if whole_ones:
        _check_dates(whole_ones, service_date or service_day(duty for _, duty in whole_ones))
    _check_vehicles([(row, duty) for row, duty in whole_ones if not row.bad])
    return reading(table, found)


def service_day(duties: Iterable[Duty]) -> date:
    """The local date on which most of the duties start, the earlier one of two as frequent."""
    starts = Counter(duty.start_at.date() for duty in duties)
    return min(starts, key=lambda day: (-starts[day], day))


def _duty(row: Row, policy: Policy) -> Duty | None:
    duty_id = text(row, "duty_id", required=True)
    vehicle_id = text(row, "vehicle_id", required=True)
    vehicle_type = required_choice(row, "vehicle_type", policy.vehicle_types, Code.UNKNOWN_VEHICLE_TYPE)
    base = text(row, "base", required=True)
    where = coordinates(row, "base", policy.area)
    shift = _shift(row)
    crew = required_choice(row, "crew", ("1", "2"))
    skills = names(row, "skills")
    contracts = _contracts(row, policy)
    rest = read_break(row, shift, policy.break_rule)
    energy = choice(row, "energy", ("diesel", "electric"))
    range_km = _range(row)
    if row.bad or vehicle_type is None or where is None or shift is None or crew is None:
        return None
    return Duty(
        duty_id=duty_id,
        vehicle_id=vehicle_id,
        vehicle_type=vehicle_type,
        base=base,
        base_lat=where[0],
        base_lon=where[1],
        start_at=shift[0],
        end_at=shift[1],
        crew=int(crew),
        skills=skills,
        contracts=contracts,
        rest=rest,
        energy=energy or policy.vehicle_types[vehicle_type].energy,
        range_km=range_km,
    )


def _shift(row: Row) -> tuple[datetime, datetime] | None:
    start = moment(row, "start_at", required_for="a duty")
    end = moment(row, "end_at", required_for="a duty")
    if start is None or end is None:
        return None
    length = seconds_after(start, end)
    if length <= 0:
        hint = "write the next day's date in end_at where the shift runs over midnight."
        row.error(Code.SHIFT_BACKWARDS, "end_at", "the shift does not end after its start.", hint)
        return None
    if length > LONGEST_SHIFT.total_seconds():
        message = f"the shift is {length / 3600:.0f} hours long; the most is 24."
        row.error(Code.SHIFT_TOO_LONG, "end_at", message, "look at the dates of start_at and end_at.")
        return None
    return start, end


def _contracts(row: Row, policy: Policy) -> frozenset[str]:
    contracts = names(row, "contracts")
    for contract in sorted(contracts - policy.contracts.keys()):
        row.warn(
            Code.UNKNOWN_CONTRACT,
            "contracts",
            f"the policy does not know the contract {shown(contract)}.",
            f"name it under [contracts], or correct it: {nearest_hint(contract, policy.contracts)}",
        )
    return contracts


def _range(row: Row) -> float | None:
    range_km = number(row, "range_km")
    if range_km is not None and range_km <= 0:
        hint = "write the kilometres the vehicle can drive, or leave it empty."
        row.error(Code.BAD_NUMBER, "range_km", "range_km is not above 0.", hint)
    return range_km


def _check_dates(found: Sequence[tuple[Row, Duty]], service_date: date) -> None:
    for row, duty in found:
        if duty.start_at.date() != service_date:
            message = f"the duty does not start on the service day {service_date.isoformat()}."
            row.error(Code.OTHER_DAY, "start_at", message, "plan each day by itself.")


def _check_vehicles(found: Iterable[tuple[Row, Duty]]) -> None:
    """Warn of a vehicle in two duties at once."""
    by_vehicle = sorted(found, key=lambda pair: (pair[1].vehicle_id, pair[1].start_at.timestamp()))
    for (earlier, before), (row, duty) in pairwise(by_vehicle):
        if before.vehicle_id == duty.vehicle_id and seconds_after(before.end_at, duty.start_at) < 0:
            message = f"the vehicle is still out on the duty of {rows_named([earlier])}."
            row.warn(Code.VEHICLE_OVERLAP, "vehicle_id", message, "look at vehicle_id and the two shifts.")
