"""Kernels on the skeleton itself: the shortest paths between all junctions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.jit import kernel

NO_WAY = np.float32(1e9)


@kernel
def shortest_paths(
    seconds: NDArray[np.float32], metres: NDArray[np.float32], link: NDArray[np.int32], n: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Seconds [n, n] between junctions and metres [n, n] along the fastest paths; links [m] lead both ways.

    Floyd and Warshall's algorithm; on a tie the shorter path.
    """
    times = np.full((n, n), NO_WAY, np.float32)
    lengths = np.full((n, n), NO_WAY, np.float32)
    for v in range(n):
        times[v, v] = 0
        lengths[v, v] = 0
    for m in range(len(link)):
        a, b = link[m, 0], link[m, 1]
        if seconds[m] < times[a, b]:
            times[a, b] = times[b, a] = seconds[m]
            lengths[a, b] = lengths[b, a] = metres[m]
    for over in range(n):
        for a in range(n):
            so_far, length = times[a, over], lengths[a, over]
            if so_far < NO_WAY and a != over:
                for b in range(n):
                    time = so_far + times[over, b]
                    lengths[a, b] = length + lengths[over, b] if time < times[a, b] else lengths[a, b]
                    times[a, b] = min(time, times[a, b])
    return times, lengths
