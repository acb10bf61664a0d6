"""Targets for OR-Tools: a request is served inside them, or dearer outside them, through the double of a stop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Int, Problem

Wide = NDArray[np.int64]


def doubled_stops(problem: Problem) -> Int:
    """The stop that carries the choice of each request with a target: its drop-off, if only that has another window
    there, else its pick-up."""
    n = problem.n_requests
    at_pickup = (problem.pickup_window[0] != problem.pickup_window[1]).any(axis=1)
    at_dropoff = (problem.dropoff_window[0] != problem.dropoff_window[1]).any(axis=1)
    differ = at_pickup | at_dropoff | (problem.ride_limit[0] != problem.ride_limit[1])
    stop = (np.where(at_dropoff & ~at_pickup, n, 0) + np.arange(n)).astype(np.int32)
    chosen: Int = stop[differ]
    return chosen


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Windows and longest times from pick-up to drop-off, narrowed by each other and by the shifts.

    A stop that has a double keeps its target; everything else, the double too, keeps the hard limits.
    """

    window: Wide  # [node, 2] of stops and doubles; empty where the node can't be served
    longest: Wide  # [tier, request]

    @classmethod
    def of(cls, problem: Problem, doubled: Int) -> Limits:
        longest = problem.ride_limit.astype(np.int64) + problem.pickup_service
        pair = np.concatenate([problem.pickup_window, problem.dropoff_window], axis=1).astype(np.int64)
        open_at, close_at = int(problem.shift[:, 0].min()), int(problem.shift[:, 1].max())
        n = problem.n_requests
        narrow = []
        for tier in (0, 1):
            low = np.maximum(pair[tier, :, 0], open_at)
            high = np.minimum(pair[tier, :, 1], close_at)
            low[:n] = np.maximum(low[:n], low[n:] - longest[tier])
            high[n:] = np.minimum(high[n:], high[:n] + longest[tier])
            empty = np.tile((low[:n] > high[:n]) | (low[n:] > high[n:]) | (low[:n] > high[n:]), 2)
            narrow.append(np.stack([np.where(empty, 1, low), np.where(empty, 0, high)], axis=1))
        window = narrow[1].copy()
        window[doubled] = narrow[0][doubled]
        return cls(np.concatenate([window, narrow[1][doubled]]), longest)
