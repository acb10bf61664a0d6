"""Which requests are near each other in space and time: the granular neighbourhood of the search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.kernels.jit import kernel
from solver.kernels.tables import Array
from solver.problem import NEVER, Problem


def nearest(problem: Problem, k: int) -> NDArray[np.int32]:
    """The ``k`` nearest other requests of each, nearest first, -1 where fewer can ever share or follow [n, k]."""
    n = problem.n_requests
    k = min(k, n - 1)
    found = np.full((n, max(k, 0)), -1, np.int32)
    if k < 1:
        return found
    location = np.concatenate([problem.pickup_location, problem.dropoff_location])
    band = np.concatenate([problem.pickup_band, problem.dropoff_band])
    service = np.concatenate([problem.pickup_service, problem.dropoff_service])
    window = np.concatenate([problem.pickup_window[1], problem.dropoff_window[1]])
    chunk = 256
    for low in range(0, n, chunk):
        high = min(n, low + chunk)
        rows = np.empty((high - low, n), np.int32)
        distances(problem.seconds, location, band, service, window, low, rows)
        rows[np.arange(high - low), np.arange(low, high)] = NEVER
        order = np.argpartition(rows, k - 1, axis=1)[:, :k].astype(np.int32)
        reach = np.take_along_axis(rows, order, axis=1)
        ranks = np.argsort(reach, axis=1, kind="stable")
        order, reach = np.take_along_axis(order, ranks, axis=1), np.take_along_axis(reach, ranks, axis=1)
        found[low:high] = np.where(reach < NEVER, order, -1)
    return found


@kernel
def distances(
    seconds: Array, location: Array, band: Array, service: Array, window: Array, low: int, rows: Array
) -> None:
    """Least drive + wait between any stop of request ``low + i`` and any of request j, either first [rows, n]."""
    n = len(location) // 2
    for i in range(rows.shape[0]):
        for j in range(n):
            least = NEVER
            for a in (low + i, n + low + i):
                for b in (j, n + j):
                    for turn in range(2):
                        x, y = (a, b) if turn == 0 else (b, a)
                        drive = seconds[band[x], location[x], location[y]]
                        arrive = window[x, 0] + service[x] + drive
                        if arrive > window[y, 1]:
                            continue
                        wait = window[y, 0] - (window[x, 1] + service[x] + drive)
                        least = min(least, drive + max(wait, 0))
            rows[i, j] = least
