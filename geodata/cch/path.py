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
        arcs = climbs.found[:count].copy()
        yield way(origins, destinations, p, int(straight[p]), weight, arcs, first, last)


def way(
    origins: Places,
    destinations: Places,
    p: int,
    straight: int,
    weight: int,
    arcs: NDArray[np.int32],
    first: int,
    last: int,
) -> Path | None:
    """The better of two ways of pair ``p``: straight along one road, or by ``arcs`` from node ``first`` to ``last``."""
    if straight < INF and straight <= weight:
        side = int(destinations.fraction[p] < origins.fraction[p])
        arcs, begin = _on_arc(origins, p, side)
        return _path(arcs, begin, _on_arc(destinations, p, side)[1] if len(arcs) else 1.0, straight)
    if weight >= INF:
        return None
    before, begin = _on_arc(origins, p, side=int(not _is_head(origins, p, first)))
    after, end = _on_arc(destinations, p, side=int(_is_head(destinations, p, last)))
    return _path(np.concatenate([before, arcs, after]), begin, end if len(after) else 1.0, weight)


def _path(arcs: NDArray[np.int32], begin: float, end: float, weight: int) -> Path:
    return Path(arcs, begin, end, weight >> 32, weight & 0xFFFFFFFF)


def _is_head(places: Places, p: int, node: int) -> bool:
    """Whether a node is the head of a place's first arc, of whose ends it is one."""
    return bool(places.low_is_head[p] == (node == places.low[p]))


def _on_arc(places: Places, p: int, side: int) -> tuple[NDArray[np.int32], float]:
    """One of a place's arcs and how far along it the place lies; no arc at a junction."""
    if not places.on_road[p]:
        return places.arc[p, :0], 0.0
    fraction = float(places.fraction[p])
    return places.arc[p, side : side + 1], 1 - fraction if side else fraction


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
