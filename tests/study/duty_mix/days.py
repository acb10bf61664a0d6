"""A tiny service for tests of the choice: one base, cars with one aboard and vans with two, four short shifts."""

from __future__ import annotations

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.study.duty_mix.mix import Candidate
from pts_optimiser.study.duty_mix.need import Base, Kind
from pts_optimiser.study.duty_mix.rules import Shift

POLICY = load_policy()
BASE = Base("Oldbury", 52.503, -2.016, "sandwell")
OTHER = Base("Dudley", 52.508, -2.088, "sandwell")
CAR, VAN = Kind("car", 1), Kind("standard_pts", 2)


def candidate(start: int, end: int, kind: Kind = CAR, base: Base = BASE) -> Candidate:
    """From one hour of the day to another."""
    return Candidate(base, kind, Shift(60 * start, 60 * end))
