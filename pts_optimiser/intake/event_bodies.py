"""What each type of event says, by its own fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pts_optimiser.domain.events import (
    Arc,
    Body,
    Box,
    CalledOff,
    DutyDelayed,
    DutyExtended,
    DutyLost,
    JourneyBooked,
    Locked,
    Moved,
    NotReady,
    Position,
    Ready,
    Stage,
    StopReported,
    TravelChanged,
    Unlocked,
)
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.intake.cells import choice, moment, required_choice, text
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.columns import JOURNEY_COLUMNS
from pts_optimiser.intake.event_cells import between, count, fill
from pts_optimiser.intake.findings import Findings, shown
from pts_optimiser.intake.journeys import journey_of
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.row import Row

MOST_MINUTES = 24 * 60
MOST_FACTOR = 100.0
KINDS = {kind.value: kind for kind in StopKind}
CALLED_OFF = ("journey_id", "reason", "keep_return")
STOP = ("duty_id", "journey_id", "kind")
BY_HAND = ("journey_id", "duty_id", "user", "reason")

BODIES: Mapping[str, tuple[str, ...]] = {
    "journey_booked": ("journey",),
    "journey_cancelled": CALLED_OFF,
    "journey_aborted": CALLED_OFF,
    "ready": ("journey_id",),
    "not_ready": ("journey_id", "ready_at"),
    "stop_arrived": STOP,
    "stop_begun": STOP,
    "stop_departed": STOP,
    "position": ("duty_id", "lat", "lon"),
    "duty_delayed": ("duty_id", "minutes"),
    "duty_extended": ("duty_id", "end_at"),
    "duty_lost": ("duty_id", "reason"),
    "lock": BY_HAND,
    "unlock": BY_HAND,
    "move": BY_HAND,
    "travel_changed": ("area", "arcs", "factor", "from", "until"),
}
"""The types of events and the fields of each besides those that all have."""


def body_of(kind: str, row: Row, document: Mapping[str, Any], policy: Policy, service_date: date | None) -> Body | None:
    """What an event of a known type says; None where it cannot be used, which is reported."""
    if kind == "journey_booked":
        return _booked(row, document.get("journey"), policy, service_date)
    if kind == "travel_changed":
        return _travel_changed(row, document)
    return _PLAIN[kind](row)


def _booked(row: Row, document: object, policy: Policy, service_date: date | None) -> Body | None:
    if not isinstance(document, dict):
        row.error(Code.BAD_FIELD, "journey", "journey is not an object.", "write the columns of journeys.csv into it.")
        return None
    journey = journey_from(document, row.number, row.findings, policy, service_date)
    row.bad |= journey is None
    return None if journey is None else JourneyBooked(journey)


def journey_from(
    document: Mapping[str, Any], number: int, findings: Findings, policy: Policy, service_date: date | None
) -> Journey | None:
    """The journey of a JSON object with the columns of ``journeys.csv``; None where it cannot be used."""
    inner = Row(number, (), {}, findings, frozenset(), private="patient_ref")
    fill(inner, document, JOURNEY_COLUMNS)
    for name in sorted(document.keys() - set(JOURNEY_COLUMNS)):
        message = f"a journey has no field {shown(name)}."
        inner.error(Code.UNKNOWN_COLUMN, None, message, nearest_hint(name, JOURNEY_COLUMNS))
    return None if inner.bad else journey_of(inner, policy, service_date)


def _called_off(row: Row) -> Body:
    return CalledOff(
        text(row, "journey_id", required=True),
        text(row, "reason"),
        aborted=row.get("type") == "journey_aborted",
        keep_return=choice(row, "keep_return", ("0", "1")) == "1",
    )


def _not_ready(row: Row) -> Body | None:
    ready_at = moment(row, "ready_at", required_for="not_ready")
    journey_id = text(row, "journey_id", required=True)
    return None if ready_at is None else NotReady(journey_id, ready_at)


def _stop(row: Row) -> Body | None:
    """A crew names the journey at a pick-up or drop-off, ``base`` (or nothing) at start and end, ``break`` at it."""
    duty_id = text(row, "duty_id", required=True)
    kind = KINDS.get(required_choice(row, "kind", KINDS) or "")
    if kind is None:
        return None
    stage = Stage(row.get("type").removeprefix("stop_"))
    if kind in {StopKind.PICKUP, StopKind.DROPOFF}:
        return StopReported(duty_id, kind, text(row, "journey_id", required=True), stage)
    choice(row, "journey_id", ("break",) if kind is StopKind.BREAK else ("base",))
    return StopReported(duty_id, kind, None, stage)


def _position(row: Row) -> Body | None:
    duty_id = text(row, "duty_id", required=True)
    lat, lon = between(row, "lat", -90, 90), between(row, "lon", -180, 180)
    if lat is None or lon is None:
        return None
    if lat == 0 and lon == 0:
        row.error(Code.COORDINATES_ZERO, "lat", "the coordinates are (0, 0).", "send none while there is no fix.")
    return Position(duty_id, lat, lon)


def _delayed(row: Row) -> Body | None:
    duty_id, minutes = text(row, "duty_id", required=True), count(row, "minutes", MOST_MINUTES)
    return None if minutes is None else DutyDelayed(duty_id, minutes)


def _extended(row: Row) -> Body | None:
    duty_id, end_at = text(row, "duty_id", required=True), moment(row, "end_at", required_for="duty_extended")
    return None if end_at is None else DutyExtended(duty_id, end_at)


def _travel_changed(row: Row, document: Mapping[str, Any]) -> Body | None:
    area, arcs = _area(row, document.get("area")), _arcs(row, document.get("arcs"))
    factor = between(row, "factor", 0.1, MOST_FACTOR)
    begin, end = moment(row, "from", required_for="travel_changed"), moment(row, "until", required_for="travel_changed")
    if area is None and not arcs and not row.bad:
        row.missing("area", "neither area nor arcs are given.", "say where travel has changed.")
    if begin is not None and end is not None and end.timestamp() <= begin.timestamp():
        row.error(Code.BAD_FIELD, "until", "until is not after from.", "look at the two times.")
    if row.bad or factor is None or begin is None or end is None:
        return None
    return TravelChanged(area, arcs, factor, begin, end)


def _area(row: Row, document: object) -> Box | None:
    if document is None:
        return None
    sides = ("south", "west", "north", "east")
    if isinstance(document, dict) and document.keys() == set(sides):
        values = _degrees([document[side] for side in sides])
        if values is not None and values[0] <= values[2] and values[1] <= values[3]:
            return Box(*values)
    hint = "write it as {south, west, north, east} in degrees."
    row.error(Code.BAD_FIELD, "area", "area is not a box of degrees.", hint)
    return None


def _arcs(row: Row, document: object) -> tuple[Arc, ...]:
    arcs = [_degrees(arc) for arc in document] if isinstance(document, list) else []
    if document is None or (arcs and None not in arcs):
        return tuple(arc for arc in arcs if arc is not None)
    hint = "write each as [latitude, longitude, latitude, longitude], from its beginning to its end."
    row.error(Code.BAD_FIELD, "arcs", "arcs is not a list of stretches of road.", hint)
    return ()


def _degrees(values: object) -> Arc | None:
    """Two points: latitude, longitude, latitude, longitude."""
    if not isinstance(values, list) or len(values) != 4:
        return None
    for value, most in zip(values, (90, 180, 90, 180), strict=True):
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > most:
            return None
    lat, lon, other_lat, other_lon = map(float, values)
    return lat, lon, other_lat, other_lon


_PLAIN: Mapping[str, Callable[[Row], Body | None]] = {
    "journey_cancelled": _called_off,
    "journey_aborted": _called_off,
    "ready": lambda row: Ready(text(row, "journey_id", required=True)),
    "not_ready": _not_ready,
    "stop_arrived": _stop,
    "stop_begun": _stop,
    "stop_departed": _stop,
    "position": _position,
    "duty_delayed": _delayed,
    "duty_extended": _extended,
    "duty_lost": lambda row: DutyLost(text(row, "duty_id", required=True), text(row, "reason")),
    "lock": lambda row: Locked(
        text(row, "journey_id", required=True), text(row, "duty_id") or None, text(row, "user"), text(row, "reason")
    ),
    "unlock": lambda row: Unlocked(text(row, "journey_id", required=True), text(row, "user"), text(row, "reason")),
    "move": lambda row: Moved(
        text(row, "journey_id", required=True),
        text(row, "duty_id", required=True),
        text(row, "user"),
        text(row, "reason"),
    ),
}
