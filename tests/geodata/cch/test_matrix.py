"""Matrices are those of the plainest algorithm on the roads themselves, to the unit."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geodata.cch import CLOSED, Matrix, build
from geodata.cch.dijkstra import DijkstraHierarchy
from geodata.network import RoadNetwork
from geodata.snapped import Snapped
from geodata.travel_times import UNREACHABLE
from tests.geodata.cch.networks import network_of, networks, opposite, shortest, some_closed, some_places
from tests.geodata.roads import grid

SECOND, METRE = 100, 10


def in_whole_units(network: RoadNetwork) -> RoadNetwork:
    """Whole seconds and metres, so that a matrix loses nothing by rounding."""
    return dataclasses.replace(network, freeflow_cs=network.freeflow_cs * SECOND, decimetres=network.decimetres * METRE)


def rounded(cs: NDArray[np.int64], dm: NDArray[np.int64]) -> Matrix:
    there = cs >= 0
    seconds = np.where(there, np.minimum((cs + 50) // 100, UNREACHABLE), UNREACHABLE)
    return Matrix(seconds.astype(np.uint16), np.where(there, (dm + 5) // 10, -1).astype(np.int32))


def assert_same(matrix: Matrix, expected: Matrix) -> None:
    assert np.array_equal(matrix.seconds, expected.seconds)
    assert matrix.metres is not None
    assert expected.metres is not None
    assert np.array_equal(matrix.metres, expected.metres)


def split(network: RoadNetwork, weights: NDArray[np.int32], places: Snapped) -> tuple[NDArray[np.int64], ...]:
    """The arcs of the network with every place inserted as a junction: tail, head, centiseconds, decimetres."""
    arcs = []
    back = opposite(network)
    for a in range(network.arcs):
        on_it = [(f, network.nodes + p) for p, f in enumerate(places.fraction) if places.arc[p, 0] == a]
        on_it += [(1 - f, network.nodes + p) for p, f in enumerate(places.fraction) if places.arc[p, 1] == a]
        if on_it and back[a] >= 0:
            assert all(set(places.arc[node - network.nodes]) == {a, back[a]} for _, node in on_it)
        last, cs, dm = int(network.tail[a]), 0, 0
        for fraction, node in [*sorted(on_it), (1.0, int(network.head[a]))]:
            cs_here, dm_here = (int(np.rint(fraction * whole[a])) for whole in (weights, network.decimetres))
            arcs.append((last, node, cs_here - cs if weights[a] < CLOSED else CLOSED, dm_here - dm))
            last, cs, dm = node, cs_here, dm_here
    # places at one spot are one place
    for p in range(len(places.fraction)):
        for q in range(len(places.fraction)):
            if p != q and set(places.arc[p]) == set(places.arc[q]):
                turned = places.arc[p, 0] != places.arc[q, 0]
                if places.fraction[p] == (1 - places.fraction[q] if turned else places.fraction[q]):
                    arcs.append((network.nodes + p, network.nodes + q, 0, 0))
    return tuple(np.array(arcs, np.int64).reshape(-1, 4).T)


@settings(max_examples=80, deadline=None)
@given(networks(), st.integers(0, 1000))
def test_between_junctions(network: RoadNetwork, seed: int) -> None:
    network = in_whole_units(network)
    weights = some_closed(network, seed)
    expected = rounded(*shortest(network.nodes, network.tail, network.head, weights, network.decimetres))
    rng = np.random.default_rng(seed)
    origins, destinations = (rng.integers(0, network.nodes, rng.integers(1, 40)) for _ in range(2))
    part = np.ix_(origins, destinations)
    for engine in (build(network), DijkstraHierarchy(network)):
        metric = engine.customised(weights)
        matrix = metric.matrix(origins, destinations)
        assert_same(matrix, Matrix(expected.seconds[part], expected.metres[part]))  # type: ignore[index]
        assert np.array_equal(metric.matrix(origins, destinations, metres=False).seconds, matrix.seconds)


@settings(max_examples=80, deadline=None)
@given(networks().filter(lambda network: network.arcs > 0), st.integers(0, 1000))
def test_between_places_on_roads_as_if_they_were_junctions(network: RoadNetwork, seed: int) -> None:
    weights = some_closed(network, seed, times=7)
    places = some_places(network, 12, seed)
    n = network.nodes
    expected = rounded(*shortest(n + 12, *split(network, weights, places)))
    for engine in (build(network), DijkstraHierarchy(network)):
        metric = engine.customised(weights)
        assert_same(metric.matrix(places, places), Matrix(expected.seconds[n:, n:], expected.metres[n:, n:]))  # type: ignore[index]
        every = np.arange(n)
        assert_same(metric.matrix(every, places), Matrix(expected.seconds[:n, n:], expected.metres[:n, n:]))  # type: ignore[index]
        assert_same(metric.matrix(places, every), Matrix(expected.seconds[n:, :n], expected.metres[n:, :n]))  # type: ignore[index]


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("metres", [True, False])
def test_many_batches_and_threads(threads: int, metres: bool) -> None:
    network = grid(40, 40, seed=3)
    places = some_places(network, 300, seed=1)
    oracle = DijkstraHierarchy(network).customised(network.freeflow_cs).matrix(places, places)
    matrix = build(network).customised(network.freeflow_cs).matrix(places, places, metres=metres, threads=threads)
    assert np.array_equal(matrix.seconds, oracle.seconds)
    assert (matrix.metres is not None) == metres
    if matrix.metres is not None:
        assert np.array_equal(matrix.metres, oracle.metres)


def test_a_selection_serves_every_metric_and_single_places() -> None:
    network = grid(15, 15)
    hierarchy = build(network)
    places = some_places(network, 50, seed=2)
    selection = hierarchy.selected(places)
    slow = network.freeflow_cs * np.array([3, 2, 1, 4], np.int32)[network.traffic_class]
    for weights in (network.freeflow_cs, slow, some_closed(network, 5)):
        metric = hierarchy.customised(weights)
        whole = metric.matrix(places, places)
        assert_same(metric.matrix(selection, selection), whole)
        kept = metric.kept(selection)
        for p in range(3):
            one = Snapped(places.arc[[p]], places.fraction[[p]], places.off_road_m[[p]])
            away, back = metric.around(one, kept)
            assert_same(away, Matrix(whole.seconds[[p]], whole.metres[[p]]))  # type: ignore[index]
            assert_same(back, Matrix(whole.seconds[:, [p]], whole.metres[:, [p]]))  # type: ignore[index]


def test_a_closed_road_is_gone_round_and_a_cut_off_place_is_unreachable() -> None:
    # 0 = 1 = 2 with a long way 0 = 3 = 2
    network = in_whole_units(network_of(4, [(0, 1), (1, 0), (1, 2), (2, 1), (0, 3), (3, 0), (3, 2), (2, 3)], 0))
    hierarchy = build(network)
    open_cs = np.full(8, 1000, np.int32)
    open_cs[(network.tail == 3) | (network.head == 3)] = 5000
    closed = np.where((network.tail == 0) & (network.head == 1), CLOSED, open_cs).astype(np.int32)
    cut_off = np.where((network.tail == 3) | (network.head == 3), np.int64(2**40), closed)
    found = [
        hierarchy.customised(weights).matrix(np.array([0]), np.array([1, 2])) for weights in (open_cs, closed, cut_off)
    ]
    assert [matrix.seconds.tolist() for matrix in found] == [[[10, 20]], [[110, 100]], [[UNREACHABLE, UNREACHABLE]]]
    assert found[2].metres is not None
    assert found[2].metres.tolist() == [[-1, -1]]


def test_seconds_are_rounded_once_at_the_end_and_end_at_18_hours() -> None:
    network = network_of(5, [(0, 1), (1, 2), (2, 3), (3, 4)], 0)
    network = dataclasses.replace(network, decimetres=np.array([4, 1, 9, 0], np.int32))
    metric = build(network).customised(np.array([49, 1, 6_553_399, 100], np.int32))
    matrix = metric.matrix(np.array([0]), np.arange(5))
    assert matrix.seconds.tolist() == [[0, 0, 1, 65_534, UNREACHABLE]]
    assert matrix.metres is not None
    assert matrix.metres.tolist() == [[0, 0, 1, 1, -1]]


def test_of_equally_fast_ways_the_shortest_is_measured() -> None:
    network = network_of(4, [(0, 1), (1, 3), (0, 2), (2, 3)], 0)
    network = dataclasses.replace(network, decimetres=np.array([500, 500, 100, 200], np.int32))
    metric = build(network).customised(np.full(4, 100, np.int32))
    assert metric.matrix(np.array([0]), np.array([3])).metres == 60


def test_no_places_give_an_empty_matrix() -> None:
    metric = build(grid(3, 3)).customised(grid(3, 3).freeflow_cs)
    none = np.zeros(0, np.int32)
    assert metric.matrix(none, np.arange(4)).seconds.shape == (0, 4)
    assert metric.matrix(np.arange(4), none).seconds.shape == (4, 0)


def test_what_the_network_does_not_have_is_refused() -> None:
    network = grid(4, 4)
    hierarchy = build(network)
    metric = hierarchy.customised(network.freeflow_cs)
    with pytest.raises(ValueError, match="3 weights for 48 arcs"):
        hierarchy.customised(np.ones(3, np.int32))
    with pytest.raises(ValueError, match="at least one centisecond"):
        hierarchy.customised(np.zeros(48, np.int32))
    with pytest.raises(ValueError, match="at least one centisecond"):
        hierarchy.customised(np.full(48, np.nan))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="to itself"):
        build(network_of(2, [(0, 1), (1, 1)], 0))
    with pytest.raises(ValueError, match="from 0 to 15"):
        metric.matrix(np.array([16]), np.array([0]))
    with pytest.raises(ValueError, match="from 0 to 15"):
        metric.matrix(np.array([0]), np.array([-1]))
    good = some_places(network, 2, seed=0)
    for arc, fraction, message in (
        (np.array([[48, -1]]), [0.5], "from 0 to 47"),
        (np.array([[-1, -1]]), [0.5], "from 0 to 47"),
        (np.array([[0, 0]]), [0.5], "leads back"),
        (good.arc[:1], [1.5], "from 0 to 1"),
        (good.arc[:1], [np.nan], "from 0 to 1"),
    ):
        with pytest.raises(ValueError, match=message):
            hierarchy.selected(Snapped(arc.astype(np.int32), np.array(fraction), np.zeros(1)))
    with pytest.raises(ValueError, match="1 origins and 2 destinations"):
        metric.paths(np.array([0]), np.array([1, 2]))
