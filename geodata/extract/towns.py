"""Where a road runs through streets of houses: the map says it by what it is full of, not by a tag."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.earth import EARTH_RADIUS_M
from geodata.extract.segments import Segments
from geodata.network import DEGREE

CELL_M = 250.0
BUILT_UP_M = 1_400.0
"""Metres of residential street in the nine cells round a place, 2.5 km a square kilometre, that make it a town."""


def built_up(segments: Segments, homes: NDArray[np.bool_], ways: int) -> NDArray[np.bool_]:
    """Ways that run through built-up cells for at least half of their length.

    Parameters
    ----------
    homes : segments of streets with houses [s]
    ways : how many ways there are
    """
    if not len(segments.start):
        return np.zeros(ways, bool)
    lat = (segments.lat[segments.start].astype(np.int64) + segments.lat[segments.end]) / (2 * DEGREE)
    lon = (segments.lon[segments.start].astype(np.int64) + segments.lon[segments.end]) / (2 * DEGREE)
    degree_m = EARTH_RADIUS_M * np.pi / 180
    row = (lat * (degree_m / CELL_M)).astype(np.int64)
    column = (lon * (degree_m / CELL_M) * np.cos(np.radians(np.median(lat)))).astype(np.int64)
    row -= row.min() - 1
    column -= column.min() - 1
    width = int(column.max()) + 2
    cells, cell = np.unique(row * width + column, return_inverse=True)
    streets = np.bincount(cell[homes], segments.metres[homes], len(cells)).astype(np.float64)
    around = [_at(cells, streets, cells + down * width + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    inside = (np.sum(around, axis=0) >= BUILT_UP_M)[cell]
    length = np.bincount(segments.way, segments.metres, ways)
    result: NDArray[np.bool_] = 2 * np.bincount(segments.way[inside], segments.metres[inside], ways) >= length
    return result


def _at(cells: NDArray[np.int64], value: NDArray[np.float64], wanted: NDArray[np.int64]) -> NDArray[np.float64]:
    """The values of the wanted cells, 0 where there is none; ``cells`` rise."""
    found = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    return np.where(cells[found] == wanted, value[found], 0.0)
