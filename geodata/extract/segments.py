"""Ways into segments from node to node, with barriers as dead ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.earth import apart_m
from geodata.extract.reading import UNDEFINED, Ways
from geodata.network import DEGREE


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """s straight pieces of ways between n nodes, in the direction in which the way was drawn."""

    lat: NDArray[np.int32]  # [n] 1e-7 degrees
    lon: NDArray[np.int32]  # [n]
    start: NDArray[np.int64]  # [s] node
    end: NDArray[np.int64]  # [s]
    metres: NDArray[np.float64]  # [s]
    way: NDArray[np.int64]  # [s]


def segments_of(ways: Ways) -> Segments:
    """All segments whose two nodes are in the file and are different ones."""
    ids, where, node = np.unique(ways.node, return_index=True, return_inverse=True)
    lat, lon = ways.lat[where], ways.lon[where]
    here = np.ones(len(node), bool)
    here[ways.first[1:] - 1] = False  # the last node of a way begins no segment; ways have at least one node
    start = np.flatnonzero(here)
    start, end = node[start], node[start + 1]
    way = np.repeat(np.arange(len(ways.road)), np.diff(ways.first) - 1)
    real = (lat[start] != UNDEFINED) & (lat[end] != UNDEFINED) & (start != end)
    start, end, way = start[real], end[real], way[real]
    blocked = np.isin(ids, ways.blocked)
    use = np.bincount(start, minlength=len(ids)) + np.bincount(end, minlength=len(ids))
    # A barrier drawn onto a crossing of roads belongs to one of its arms: better open than the through road shut.
    lat, lon = _with_dead_ends(blocked & (use <= 2), start, end, lat, lon)
    north, east = lat / DEGREE, lon / DEGREE
    metres = apart_m(north[start], east[start], north[end], east[end])
    return Segments(lat, lon, start, end, metres, way)


def _with_dead_ends(
    shut: NDArray[np.bool_],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    lat: NDArray[np.int32],
    lon: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Coordinates with a node more for every segment end at a barrier; ``start`` and ``end`` are changed to these."""
    for side in (start, end):
        at = np.flatnonzero(shut[side])
        added = side[at]
        side[at] = len(lat) + np.arange(len(at))
        lat, lon = np.concatenate([lat, lat[added]]), np.concatenate([lon, lon[added]])
        shut = np.concatenate([shut, np.zeros(len(at), bool)])
    return lat, lon
