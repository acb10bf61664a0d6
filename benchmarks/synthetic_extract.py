"""A seeded extract of no real place, as large as a region's: 3.9 million nodes, 610,000 roads, 400,000 buildings.

Junctions stand on a shaken lattice, joined by a random spanning tree and random further streets; every street bends at
three points of its own. Ids are spread as wide as real ones.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium
from numpy.typing import NDArray
from osmium.osm.mutable import Node, Way
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

ID_RANGE = 12_000_000_000
CORNERS = 4
STREETS_A_JUNCTION = 1.22
BUILDINGS_A_JUNCTION = 0.8
STEP_LAT, STEP_LON = 0.0025, 0.004
KINDS = ("residential", "unclassified", "service", "tertiary", "secondary", "primary", "trunk", "motorway")
SHARES = (0.50, 0.15, 0.15, 0.08, 0.05, 0.04, 0.02, 0.01)
ROOM = {"residential": "30 mph", "primary": "50 mph", "trunk": "70 mph"}


def write_extract(path: Path, seed: int = 1, side: int = 707, bends: int = 3) -> None:
    """Write an extract of ``side``² junctions; the same seed gives the same network."""
    rng = np.random.default_rng(seed)
    n = side * side
    lat = 52.0 + (np.repeat(np.arange(side), side) + rng.uniform(-0.3, 0.3, n)) * STEP_LAT
    lon = -3.0 + (np.tile(np.arange(side), side) + rng.uniform(-0.3, 0.3, n)) * STEP_LON
    tail, head = _streets(rng, side)
    m, buildings = len(tail), int(n * BUILDINGS_A_JUNCTION)
    along = np.arange(1, bends + 1) / (bends + 1)
    bend_lat = lat[tail, None] + (lat[head] - lat[tail])[:, None] * along + rng.normal(0, STEP_LAT / 30, (m, bends))
    bend_lon = lon[tail, None] + (lon[head] - lon[tail])[:, None] * along + rng.normal(0, STEP_LON / 30, (m, bends))
    near = rng.integers(0, n, buildings)
    square = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    house_lat = lat[near, None] + rng.uniform(-0.001, 0.001, (buildings, 1)) + square[:, 0] * 0.0001
    house_lon = lon[near, None] + rng.uniform(-0.001, 0.001, (buildings, 1)) + square[:, 1] * 0.00015
    all_lat = np.concatenate([lat, bend_lat.ravel(), house_lat.ravel()])
    all_lon = np.concatenate([lon, bend_lon.ravel(), house_lon.ravel()])
    steps = np.where(rng.random(len(all_lat)) < 0.01, rng.integers(1, 200 * ID_RANGE // len(all_lat), len(all_lat)), 1)
    ids = np.cumsum(steps)
    bend_node = (n + np.arange(m * bends)).reshape(m, bends)
    road_nodes = ids[np.column_stack([tail, bend_node, head])]
    house_node = (n + m * bends + np.arange(buildings * CORNERS)).reshape(buildings, CORNERS)
    house_nodes = ids[np.column_stack([house_node, house_node[:, 0]])]
    kinds = rng.choice(len(KINDS), m, p=SHARES)
    one_way = rng.random(m) < 0.06
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for node_id, x, y in zip(ids.tolist(), all_lon.tolist(), all_lat.tolist(), strict=True):
            writer.add_node(Node(id=node_id, location=(x, y), version=1))
        for way, nodes in enumerate(road_nodes.tolist()):
            tags = {"highway": KINDS[kinds[way]], "name": f"Street {way % 5000}"}
            if tags["highway"] in ROOM:
                tags["maxspeed"] = ROOM[tags["highway"]]
            if one_way[way]:
                tags["oneway"] = "yes"
            elif tags["highway"] == "motorway":
                tags["oneway"] = "no"
            writer.add_way(Way(id=way + 1, nodes=nodes, tags=tags, version=1))
        for house, nodes in enumerate(house_nodes.tolist()):
            writer.add_way(Way(id=m + house + 1, nodes=nodes, tags={"building": "yes"}, version=1))


def _streets(rng: np.random.Generator, side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ends of the streets: a spanning tree of the lattice and random others up to the number wanted."""
    node = np.arange(side * side).reshape(side, side)
    ends = np.concatenate(
        [
            np.column_stack([node[:, :-1].ravel(), node[:, 1:].ravel()]),
            np.column_stack([node[:-1].ravel(), node[1:].ravel()]),
        ]
    )
    cost = 1 + rng.permutation(len(ends))
    tree = minimum_spanning_tree(coo_array((cost, (ends[:, 0], ends[:, 1])), shape=(side**2, side**2)).tocsr())
    kept = np.zeros(len(ends) + 1, bool)
    kept[tree.data.astype(np.int64)] = True
    more = np.flatnonzero(~kept[1:])[: int(side**2 * STREETS_A_JUNCTION) - side**2 + 1]
    chosen = kept[cost]
    chosen |= np.isin(cost, more + 1)
    return ends[chosen, 0], ends[chosen, 1]
