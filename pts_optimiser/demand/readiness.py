"""When patients are really ready to go home: seldom at the minute that was booked."""

from __future__ import annotations

import numpy as np

from pts_optimiser.demand.attendance import Attendance
from pts_optimiser.domain.journey import Category

LATE = {Category.DISCHARGE: (0.35, 50.0)}  # share and mean of the exponential delay in minutes [A]
LATE_OTHERS = (0.12, 30.0)
JITTER = 8.0  # standard deviation of the rest
MOST = 180
LATEST = 23 * 60  # wards and units do not send patients home later


def really_ready(rng: np.random.Generator, attendance: Attendance) -> int:
    """The minute at which a patient booked to be ready at ``attendance.ready`` is ready."""
    planned = attendance.ready or 0
    share, mean = LATE.get(attendance.category, LATE_OTHERS)
    late, jitter, delay = rng.random(), rng.normal(0, JITTER), rng.exponential(mean)
    slip = min(delay, MOST) if late < share else max(min(jitter, 2 * JITTER), -2 * JITTER)
    earliest = max(attendance.booked, attendance.appointment or 0) + 5
    return max(min(planned + round(slip), max(planned, LATEST)), earliest)
