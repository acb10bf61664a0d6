"""What holds on the day at one moment, whatever a re-plan does: facts, promises and locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FreeFrom:
    """From when and where a vehicle can be given something else.

    ``location`` indexes the travel times, None where they do not hold the place. On the way between two locations,
    ``towards`` is the one ahead and ``share`` how much of the drive is done: from there to x it is (1 − share) × the
    drive from ``location`` to x + share × the drive from ``towards`` to x.
    """

    at: datetime
    location: int | None
    towards: int | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Promise:
    """When boarding and alighting were said to begin."""

    pickup_at: datetime
    dropoff_at: datetime


@dataclass(frozen=True, slots=True)
class DayRules:
    """What no re-plan at ``now`` may change.

    Parameters
    ----------
    frozen
        By duty, how many of its stops are made, under way or committed.
    free
        By duty that is not lost, the end of what is frozen.
    ends
        By duty whose end was moved, its end now.
    locks, aboard
        The duty that a journey must stay on, while that works; the duty that has its patient aboard at the end of what
        is frozen.
    promises
        By journey, what was published last.
    rescues
        Journeys whose patients sit in a lost vehicle: they are fetched from there, whatever the hour.
    overdue
        By journey that no plan had a place for, how many seconds after its hard limit it may still be collected or,
        where it has an appointment, arrive.
    stood
        By journey that somebody puts on another duty, when it would have been picked up where it was: a promise that is
        past keeping there allows as much on the other duty.
    """

    now: datetime
    frozen: Mapping[str, int]
    free: Mapping[str, FreeFrom]
    ends: Mapping[str, datetime]
    locks: Mapping[str, str]
    aboard: Mapping[str, str]
    promises: Mapping[str, Promise]
    rescues: frozenset[str]
    overdue: Mapping[str, int]
    lost: frozenset[str]
    stood: Mapping[str, datetime] = field(default_factory=dict)
