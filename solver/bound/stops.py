"""The stops of k requests as matrices: stop i is the pick-up of the i-th of them, k + i its drop-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem

Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """``low`` and ``high`` bound the begin of each stop; all times in seconds.

    ``drive[a, b]`` is the driving from a to b, ``step[a, b]`` the time from the begin of a to the soonest begin of b,
    ``soonest[a, b]`` the same by way of any stops.
    """

    requests: Int  # [k] in the numbers of the problem
    location: Int  # [2k]
    band: Int  # [2k]
    service: Matrix  # [2k]
    overhead: Matrix  # [2k]
    low: Matrix  # [2k]
    high: Matrix  # [2k]
    ride: Matrix  # [k]
    drive: Matrix  # [2k, 2k]
    step: Matrix  # [2k, 2k]
    soonest: Matrix  # [2k, 2k]


def stops_of(problem: Problem, requests: Sequence[int], tier: Sequence[int]) -> Stops:
    """The stops of ``requests``, each within the limits of its ``tier`` (0 target, 1 hard limit) and of all shifts."""
    r, tiers = np.asarray(requests, np.intp), np.asarray(tier, np.intp)

    def both(pickup: Int, dropoff: Int) -> Int:
        return np.concatenate([pickup[r], dropoff[r]])

    location = both(problem.pickup_location, problem.dropoff_location)
    band = both(problem.pickup_band, problem.dropoff_band)
    service = both(problem.pickup_service, problem.dropoff_service).astype(np.int64)
    overhead = both(problem.pickup_overhead, problem.dropoff_overhead).astype(np.int64)
    windows = np.concatenate([problem.pickup_window[tiers, r], problem.dropoff_window[tiers, r]]).astype(np.int64)
    windows = np.clip(windows, int(problem.shift[:, 0].min()), int(problem.shift[:, 1].max()))
    drive = problem.seconds[band[:, None], location[:, None], location[None, :]].astype(np.int64)
    step = service[:, None] + drive + np.where(location[:, None] != location, overhead, 0)
    soonest = step.copy()
    for via in range(len(location)):
        np.minimum(soonest, soonest[:, via, None] + soonest[None, via], out=soonest)
    return Stops(
        requests=r.astype(np.int32),
        location=location,
        band=band,
        service=service,
        overhead=overhead,
        low=windows[:, 0].copy(),
        high=windows[:, 1].copy(),
        ride=problem.ride_limit[tiers, r].astype(np.int64),
        drive=drive,
        step=step,
        soonest=soonest,
    )
