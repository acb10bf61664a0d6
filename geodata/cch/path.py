"""Shortest paths as roads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels.customise import INF
from geodata.cch.kernels.tables import Climbs, Roads, Tree
from geodata.cch.kernels.unpack import shortest
from geodata.cch.pairs import along_the_road
from geodata.cch.places import Places, leaving, reaching


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Arcs of the network in the order of travel, the first from ``begin`` on, the last up to ``end`` (fractions)."""

    arcs: NDArray[np.int32]
    begin: float
    end: float
    centiseconds: int
    decimetres: int


def paths(
    origins: Places,
    destinations: Places,
    roads: Roads,
    tree: Tree,
    centiseconds: NDArray[np.int32],
    weights: NDArray[np.int64],
) -> Iterator[Path | None]:
    """The path from each origin to the destination of the same position; None where there is none."""
    climbs = _climbs(tree)
    straight = along_the_road(origins, destinations, roads, centiseconds)
    ends = leaving(origins, roads, centiseconds), reaching(destinations, roads, centiseconds)
    for p in range(len(origins)):
        o, d = (
            (places.low[p], places.high[p], low[p], high[p])
            for places, (low, high) in zip((origins, destinations), ends, strict=True)
        )
        count, weight, first, last = shortest(*o, *d, tree, weights, roads, centiseconds, climbs)
        if straight[p] < INF and straight[p] <= weight:
            yield _straight(origins, destinations, p, int(straight[p]))
        elif weight < INF:
            before, begin = _start(origins, p, first)
            after, end = _finish(destinations, p, last)
            arcs = np.concatenate([before, climbs.found[:count], after])
            yield Path(arcs, begin, end, weight >> 32, weight & 0xFFFFFFFF)
        else:
            yield None


def _straight(origins: Places, destinations: Places, p: int, weight: int) -> Path:
    begin, end = float(origins.fraction[p]), float(destinations.fraction[p])
    back = end < begin
    arcs = origins.arc[p, 1:] if back else origins.arc[p, :1]
    if not origins.on_road[p]:
        return Path(arcs[:0], 0.0, 1.0, 0, 0)
    return Path(arcs, 1 - begin if back else begin, 1 - end if back else end, weight >> 32, weight & 0xFFFFFFFF)


def _start(places: Places, p: int, node: int) -> tuple[NDArray[np.int32], float]:
    """The arc by which a place is left towards ``node`` and where on it the way begins."""
    if not places.on_road[p]:
        return places.arc[p, :0], 0.0
    at_head = bool(places.low_is_head[p]) == (node == places.low[p])
    return (places.arc[p, :1], float(places.fraction[p])) if at_head else (places.arc[p, 1:], 1 - float(places.fraction[p]))


def _finish(places: Places, p: int, node: int) -> tuple[NDArray[np.int32], float]:
    """The arc by which a place is reached from ``node`` and where on it the way ends."""
    if not places.on_road[p]:
        return places.arc[p, :0], 1.0
    at_head = bool(places.low_is_head[p]) == (node == places.low[p])
    return (places.arc[p, 1:], 1 - float(places.fraction[p])) if at_head else (places.arc[p, :1], float(places.fraction[p]))


def _climbs(tree: Tree) -> Climbs:
    height = int(tree.depth.max()) + 1
    return Climbs(
        there=np.empty(height, np.int64),
        back=np.empty(height, np.int64),
        there_via=np.empty(height, np.int64),
        back_via=np.empty(height, np.int64),
        chain=np.empty(height, np.int64),
        pending=np.empty(height + 1, np.int64),
        known=np.zeros(2 * len(tree.head), np.int32),
        found=np.empty(len(tree.parent), np.int32),
    )
