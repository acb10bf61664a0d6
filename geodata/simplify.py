"""Lines with fewer points: Douglas and Peucker's rule for many lines at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.earth import EARTH_RADIUS_M
from geodata.shapes import Lines


def simplified(lines: Lines, tolerance_m: float) -> Lines:
    """Lines without the points nearer than a tolerance to the straight line between those that stay.

    All stretches of all lines are cut at their farthest points in one step; a stretch that is straight enough is done.
    """
    y = np.radians(lines.lat) * EARTH_RADIUS_M
    x = np.radians(lines.lon) * EARTH_RADIUS_M * np.cos(np.radians(lines.lat.mean() if len(lines.lat) else 0))
    kept = np.zeros(len(x), np.bool_)
    filled = np.diff(lines.first) > 0
    a, b = lines.first[:-1][filled], lines.first[1:][filled] - 1
    kept[a] = kept[b] = True
    while len(a := a[(open_ := b - a > 1)]):
        b = b[open_]
        farthest, away = _farthest(x, y, a, b)
        cut = away > tolerance_m
        middle = farthest[cut]
        kept[middle] = True
        a, b = np.concatenate([a[cut], middle]), np.concatenate([middle, b[cut]])
    count = np.bincount(lines.line[kept], minlength=len(lines))
    return Lines(np.concatenate([[0], np.cumsum(count)]), lines.lat[kept], lines.lon[kept])


def _farthest(
    x: NDArray[np.float64], y: NDArray[np.float64], a: NDArray[np.int64], b: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The point of each stretch that is farthest from the line between its ends, and its distance."""
    count = b - a - 1
    first = np.cumsum(count) - count
    stretch = np.repeat(np.arange(len(a)), count)
    point = np.arange(len(stretch)) - np.repeat(first, count) + np.repeat(a + 1, count)
    dx, dy = (x[b] - x[a])[stretch], (y[b] - y[a])[stretch]
    px, py = x[point] - x[a][stretch], y[point] - y[a][stretch]
    square = np.maximum(dx**2 + dy**2, 1e-9)
    share = np.clip((px * dx + py * dy) / square, 0, 1)
    away = np.hypot(px - share * dx, py - share * dy)
    most = np.maximum.reduceat(away, first)
    at_most = np.flatnonzero(away == most[stretch])
    farthest = np.empty(len(a), np.int64)
    farthest[stretch[at_most][::-1]] = point[at_most][::-1]
    return farthest, most
