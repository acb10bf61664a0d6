"""The part of the elimination tree above some nodes."""

from __future__ import annotations

import numpy as np

from geodata.cch.kernels.jit import kernel


@kernel
def ancestors(low, parent, found):
    """All nodes above ``low`` (ascending), themselves included, ascending; returns how many.

    Post-order: what is above one node but still below the next node's number is not above the next.
    """
    count = 0
    for k in range(len(low)):
        v = low[k]
        below = low[np.uint32(k + 1)] if k + 1 < len(low) else len(parent)
        while 0 <= v < below:
            found[np.uint32(count)] = v
            count += 1
            v = parent[np.uint32(v)]
    return count
