"""Places on one road: the way straight along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels.customise import INF
from geodata.cch.places import Arcs, Places, parts

Indices = NDArray[np.int64]
Weights = NDArray[np.int64]


def straight(
    origins: Places, destinations: Places, roads: Arcs, centiseconds: NDArray[np.int32]
) -> tuple[Indices, Indices, Weights]:
    """All pairs on one road that can go straight along it: origin, destination, weight."""
    by_road = np.argsort(destinations.arc[:, 0], kind="stable")
    road = destinations.arc[by_road, 0]
    asked = np.where(origins.on_road, origins.arc[:, 0], -2)
    begin, end = (np.searchsorted(road, asked, side) for side in ("left", "right"))
    count = end - begin
    i = np.repeat(np.arange(len(origins)), count)
    j = by_road[np.repeat(begin - np.cumsum(count) + count, count) + np.arange(len(i))]
    weight = along_the_road(origins[i], destinations[j], roads, centiseconds)
    there = weight < INF
    return i[there], j[there], weight[there]


def along_the_road(origins: Places, destinations: Places, roads: Arcs, centiseconds: NDArray[np.int32]) -> Weights:
    """Weights straight from origins to the destinations of the same position.

    INF where they are not on one road or it is closed in this direction, 0 where both are one place.
    """
    gap = destinations.fraction - origins.fraction
    weight = np.full(len(origins), INF)
    for side, ahead in ((0, gap > 0), (1, gap < 0)):
        before, after = (parts(places, side, roads, centiseconds)[0] for places in (origins, destinations))
        there = ahead & (before < INF)
        weight[there] = (after - before)[there]
    weight[gap == 0] = 0
    same = (origins.arc[:, 0] == destinations.arc[:, 0]) & (origins.low == destinations.low)
    return np.where(same, weight, INF)
