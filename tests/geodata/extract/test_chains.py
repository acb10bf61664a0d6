"""Simplification changes no shortest path, whatever the map looks like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from geodata.extract.arcs import Arcs, arcs_of, largest_component
from geodata.extract.build import network_of
from geodata.extract.chains import chains_of
from geodata.extract.reading import Ways
from geodata.extract.rules import Road
from geodata.extract.segments import Segments, segments_of
from geodata.network import RoadNetwork

ROADS = [
    Road("residential", True, True, 30.0, False, False, False),
    Road("primary", True, True, 60.0, False, False, False),
    Road("primary", True, True, 40.0, False, True, False),
    Road("tertiary", True, False, None, False, False, False),
    Road("service", False, True, None, False, False, True),
]


@st.composite
def maps(draw: st.DrawFn) -> Ways:
    """Ways that wander over a small grid, with crossings, loops, parallels, both directions and barriers."""
    seed = draw(st.integers(0, 2**32 - 1))
    count = draw(st.integers(1, 12))
    rng = np.random.default_rng(seed)
    side = int(rng.integers(3, 7))
    walks = []
    for _ in range(count):
        steps = rng.integers(-1, 2, (int(rng.integers(1, 9)), 2))
        walk = np.clip(rng.integers(0, side, 2) + np.cumsum(np.vstack([[0, 0], steps]), axis=0), 0, side - 1)
        walks.append(walk[:, 0] * side + walk[:, 1])
    node = np.concatenate(walks)
    shake = rng.integers(0, 2_000, (side * side, 2))
    return Ways(
        node=node * 1_000_000_007,
        lat=(524_000_000 + node // side * 10_000 + shake[node, 0]).astype(np.int32),
        lon=(-19_000_000 + node % side * 10_000 + shake[node, 1]).astype(np.int32),
        first=np.cumsum([0, *(len(walk) for walk in walks)]),
        road=rng.choice(len(ROADS), count, p=[0.5, 0.2, 0.1, 0.1, 0.1]).astype(np.int32),
        roads=ROADS,
        blocked=rng.choice(side * side, int(rng.integers(0, 3))) * 1_000_000_007,
    )


def simplified(ways: Ways) -> tuple[Segments, Arcs, RoadNetwork] | None:
    segments = segments_of(ways)
    arcs = largest_component(arcs_of(ways, segments), len(segments.lat))
    if not len(arcs.tail):
        return None
    return segments, arcs, network_of(arcs, segments, chains_of(arcs, len(segments.lat)))


@settings(max_examples=150, deadline=None)
@given(maps())
def test_a_simplified_network_has_the_shortest_paths_of_the_map(ways: Ways) -> None:
    made = simplified(ways)
    if made is None:
        return
    segments, arcs, network = made
    n = len(segments.lat)
    nodes = np.flatnonzero(np.bincount(arcs.tail, minlength=n))
    places = {(segments.lat[node], segments.lon[node]): [] for node in nodes}
    for node in nodes:
        places[segments.lat[node], segments.lon[node]].append(node)
    junction = [places[place] for place in zip(network.lat, network.lon, strict=True)]
    sure = [number for number, found in enumerate(junction) if len(found) == 1]  # barriers are two nodes at one place
    raw = dijkstra(csr_array((arcs.seconds, (arcs.tail, arcs.head)), shape=(n, n)))
    ours = dijkstra(_graph(network))
    at = [junction[number][0] for number in sure]
    assert ours[np.ix_(sure, sure)] == pytest.approx(raw[np.ix_(at, at)], abs=0.01 * network.nodes)


@settings(max_examples=150, deadline=None)
@given(maps())
def test_no_metre_is_lost_and_the_contract_holds(ways: Ways) -> None:
    made = simplified(ways)
    if made is None:
        return
    _, arcs, network = made
    assert network.decimetres.sum() / 10 == pytest.approx(arcs.metres.sum(), abs=0.1 * network.arcs)
    assert network.freeflow_cs.min() >= 1
    assert (np.diff(network.tail) >= 0).all()
    assert (network.tail != network.head).all()
    pairs = network.tail.astype(np.int64) * network.nodes + network.head
    assert len(np.unique(pairs)) == network.arcs
    assert connected_components(_graph(network), directed=True, connection="strong")[0] == 1
    assert len(network.shape_first) == network.arcs + 1
    assert network.shape_first[-1] == len(network.shape_lat) == len(network.shape_lon)
    toll = np.bincount(arcs.toll.astype(np.int64), arcs.metres, 2)[1]
    assert (network.decimetres[network.toll].sum() / 10) == pytest.approx(toll, abs=0.1 * network.arcs)


def _graph(network: RoadNetwork) -> csr_array:
    return csr_array((network.freeflow_cs / 100, (network.tail, network.head)), shape=(network.nodes,) * 2)
