"""What is answered to the question where one journey could go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Reason


@dataclass(frozen=True, slots=True)
class Moved:
    """Another journey of the duty whose times change: seconds later, earlier where below 0; None for who is aboard."""

    journey_id: str
    pickup_s: int | None
    dropoff_s: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A target (arrive, collect or aboard) that another journey newly misses, or newly keeps."""

    journey_id: str
    standard: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A place for a journey: the duty, when it boards and alights, what the duty drives more, whom it touches.

    ``price_s`` is what options are ranked by, in seconds of driving: the driving, the use of a duty without work, the
    change of duty of a journey that has one, a target missed. ``misses`` are its own targets that it misses.
    """

    duty_id: str
    pickup_at: datetime
    dropoff_at: datetime
    extra_drive_s: int
    extra_drive_m: int
    price_s: int
    misses: tuple[str, ...]
    moved: tuple[Moved, ...]
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """``journey_id`` gives way, and the journey asked for takes ``option``; ``new`` is where it goes then, if anywhere.

    Where both are of one duty, both options tell of its route with both.
    """

    journey_id: str
    option: Option
    new: Option | None
    price_s: int


@dataclass(frozen=True, slots=True)
class Answer:
    """``standing`` is the place that the journey has now. ``exchanges`` and ``reasons`` only where nothing fits."""

    journey: Journey
    standing: Option | None
    options: tuple[Option, ...]
    exchanges: tuple[Exchange, ...]
    reasons: tuple[Reason, ...]
