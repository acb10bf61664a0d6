"""Times between the nodes of a routing model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem

Wide = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Pick-ups, drop-offs, starts of the vehicles, ends of the vehicles, in this order."""

    location: Int
    service: Int
    travel: Wide  # [node, node] driving
    transit: Wide  # [node, node] from begin to begin

    @classmethod
    def of(cls, problem: Problem) -> Nodes:
        n, v = problem.n_requests, problem.n_vehicles
        idle = np.zeros(2 * v, dtype=np.int32)
        location = np.concatenate(
            [problem.pickup_location, problem.dropoff_location, problem.start_location, problem.end_location]
        )
        band = np.concatenate([problem.pickup_band, problem.dropoff_band, problem.vehicle_band, problem.vehicle_band])
        service = np.concatenate([problem.pickup_service, problem.dropoff_service, idle])
        overhead = np.concatenate([problem.pickup_overhead, problem.dropoff_overhead, idle])
        travel = problem.seconds[band[:, None], location[:, None], location].astype(np.int64)
        transit = service[:, None] + travel + np.where(location[:, None] != location, overhead, 0)
        transit[n : 2 * n, :n] += problem.block_gap
        return cls(location, service, travel, transit)
