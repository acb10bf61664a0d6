"""Kernels that keep drives off the water."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.jit import kernel

NO_WAY_KM = np.float64(1e9)


@kernel
def crosses(ax: float, ay: float, bx: float, by: float, water: NDArray[np.float64]) -> bool:
    """Whether the straight line from a to b leads over water."""
    west, east, south, north = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    for piece in range(len(water)):
        px, py, qx, qy = water[piece, 0], water[piece, 1], water[piece, 2], water[piece, 3]
        if max(px, qx) < west or min(px, qx) > east or max(py, qy) < south or min(py, qy) > north:
            continue
        p_side = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
        q_side = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
        a_side = (qx - px) * (ay - py) - (qy - py) * (ax - px)
        b_side = (qx - px) * (by - py) - (qy - py) * (bx - px)
        if p_side * q_side <= 0 and a_side * b_side < 0:
            return True
    return False


@kernel
def km_over_bridge(
    ax: float, ay: float, bx: float, by: float, banks: NDArray[np.float64], water: NDArray[np.float64]
) -> float:
    """Straight kilometres from a to a bridge, over it and on to b, by the best of the bridges; else NO_WAY_KM.

    ``banks`` [q, 4] are the two ends of each bridge.
    """
    best = NO_WAY_KM
    for bridge in range(len(banks)):
        for end in (0, 2):
            px, py, qx, qy = banks[bridge, end], banks[bridge, end + 1], banks[bridge, 2 - end], banks[bridge, 3 - end]
            km = np.hypot(px - ax, py - ay) + np.hypot(qx - px, qy - py) + np.hypot(bx - qx, by - qy)
            if km < best and not crosses(ax, ay, px, py, water) and not crosses(qx, qy, bx, by, water):
                best = km
    return best
