"""Whole weeks, day by day, over one patient population."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pts_optimiser.demand.day import GeneratedDay, Known, generate_day


def generate_week(
    start: date, seed: int, weeks: int = 1, *, scale: float = 1.0, known: Known = "day-before"
) -> Iterator[GeneratedDay]:
    """Yield the ``7 × weeks`` days from ``start``. Each is the very day that ``generate_day`` makes of its date."""
    for offset in range(7 * weeks):
        yield generate_day(start + timedelta(days=offset), seed, scale=scale, known=known)
