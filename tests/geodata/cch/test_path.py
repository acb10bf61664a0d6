"""Paths are connected, exactly as long as the matrix says, and along the roads of the network."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.cch import Path, build
from geodata.cch.dijkstra import DijkstraHierarchy
from geodata.network import RoadNetwork
from geodata.snapped import Snapped
from tests.geodata.cch.networks import network_of, networks, shortest, some_closed, some_places
from tests.geodata.roads import grid


def assert_consistent(path: Path, network: RoadNetwork, weights: NDArray[np.int32]) -> None:
    """Connected, and as long as its arcs are together, of the first and last only the part that is driven."""
    arcs = path.arcs
    assert (network.head[arcs[:-1]] == network.tail[arcs[1:]]).all()
    for whole, found in ((weights, path.centiseconds), (network.decimetres, path.decimetres)):
        total = int(whole[arcs].sum())
        if len(arcs):
            total -= int(np.rint(path.begin * whole[arcs[0]]))
            total -= int(whole[arcs[-1]]) - int(np.rint(path.end * whole[arcs[-1]]))
        assert found == total


@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(0, 1000))
def test_between_junctions(network: RoadNetwork, seed: int) -> None:
    weights = some_closed(network, seed)
    cs, dm = shortest(network.nodes, network.tail, network.head, weights, network.decimetres)
    rng = np.random.default_rng(seed)
    origins, destinations = rng.integers(0, network.nodes, (2, 12))
    for engine in (build(network), DijkstraHierarchy(network)):
        found = engine.customised(weights).paths(origins, destinations)
        for path, v, u in zip(found, origins, destinations, strict=True):
            if path is None:
                assert cs[v, u] == -1
                continue
            assert (path.centiseconds, path.decimetres) == (cs[v, u], dm[v, u])
            assert (path.begin, path.end) == (0, 1)
            assert_consistent(path, network, weights)
            if v == u:
                assert len(path.arcs) == 0
            else:
                assert (network.tail[path.arcs[0]], network.head[path.arcs[-1]]) == (v, u)


@settings(max_examples=60, deadline=None)
@given(networks().filter(lambda network: network.arcs > 0), st.integers(0, 1000))
def test_between_places_on_roads(network: RoadNetwork, seed: int) -> None:
    weights = some_closed(network, seed)
    places = some_places(network, 8, seed)
    i, j = (k.ravel() for k in np.indices((8, 8)))
    origins, destinations = (Snapped(places.arc[k], places.fraction[k], places.off_road_m[k]) for k in (i, j))
    metrics = [engine.customised(weights) for engine in (build(network), DijkstraHierarchy(network))]
    matrix = metrics[0].matrix(places, places)
    assert matrix.metres is not None
    for ours, theirs, p, q in zip(*(metric.paths(origins, destinations) for metric in metrics), i, j, strict=True):
        assert (ours is None) == (theirs is None) == (matrix.metres[p, q] < 0)
        if ours is None or theirs is None:
            continue
        assert (ours.centiseconds, ours.decimetres) == (theirs.centiseconds, theirs.decimetres)
        assert (ours.centiseconds + 50) // 100 == matrix.seconds[p, q]
        assert (ours.decimetres + 5) // 10 == matrix.metres[p, q]
        for path in (ours, theirs):
            if p != q and (weights[path.arcs] < 2**29).all() and not same_spot(places, p, q):
                first, last = path.arcs[0], path.arcs[-1]
                assert first in places.arc[p]
                assert last in places.arc[q]
                assert path.begin == pytest.approx(fraction_on(places, p, first))
                assert path.end == pytest.approx(fraction_on(places, q, last))
                assert_driven(path, network, weights)


def same_spot(places: Snapped, p: int, q: int) -> bool:
    return places.arc[q, 0] in places.arc[p] and fraction_on(places, p, places.arc[q, 0]) == places.fraction[q]


def fraction_on(places: Snapped, p: int, arc: int) -> float:
    fraction = float(places.fraction[p])
    return fraction if places.arc[p, 0] == arc else 1 - fraction


def assert_driven(path: Path, network: RoadNetwork, weights: NDArray[np.int32]) -> None:
    if len(path.arcs) == 1:
        arc = path.arcs[0]
        assert path.begin <= path.end
        between = np.rint(path.end * weights[arc]) - np.rint(path.begin * weights[arc])
        assert path.centiseconds == between
    else:
        assert_consistent(path, network, weights)


def test_a_single_path_is_one_of_many() -> None:
    network = grid(12, 12)
    metric = build(network).customised(network.freeflow_cs)
    (of_many,) = metric.paths(np.array([0]), np.array([143]))
    one = metric.path(np.array([0]), np.array([143]))
    assert one is not None
    assert of_many is not None
    assert one.arcs.tolist() == of_many.arcs.tolist()
    assert_consistent(one, network, network.freeflow_cs)


def test_of_parallel_arcs_the_open_and_fastest_is_driven() -> None:
    network = network_of(2, [(0, 1), (0, 1), (0, 1)], 0)
    hierarchy = build(network)
    for weights, arc in (([30, 20, 10], 2), ([30, 20, 2**29], 1), ([30, 2**30, 2**29], 0)):
        path = hierarchy.customised(np.array(weights, np.int32)).path(np.array([0]), np.array([1]))
        assert path is not None
        assert path.arcs.tolist() == [arc]
