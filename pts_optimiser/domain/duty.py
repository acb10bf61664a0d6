"""A duty: one vehicle with its crew for one shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Break:
    """A break of ``length`` that starts inside [earliest, latest] with nobody aboard."""

    length: timedelta
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """One vehicle with its crew for one shift, from base to base.

    ``vehicle_type`` is a key of the policy; empty ``contracts`` means any contract; ``range_km`` None means
    that distance does not limit the duty.
    """

    duty_id: str
    vehicle_id: str
    vehicle_type: str
    base: str
    base_lat: float
    base_lon: float
    start_at: datetime
    end_at: datetime
    crew: int
    skills: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    rest: Break | None = None
    energy: str = "diesel"
    range_km: float | None = None
