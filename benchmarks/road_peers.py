"""The matrices of ``benchmarks.roads`` by other packages: seconds, how many rows were run, some rows to compare."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable
from time import process_time
from typing import Any

import networkx
import numpy as np
import routingkit_cch
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.measuring import FOLDER, places, region, seconds
from geodata.cch import prepare
from geodata.cch.order import node_order
from geodata.network import DEGREE, RoadNetwork


def ours_small(nodes: int) -> dict[str, Any]:
    network = region(nodes)
    metric = prepare(network, FOLDER / str(nodes)).customised(network.freeflow_cs)
    few, many = places(network, 500), places(network, 4000)
    return {
        "few": seconds(lambda: metric.matrix(few, few, metres=False)),
        "many": seconds(lambda: metric.matrix(many, many, metres=False)),
        "how": "all rows",
        "sample": metric.matrix(many[:3], many, metres=False).seconds,
    }


def routingkit(nodes: int) -> dict[str, Any]:
    network = region(nodes)
    tail, head = network.tail.tolist(), network.head.tolist()
    cch = routingkit_cch.CCH(node_order(network).tolist(), tail, head, False)
    metric = routingkit_cch.CCHMetric(cch, network.freeflow_cs.tolist())
    few, many = places(network, 500).tolist(), places(network, 4000).tolist()

    def rows(where: list[int]) -> None:
        deque(map(routingkit_cch.CCHOneToMany(metric, where).distances_from, where), maxlen=0)

    sample = [routingkit_cch.CCHOneToMany(metric, many).distances_from(source) for source in many[:3]]
    return {
        "few": seconds(lambda: rows(few), 3),
        "many": seconds(lambda: rows(many), 1),
        "how": "all rows",
        "sample": rounded(np.array(sample)),
    }


def pyroutingkit(nodes: int) -> dict[str, Any]:
    network = region(nodes)
    cch = importlib.import_module("pyroutingkit").CCH()
    ends = network.tail.astype(np.uint32), network.head.astype(np.uint32)
    where = (network.lat / DEGREE).astype(np.float32), (network.lon / DEGREE).astype(np.float32)
    cch.build_topology(*ends, *where, node_count=network.nodes)
    cch.customize_weights(network.freeflow_cs.astype(np.uint32))
    few, many = (places(network, count).astype(np.uint32) for count in (500, 4000))
    return {
        "few": seconds(lambda: cch.distances_many_to_many(few, few), 3),
        "many": seconds(lambda: cch.distances_many_to_many(many, many), 1),
        "how": "all rows",
        "sample": rounded(np.asarray(cch.distances_many_to_many(many[:3], many)).reshape(3, -1).astype(np.int64)),
    }


def by_scipy(nodes: int) -> dict[str, Any]:
    network = region(nodes)
    graph = as_matrix(network, network.freeflow_cs.astype(float))
    many = places(network, 4000)
    a_row = seconds(lambda: dijkstra(graph, indices=many[:10])[:, many], 2) / 10
    return {
        "few": a_row * 500,
        "many": a_row * 4000,
        "how": "10 rows, × 50 and × 400",
        "sample": rounded(dijkstra(graph, indices=many[:3])[:, many].astype(np.int64)),
    }


def by_networkx(nodes: int) -> dict[str, Any]:
    network = region(nodes)
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(
        zip(network.tail.tolist(), network.head.tolist(), network.freeflow_cs.tolist(), strict=True)
    )
    many = places(network, 4000).tolist()
    rows = []
    began = process_time()
    for source in many[:3]:
        distance = networkx.single_source_dijkstra_path_length(graph, source)
        rows.append([distance[target] for target in many])
    a_row = (process_time() - began) / 3
    return {
        "few": a_row * 500,
        "many": a_row * 4000,
        "how": "3 rows, × 167 and × 1,333",
        "sample": rounded(np.array(rows)),
    }


def as_matrix(network: RoadNetwork, weights: NDArray[np.float64]) -> csr_array:
    """The generated regions have no parallel arcs, which would be added up here."""
    return csr_array((weights, (network.tail, network.head)), shape=(network.nodes, network.nodes))


def rounded(centiseconds: NDArray[np.int64]) -> NDArray[np.uint16]:
    return ((centiseconds + 50) // 100).astype(np.uint16)


ENGINES: dict[str, Callable[[int], dict[str, Any]]] = {
    "ours": ours_small,
    "routingkit-cch": routingkit,
    "pyroutingkit": pyroutingkit,
    "scipy": by_scipy,
    "networkx": by_networkx,
}
