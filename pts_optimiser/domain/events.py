"""What happens on the day: who says so, when it happened, when it was received, and what it says.

One small dataclass for each thing that can be said; what follows from it for the day is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import StopKind


class Stage(StrEnum):
    """How far a crew is with a stop: there, boarding or alighting has begun, gone."""

    ARRIVED = "arrived"
    BEGUN = "begun"
    DEPARTED = "departed"


@dataclass(frozen=True, slots=True)
class JourneyBooked:
    """A booking on the day; of a journey already known, its details as they are now."""

    type: ClassVar[str] = "journey_booked"
    journey: Journey


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The journey will not be made: cancelled by who booked it, or ``aborted`` by the crew that came for it.

    An inward journey takes its outward one with it unless ``keep_return``.
    """

    journey_id: str
    reason: str
    aborted: bool = False
    keep_return: bool = False

    @property
    def type(self) -> str:
        return "journey_aborted" if self.aborted else "journey_cancelled"


@dataclass(frozen=True, slots=True)
class Ready:
    """The patient is ready to be collected."""

    type: ClassVar[str] = "ready"
    journey_id: str


@dataclass(frozen=True, slots=True)
class NotReady:
    """The patient will be ready at ``ready_at`` and not before."""

    type: ClassVar[str] = "not_ready"
    journey_id: str
    ready_at: datetime


@dataclass(frozen=True, slots=True)
class StopReported:
    """A crew's word about one stop; ``journey_id`` is None at start, break and end."""

    duty_id: str
    kind: StopKind
    journey_id: str | None
    stage: Stage

    @property
    def type(self) -> str:
        return f"stop_{self.stage.value}"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a vehicle is, WGS 84 degrees."""

    type: ClassVar[str] = "position"
    duty_id: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class DutyDelayed:
    """The duty is ``minutes`` behind its plan, at its start or at its next stop."""

    type: ClassVar[str] = "duty_delayed"
    duty_id: str
    minutes: int


@dataclass(frozen=True, slots=True)
class DutyExtended:
    """The duty now ends at ``end_at``."""

    type: ClassVar[str] = "duty_extended"
    duty_id: str
    end_at: datetime


@dataclass(frozen=True, slots=True)
class DutyLost:
    """The duty does nothing more: ``reason`` is breakdown, sickness or what else took it off the road."""

    type: ClassVar[str] = "duty_lost"
    duty_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Locked:
    """The journey stays on a duty: on ``duty_id``, or where it is if that is None."""

    type: ClassVar[str] = "lock"
    journey_id: str
    duty_id: str | None
    user: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    type: ClassVar[str] = "unlock"
    journey_id: str
    user: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody in the control room puts the journey on ``duty_id``, where it stays until it is unlocked."""

    type: ClassVar[str] = "move"
    journey_id: str
    duty_id: str
    user: str
    reason: str


@dataclass(frozen=True, slots=True)
class Box:
    """An area in degrees."""

    south: float
    west: float
    north: float
    east: float


Arc = tuple[float, float, float, float]
"""A stretch of road: latitude and longitude of its beginning and of its end."""


@dataclass(frozen=True, slots=True)
class TravelChanged:
    """Between ``begin`` and ``end`` driving in ``area``, or along ``arcs``, takes ``factor`` times as long."""

    type: ClassVar[str] = "travel_changed"
    area: Box | None
    arcs: tuple[Arc, ...]
    factor: float
    begin: datetime
    end: datetime


Body = (
    JourneyBooked
    | CalledOff
    | Ready
    | NotReady
    | StopReported
    | Position
    | DutyDelayed
    | DutyExtended
    | DutyLost
    | Locked
    | Unlocked
    | Moved
    | TravelChanged
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of ``events.jsonl``. ``sequence`` rises within a source."""

    event_id: str
    source: str
    sequence: int
    occurred_at: datetime
    received_at: datetime
    body: Body

    @property
    def type(self) -> str:
        return self.body.type
