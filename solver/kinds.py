"""Vehicles that can stand in for each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem


def kinds(problem: Problem) -> NDArray[np.int64]:
    """Vehicles [v] that differ in nothing have the same number."""
    p = problem
    told = np.column_stack(
        [
            *(p.start_location, p.end_location, p.vehicle_band, p.vehicle_class, p.vehicle_cost, p.shift),
            *(p.max_duration, p.max_distance, p.break_length, p.break_window, p.compatible.T),
        ]
    )
    return np.unique(told, axis=0, return_inverse=True)[1]
