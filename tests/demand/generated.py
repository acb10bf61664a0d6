"""Generated days, made once for all tests that look at them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from pts_optimiser.demand.day import GeneratedDay, Known, generate_day
from pts_optimiser.demand.sites import road_km
from pts_optimiser.domain.journey import Journey

MONDAY = date(2026, 6, 1)
WEEKDAYS = [MONDAY + timedelta(days=offset) for offset in range(5)]
TUESDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=offset) for offset in (1, 5, 6))
SEEDS = (1, 2, 3)


@cache
def day(service_date: date = TUESDAY, seed: int = 1, known: Known = "day-before", scale: float = 1.0) -> GeneratedDay:
    return generate_day(service_date, seed, scale=scale, known=known)


def solo_km(journeys: tuple[Journey, ...]) -> np.ndarray:
    ends = [(j.pickup.lat, j.pickup.lon, j.dropoff.lat, j.dropoff.lon) for j in journeys]
    return road_km(*np.array(ends).T)
