"""The roster: the day's plan, stop by stop, and the journeys that it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

SCHEMA = "pts-optimiser/roster/1"


class StopKind(StrEnum):
    START = "start"
    PICKUP = "pickup"
    DROPOFF = "dropoff"
    BREAK = "break"
    END = "end"


@dataclass(frozen=True, slots=True)
class Aboard:
    """What is aboard when the vehicle leaves a stop. ``seats`` counts seat users and escorts."""

    parties: int = 0
    seats: int = 0
    wheelchairs: int = 0
    stretchers: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a duty; ``travel_s`` and ``travel_m`` are of the leg from the stop before.

    ``layout`` is the index, among the vehicle type's layouts, of the layout of the run that the stop belongs to;
    None at start, break and end. ``location`` indexes the travel times. ``anchor_at`` decides the stop's traffic band
    where its time has moved by more than an hour on the day; None: the anchor that its kind and journey give it.
    """

    kind: StopKind
    journey_id: str | None
    location: int
    lat: float
    lon: float
    arrive_at: datetime
    begin_at: datetime
    depart_at: datetime
    band: int
    travel_s: int
    travel_m: int
    aboard: Aboard
    layout: int | None = None
    anchor_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RosteredDuty:
    """A duty with its stops; a duty without journeys has no stops."""

    duty_id: str
    vehicle_id: str
    vehicle_type: str
    layout_changes: int
    stops: tuple[Stop, ...]
    drive_s: int
    drive_m: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a journey is not served, and an action that a planner can take."""

    code: str
    detail: str
    action: str


@dataclass(frozen=True, slots=True)
class Unserved:
    journey_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The plan of one service day. Every journey is on exactly one duty or in ``unserved``.

    ``inputs`` maps file names to SHA-256; ``policy`` holds the names in use (distancing, standards); ``engine``
    holds name, seed, budget_s, workers, version, and after a re-plan which journeys have left the duty that was
    ``published`` first; ``travel`` holds model and file; ``kpis`` is ``kpis.json``.
    """

    service_date: date
    inputs: Mapping[str, str]
    policy: Mapping[str, str]
    engine: Mapping[str, Any]
    travel: Mapping[str, str]
    duties: tuple[RosteredDuty, ...]
    unserved: tuple[Unserved, ...]
    kpis: Mapping[str, Any] = field(default_factory=dict)


def made_by(engine: Mapping[str, Any]) -> dict[str, Any]:
    """How a roster was made, without the journeys that ``published`` names."""
    return {name: value for name, value in engine.items() if name != "published"}
