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

    Floyd and Warshall's algorithm on the lower left half, as all is symmetric.
    """
    times = np.full((n, n), NO_WAY, np.float32)
    lengths = np.full((n, n), NO_WAY, np.float32)
    for m in range(len(link)):
        a, b = max(link[m]), min(link[m])
        if seconds[m] < times[a, b]:
            times[a, b], lengths[a, b] = seconds[m], metres[m]
    row = np.empty(n, np.float32)
    row_m = np.empty(n, np.float32)
    for v in range(n):
        times[v, v] = lengths[v, v] = 0
    for over in range(n):
        for b in range(n):
            row[b], row_m[b] = times[max(over, b), min(over, b)], lengths[max(over, b), min(over, b)]
        for a in range(n):
            if row[a] < NO_WAY:
                for b in range(a):
                    time = row[a] + row[b]
                    lengths[a, b] = row_m[a] + row_m[b] if time < times[a, b] else lengths[a, b]
                    times[a, b] = min(time, times[a, b])
    for a in range(n):
        for b in range(a):
            times[b, a], lengths[b, a] = times[a, b], lengths[a, b]
    return times, lengths
