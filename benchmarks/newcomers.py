"""Requests of a problem as if it did not hold them: what the board of options is asked about."""

from __future__ import annotations

import numpy as np

from solver import Problem
from solver.spare import Newcomer


def as_newcomer(problem: Problem, r: int, new_places: tuple[int, ...] = ()) -> Newcomer:
    """A request of a problem as if it were new, some of its places copies of its own."""
    ends = [int(problem.pickup_location[r]), int(problem.dropoff_location[r])]
    m = len(problem.metres)
    columns = [*range(m), *ends]
    pair = {
        name: np.array([getattr(problem, f"{end}_{name}")[r] for end in ("pickup", "dropoff")], np.int32)
        for name in ("band", "service", "overhead")
    }
    return Newcomer(
        **pair,
        location=np.array([m + k if k in new_places else ends[k] for k in range(2)], np.int32),
        window=np.stack([problem.pickup_window[:, r], problem.dropoff_window[:, r]], axis=1),
        ride_limit=problem.ride_limit[:, r],
        demand=problem.demand[r],
        group=int(problem.group[r]),
        exclusive=bool(problem.exclusive[r]),
        unserved_cost=int(problem.unserved_cost[r]),
        relaxed_cost=int(problem.relaxed_cost[r]),
        compatible=problem.compatible[r],
        seconds_from=problem.seconds[:, ends][:, :, columns],
        seconds_to=problem.seconds[:, :, ends][:, columns],
        metres_from=problem.metres[ends][:, columns],
        metres_to=problem.metres[:, ends][columns],
    )
