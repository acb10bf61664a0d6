"""When a journey is booked: long before, the day before, or on the day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

EARLIEST_SAME_DAY = 600  # appointments before 10:00 are known the day before: nobody books them at night
# of bookings that are no standing order: share, days ahead from and to [A]
LEAD_DAYS = ((0.20 / 0.45, 8, 28), (0.15 / 0.45, 2, 7), (0.10 / 0.45, 1, 1))
RECURRING = 0.55  # of planned bookings, from a standing order [A]
RECURRING_DAYS = 28


def book_ahead(rng: np.random.Generator, count: int, recurring: float = RECURRING) -> NDArray[np.int64]:
    """Booking minutes before the plan's cut-off, shape [count]: office hours of an earlier day."""
    band = rng.choice(len(LEAD_DAYS), size=count, p=[share for share, _, _ in LEAD_DAYS])
    first = np.array([low for _, low, _ in LEAD_DAYS])[band]
    last = np.array([high for _, _, high in LEAD_DAYS])[band]
    days = np.where(rng.random(count) < recurring, RECURRING_DAYS, rng.integers(first, last + 1))
    minutes: NDArray[np.int64] = rng.integers(8 * 60, 18 * 60, count) - days * 1440
    return minutes


def choose_same_day(rng: np.random.Generator, appointments: Sequence[int], share: float) -> NDArray[np.bool_]:
    """Which are booked on the day: ``share`` of all, drawn among those late enough to be."""
    eligible = np.array(appointments, dtype=np.int64) >= EARLIEST_SAME_DAY
    late = np.zeros(len(eligible), np.bool_)
    number = min(int(eligible.sum()), round(share * len(eligible)))
    late[rng.choice(np.flatnonzero(eligible), size=number, replace=False)] = True
    return late


def same_day_lead(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Minutes from the booking on the day to the appointment, shape [count] [A]."""
    return rng.integers(150, 241, count)
