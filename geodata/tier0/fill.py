"""Kernels that fill the matrix: for each pair of places the faster of straight and by the skeleton, in every band."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.fitted import CIRCUITY, TRUNK_KM
from geodata.tier0.jit import kernel
from geodata.tier0.paths import NO_WAY
from geodata.tier0.water import NO_WAY_KM, crosses, km_over_bridge

BLOCK = 64
MOST = 65_535.0


@kernel
def spread(
    node: NDArray[np.int32],
    seconds: NDArray[np.float32],
    metres: NDArray[np.float32],
    between: NDArray[np.float32],
    metres_between: NDArray[np.float32],
    reference: int,
    reach: NDArray[np.float32],
    reach_m: NDArray[np.float32],
) -> None:
    """From one place by its ways [k] to every junction: seconds ``reach`` [n, lanes], metres in the reference band."""
    reach[:] = NO_WAY
    reach_m[:] = NO_WAY
    for way in range(len(node)):
        if node[way] < 0:
            break
        row = between[node[way]]
        for v in range(len(reach)):
            if seconds[way, reference] + row[v, reference] < reach[v, reference]:
                reach_m[v] = metres[way] + metres_between[node[way], v]
            for lane in range(reach.shape[1]):
                reach[v, lane] = min(reach[v, lane], seconds[way, lane] + row[v, lane])


@kernel
def straight(km: float, per: NDArray[np.float64], lanes: NDArray[np.float32], drive: NDArray[np.float32]) -> None:
    """Seconds [lanes] of a drive off the skeleton; ``per`` are those of the start, a kilometre and a root of one.

    ``lanes`` [3, lanes]: by how much town streets and larger roads are slower than in the reference band, and the
    slowness of both there.
    """
    trunk = km / (km + TRUNK_KM)
    at_reference = lanes[2, 0] + trunk * (lanes[2, 1] - lanes[2, 0])
    base = np.float32((per[0] + per[1] * km + per[2] * np.sqrt(km)) / at_reference)
    large, small = np.float32(trunk) * base, np.float32(1 - trunk) * base
    for lane in range(len(drive)):
        drive[lane] = small * lanes[0, lane] + large * lanes[1, lane]


@kernel
def fill(
    first: int,
    last: int,
    places: NDArray[np.float64],
    node: NDArray[np.int32],
    way_s: NDArray[np.float32],
    way_m: NDArray[np.float32],
    between: NDArray[np.float32],
    metres_between: NDArray[np.float32],
    reference: int,
    per: NDArray[np.float64],
    lanes: NDArray[np.float32],
    banks: NDArray[np.float64],
    water: NDArray[np.float64],
    seconds: NDArray[np.uint16],
    metres: NDArray[np.int32],
) -> None:
    """Drives of the origins ``first`` to ``last`` to all places of a smaller number: the matrix is symmetric."""
    width = between.shape[2]
    reach = np.empty((len(between), width), np.float32)
    reach_m = np.empty(len(between), np.float32)
    best = np.empty(width, np.float32)
    drive = np.empty(width, np.float32)
    for i in range(first, last):
        spread(node[i], way_s[i], way_m[i], between, metres_between, reference, reach, reach_m)
        for j in range(i):
            best[:] = NO_WAY
            length = NO_WAY
            for way in range(node.shape[1]):
                v = node[j, way]
                if v < 0:
                    break
                if reach[v, reference] + way_s[j, way, reference] < best[reference]:
                    length = reach_m[v] + way_m[j, way]
                for lane in range(width):
                    best[lane] = min(best[lane], reach[v, lane] + way_s[j, way, lane])
            km = np.hypot(places[i, 0] - places[j, 0], places[i, 1] - places[j, 1])
            straight(km, per, lanes, drive)
            if beats(drive, best) and crosses(places[i, 0], places[i, 1], places[j, 0], places[j, 1], water):
                drive[:] = NO_WAY
                km = km_over_bridge(places[i, 0], places[i, 1], places[j, 0], places[j, 1], banks, water)
                if km < NO_WAY_KM:
                    straight(km, per, lanes, drive)
            metres[i, j] = np.int32((1000 * CIRCUITY * km if drive[reference] < best[reference] else length) + 0.5)
            for band in range(len(seconds)):
                seconds[band, i, j] = np.uint16(min(min(drive[band], best[band]) + 0.5, MOST))


@kernel
def beats(drive: NDArray[np.float32], best: NDArray[np.float32]) -> bool:
    """Whether a drive is faster in some band."""
    for lane in range(len(drive)):  # noqa: SIM110 — a loop that numba compiles
        if drive[lane] < best[lane]:
            return True
    return False


@kernel
def mirror(matrix: NDArray[np.generic], first: int) -> None:
    """Copy the lower left half of a matrix into the upper right one, in the columns of a block from ``first``."""
    n = len(matrix)
    last = min(first + BLOCK, n)
    for top in range(0, last, BLOCK):
        for j in range(top, min(top + BLOCK, n)):
            for i in range(max(first, j + 1), last):
                matrix[j, i] = matrix[i, j]
