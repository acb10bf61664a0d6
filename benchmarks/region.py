"""A quick generated region for measuring: planar, clustered, seeded; nothing of it is real. And how to measure."""

from __future__ import annotations

import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay

from geodata.errors import RoadsError
from geodata.network import DEGREE, RoadNetwork, open_network

FOLDER = Path(tempfile.gettempdir()) / "pts-optimiser-roads"

SIDE_M = 200_000
"""Side of a square of 500,000 junctions; others have the same density."""

KMH = np.array([110, 48, 32, 80])  # by traffic class
CLASS_SHARES = (0.03, 0.12, 0.55, 0.30)
ROADS_A_JUNCTION = 1.252
ONE_WAY = 0.06
WINDING = 1.15
METRES_A_DEGREE = 67_500, 111_200


def generated_roads(nodes: int, seed: int = 1) -> RoadNetwork:
    """The largest strongly connected part of about ``nodes`` junctions, three quarters of them in towns.

    Of the Delaunay triangulation stay a spanning tree and, short ones rather than long ones, other edges.
    """
    rng = np.random.default_rng(seed)
    points = _points(nodes, rng)
    edge = Delaunay(points).simplices[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).astype(np.int64)
    edge = np.unique(np.sort(edge, axis=1), axis=0)
    metres = np.hypot(*(points[edge[:, 0]] - points[edge[:, 1]]).T) + 1
    tree = minimum_spanning_tree(csr_array((metres, edge.T), shape=(nodes, nodes))).tocoo()
    needed = np.isin(edge @ (nodes, 1), np.sort(np.stack(tree.coords, axis=1), axis=1) @ (nodes, 1))
    around = np.full(nodes, np.inf)
    np.minimum.at(around, edge.ravel(), np.repeat(metres, 2))
    liked = np.where(needed, -1, rng.random(len(edge)) * metres / around[edge].min(axis=1))
    stays = np.argsort(liked)[: int(nodes * ROADS_A_JUNCTION)]
    edge, metres, needed = edge[stays], metres[stays], needed[stays]
    one_way = ~needed & (rng.random(len(edge)) < ONE_WAY / (~needed).mean())
    edge = np.where(rng.random(len(edge))[:, None] < 0.5, edge, edge[:, ::-1])
    kind = rng.choice(4, len(edge), p=CLASS_SHARES)
    arc = np.concatenate([edge, edge[~one_way, ::-1]])
    return _largest_part(points, arc, *(np.concatenate([a, a[~one_way]]) for a in (metres * WINDING, kind)))


def _points(nodes: int, rng: np.random.Generator) -> NDArray[np.float64]:
    side = SIDE_M * np.sqrt(nodes / 500_000)
    towns = max(nodes // 2500, 1)
    centre, spread = rng.uniform(0, side, (towns, 2)), rng.lognormal(7.3, 0.6, towns)
    town = rng.choice(towns, nodes * 3 // 4, p=spread**2 / (spread**2).sum())
    in_towns = centre[town] + rng.normal(size=(len(town), 2)) * spread[town, None]
    return np.clip(np.concatenate([in_towns, rng.uniform(0, side, (nodes - len(town), 2))]), 0, side)


def _largest_part(
    points: NDArray[np.float64], arc: NDArray[np.int64], metres: NDArray[np.float64], kind: NDArray[np.int64]
) -> RoadNetwork:
    graph = csr_array((np.ones(len(arc)), arc.T), shape=(len(points), len(points)))
    part = connected_components(graph, connection="strong")[1]
    inside = part == np.bincount(part).argmax()
    stays = inside[arc].all(axis=1)
    arc, metres, kind = (np.cumsum(inside) - 1)[arc[stays]], metres[stays], kind[stays]
    order = np.lexsort((arc[:, 1], arc[:, 0]))
    arc, metres, kind = arc[order], metres[order], kind[order]
    lon, lat = (points[inside] / METRES_A_DEGREE + (-3.5, 51.7)).T
    m = len(arc)
    return RoadNetwork(
        lat=(lat * DEGREE).astype(np.int32),
        lon=(lon * DEGREE).astype(np.int32),
        tail=arc[:, 0].astype(np.int32),
        head=arc[:, 1].astype(np.int32),
        decimetres=np.rint(metres * 10).astype(np.int32),
        freeflow_cs=np.rint(metres / (KMH[kind] / 3.6) * 100).astype(np.int32),
        highway=np.zeros(m, np.uint8),
        traffic_class=kind.astype(np.uint8),
        toll=np.zeros(m, bool),
        shape_first=np.zeros(m + 1, np.int64),
        shape_lat=np.zeros(0, np.int32),
        shape_lon=np.zeros(0, np.int32),
        model="synthetic roads for measuring/1",
        attribution="",
    )


def region(nodes: int) -> RoadNetwork:
    folder = FOLDER / str(nodes)
    try:
        return open_network(folder)[0]
    except RoadsError:
        generated_roads(nodes).save(folder)
        return open_network(folder)[0]


def places(network: RoadNetwork, count: int, seed: int = 0) -> NDArray[np.int64]:
    return np.random.default_rng(seed).choice(network.nodes, count, replace=False)


def seconds(work: Callable[[], object], runs: int = 7) -> float:
    """Median seconds of the processor, after one run that is not counted."""
    took = []
    for _ in range(runs + 1):
        began = process_time()
        work()
        took.append(process_time() - began)
    return statistics.median(took[1:])


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
