"""Compile every kernel and leave it in the cache, so that the first matrix starts at once."""

from __future__ import annotations

import numpy as np

from geodata.cch.hierarchy import build
from geodata.network import RoadNetwork


def warm() -> None:
    """Ask everything once of a triangle of one-way streets."""
    network = _triangle()
    hierarchy = build(network)
    metric = hierarchy.customised(network.freeflow_cs)
    selection = hierarchy.selected(np.arange(3))
    metric.matrix(selection, selection)
    metric.matrix(selection, selection, metres=False)
    metric.around(np.array([0]), metric.kept(selection))
    metric.path(np.array([0]), np.array([2]))


def _triangle() -> RoadNetwork:
    three = np.arange(3, dtype=np.int32)
    return RoadNetwork(
        lat=np.array([0, 0, 1], np.int32),
        lon=np.array([0, 1, 0], np.int32),
        tail=three,
        head=np.roll(three, -1),
        decimetres=three + 1,
        freeflow_cs=three + 1,
        highway=np.zeros(3, np.uint8),
        traffic_class=np.zeros(3, np.uint8),
        toll=np.zeros(3, bool),
        shape_first=np.zeros(4, np.int64),
        shape_lat=np.zeros(0, np.int32),
        shape_lon=np.zeros(0, np.int32),
        model="",
        attribution="",
    )
