"""Places of a routing model's nodes, and the times and costs between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem
from solver.routing.rests import Rests

Wide = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Pick-ups, drop-offs, begins of breaks, ends of breaks, starts of the vehicles, ends, in this order."""

    location: Int
    cost: Wide  # [node, node] driving, and the price of a vehicle where it leaves its start for a request
    transit: Wide  # [node, node] from begin to begin

    @classmethod
    def of(cls, problem: Problem, rests: Rests) -> Nodes:
        n, v, k = problem.n_requests, problem.n_vehicles, len(rests.vehicle)
        idle = np.zeros(2 * v, dtype=np.int32)
        no_rest = np.zeros(k, dtype=np.int32)
        location = np.concatenate(
            [
                problem.pickup_location,
                problem.dropoff_location,
                rests.location,
                rests.location,
                problem.start_location,
                problem.end_location,
            ]
        )
        band = np.concatenate(
            [
                problem.pickup_band,
                problem.dropoff_band,
                rests.band,
                rests.band,
                problem.vehicle_band,
                problem.vehicle_band,
            ]
        )
        rest = problem.break_length[rests.vehicle]
        service = np.concatenate([problem.pickup_service, problem.dropoff_service, rest, no_rest, idle])
        overhead = np.concatenate([problem.pickup_overhead, problem.dropoff_overhead, no_rest, no_rest, idle])
        travel = problem.seconds[band[:, None], location[:, None], location].astype(np.int64)
        transit = service[:, None] + travel + np.where(location[:, None] != location, overhead, 0)
        transit[n : 2 * n, :n] += problem.block_gap
        transit[2 * n + k : 2 * n + 2 * k, :n] += problem.block_gap
        cost = travel.copy()
        cost[2 * n + 2 * k : 2 * n + 2 * k + v, :n] += problem.vehicle_cost[:, None]
        return cls(location, cost, transit)
