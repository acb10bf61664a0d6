"""A roster as the JSON document of ``roster.json`` and back. Pure: no files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.roster import (
    SCHEMA,
    Aboard,
    Reason,
    Roster,
    RosteredDuty,
    Stop,
    StopKind,
    Unserved,
)


def roster_document(roster: Roster) -> dict[str, Any]:
    """The document in the order and words of the file format; times are ISO-8601 with offset."""
    return {
        "schema": SCHEMA,
        "service_date": roster.service_date.isoformat(),
        "inputs": dict(roster.inputs),
        "policy": dict(roster.policy),
        "engine": dict(roster.engine),
        "travel": dict(roster.travel),
        "duties": [_duty_document(duty) for duty in roster.duties],
        "unserved": [
            {
                "journey_id": left.journey_id,
                "reasons": [{"code": r.code, "detail": r.detail, "action": r.action} for r in left.reasons],
            }
            for left in roster.unserved
        ],
        "kpis": dict(roster.kpis),
    }


def roster_from_document(document: Mapping[str, Any]) -> Roster:
    """Read the document back.

    Raises
    ------
    KeyError, TypeError, ValueError, OverflowError
        Where a field is missing or not of its type; unknown fields are passed over, as later versions may add some.
    """
    if document["schema"] != SCHEMA:
        raise ValueError(f"schema is {document['schema']!r}, expected {SCHEMA!r}")
    return Roster(
        service_date=date.fromisoformat(document["service_date"]),
        inputs=_texts(document["inputs"]),
        policy=_texts(document["policy"]),
        engine=dict(document["engine"]),
        travel=_texts(document["travel"]),
        duties=tuple(_duty(entry) for entry in document["duties"]),
        unserved=tuple(
            Unserved(
                _text(entry["journey_id"]),
                tuple(Reason(_text(r["code"]), _text(r["detail"]), _text(r["action"])) for r in entry["reasons"]),
            )
            for entry in document["unserved"]
        ),
        kpis=dict(document.get("kpis", {})),
    )


def _duty_document(duty: RosteredDuty) -> dict[str, Any]:
    return {
        "duty_id": duty.duty_id,
        "vehicle_id": duty.vehicle_id,
        "vehicle_type": duty.vehicle_type,
        "layout_changes": duty.layout_changes,
        "stops": [_stop_document(stop) for stop in duty.stops],
        "drive_s": duty.drive_s,
        "drive_m": duty.drive_m,
    }


def _stop_document(stop: Stop) -> dict[str, Any]:
    moved = {} if stop.anchor_at is None else {"anchor_at": stop.anchor_at.isoformat()}
    return {
        "kind": stop.kind.value,
        "journey_id": stop.journey_id,
        "location": stop.location,
        "lat": stop.lat,
        "lon": stop.lon,
        "arrive_at": stop.arrive_at.isoformat(),
        "begin_at": stop.begin_at.isoformat(),
        "depart_at": stop.depart_at.isoformat(),
        "band": stop.band,
        "travel_s": stop.travel_s,
        "travel_m": stop.travel_m,
        "aboard": {
            "parties": stop.aboard.parties,
            "seats": stop.aboard.seats,
            "wheelchairs": stop.aboard.wheelchairs,
            "stretchers": stop.aboard.stretchers,
        },
        "layout": stop.layout,
        **moved,
    }


def _duty(entry: Mapping[str, Any]) -> RosteredDuty:
    return RosteredDuty(
        duty_id=_text(entry["duty_id"]),
        vehicle_id=_text(entry["vehicle_id"]),
        vehicle_type=_text(entry["vehicle_type"]),
        layout_changes=_whole(entry["layout_changes"]),
        stops=tuple(_stop(stop) for stop in entry["stops"]),
        drive_s=_whole(entry["drive_s"]),
        drive_m=_whole(entry["drive_m"]),
    )


def _stop(entry: Mapping[str, Any]) -> Stop:
    journey_id, layout, anchor = entry["journey_id"], entry.get("layout"), entry.get("anchor_at")
    return Stop(
        kind=StopKind(entry["kind"]),
        journey_id=None if journey_id is None else _text(journey_id),
        location=_whole(entry["location"]),
        lat=_degrees(entry["lat"]),
        lon=_degrees(entry["lon"]),
        arrive_at=_moment(entry["arrive_at"]),
        begin_at=_moment(entry["begin_at"]),
        depart_at=_moment(entry["depart_at"]),
        band=_whole(entry["band"]),
        travel_s=_whole(entry["travel_s"]),
        travel_m=_whole(entry["travel_m"]),
        aboard=Aboard(**{name: _whole(count) for name, count in entry["aboard"].items()}),
        layout=None if layout is None else _whole(layout),
        anchor_at=None if anchor is None else _moment(anchor),
    )


def _text(value: object) -> str:
    """Text that can be written again: a lone half of a surrogate pair cannot."""
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {value!r}")
    value.encode()
    return value


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in entry.items()}


def _degrees(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 180:
        raise ValueError(f"expected degrees, found {value!r}")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected a whole number, found {value!r}")
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"time without offset: {text}")
    return moment.astimezone(LONDON)
