"""The roads themselves as GeoJSON (RFC 7946), simplified, to draw legs on without asking a stranger's server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geodata.network import DEGREE, HIGHWAYS, RoadNetwork
from geodata.shapes import Lines, arc_lines, opposites
from geodata.simplify import simplified

TOLERANCE_M = {"motorway": 20.0, "trunk": 20.0, "primary": 25.0, "secondary": 30.0, "tertiary": 35.0}
"""Metres by which a drawn road may be off; other roads ``FINE_M``."""
FINE_M = 8.0
MAIN = tuple(TOLERANCE_M)
PLACES = 5  # decimals of a degree: about a metre


class Box(NamedTuple):
    """Degrees."""

    south: float
    west: float
    north: float
    east: float


def base_map(network: RoadNetwork, classes: Collection[str] = MAIN, box: Box | None = None) -> dict[str, Any]:
    """A FeatureCollection with one MultiLineString a class of road, least roads first, as they are painted.

    Parameters
    ----------
    classes : names of ``HIGHWAYS`` without their links, which are drawn with them
    box : only roads with an end inside
    """
    one = opposites(network) < np.arange(network.arcs)  # of two directions the greater
    if box:
        one &= _inside(network, box)[network.tail] | _inside(network, box)[network.head]
    features = []
    for name in reversed(HIGHWAYS):
        if name in classes:
            kinds = [index for index, kind in enumerate(HIGHWAYS) if kind in {name, f"{name}_link"}]
            roads = np.flatnonzero(one & np.isin(network.highway, kinds))
            lines = simplified(_chained(network, roads), TOLERANCE_M.get(name, FINE_M))
            features.append(_feature(name, lines, network.attribution))
    return {"type": "FeatureCollection", "attribution": network.attribution, "features": features}


def write_base_map(document: dict[str, Any], path: Path) -> None:
    """Write a map as compact JSON, packed where the name ends in ``.gz``; the same map gives the same bytes."""
    content = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def _inside(network: RoadNetwork, box: Box) -> NDArray[np.bool_]:
    south, west, north, east = (round(side * DEGREE) for side in box)
    lat, lon = network.lat, network.lon
    inside: NDArray[np.bool_] = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    return inside


def _feature(name: str, lines: Lines, attribution: str) -> dict[str, Any]:
    points = np.round(np.stack([lines.lon, lines.lat], axis=1), PLACES).tolist()
    first = lines.first.tolist()
    return {
        "type": "Feature",
        "geometry": {
            "type": "MultiLineString",
            "coordinates": [points[a:b] for a, b in pairwise(first)],
        },
        "properties": {"highway": name, "attribution": attribution},
    }


def _chained(network: RoadNetwork, roads: NDArray[np.int64]) -> Lines:
    """Roads joined end to end where just two of them meet, so that long ones lose the points between."""
    tail, head = network.tail[roads], network.head[roads]
    chains = _chains(tail.tolist(), head.tolist(), np.bincount(np.concatenate([tail, head])).tolist())
    order = np.array([road for chain in chains for road in chain], np.int64)
    back = order < 0
    whole = arc_lines(network, roads[np.where(back, ~order, order)])
    count = np.diff(whole.first)
    within = np.arange(len(whole.lat)) - np.repeat(whole.first[:-1], count)
    turned = np.repeat(back, count)
    point = np.repeat(whole.first[:-1], count) + np.where(turned, np.repeat(count, count) - 1 - within, within)
    begins = np.zeros(len(order), np.bool_)
    begins[np.cumsum([0] + [len(chain) for chain in chains[:-1]], dtype=np.int64)[: len(chains)]] = True
    kept = np.ones(len(point), np.bool_)
    kept[whole.first[:-1][~begins]] = False  # where the road before ends
    size = np.add.reduceat(kept, whole.first[:-1][begins]) if len(order) else np.zeros(0, np.int64)
    return Lines(np.concatenate([[0], np.cumsum(size)]), whole.lat[point][kept], whole.lon[point][kept])


def _chains(tail: list[int], head: list[int], degree: list[int]) -> list[list[int]]:
    """Numbers of roads in a row, those against their direction as their complement."""
    at: dict[int, list[int]] = {}
    for road, ends in enumerate(zip(tail, head, strict=True)):
        for node in ends:
            if degree[node] == 2:
                at.setdefault(node, []).append(road)
    free = [True] * len(tail)

    def onward(road: int, node: int) -> list[int]:
        chain = []
        while degree[node] == 2:
            one, other = at[node]
            road = other if one == road else one
            if not free[road]:
                break
            free[road] = False
            forward = tail[road] == node
            chain.append(road if forward else ~road)
            node = head[road] if forward else tail[road]
        return chain

    chains = []
    for road in range(len(tail)):
        if free[road]:
            free[road] = False
            ahead = onward(road, head[road])
            chains.append([~step for step in reversed(onward(road, tail[road]))] + [road, *ahead])
    return chains
