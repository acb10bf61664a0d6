"""A real extract: what comes out of it, and that osmnx and networkx find the same shortest paths on the same rules."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("osmium")
networkx = pytest.importorskip("networkx")

from scipy.sparse import csr_array  # noqa: E402
from scipy.sparse.csgraph import connected_components, dijkstra  # noqa: E402

from geodata.earth import apart_m  # noqa: E402
from geodata.extract.build import network_of_extract  # noqa: E402
from geodata.network import DEGREE, HIGHWAYS, RoadNetwork  # noqa: E402

DATA = Path(os.environ.get("PTS_DATA", Path(__file__).parents[4] / "shared" / "data"))
EXTRACT = DATA / "stratford-upon-avon.osm.pbf"

pytestmark = pytest.mark.skipif(not EXTRACT.is_file(), reason="no Stratford extract: set PTS_DATA to its folder")


@pytest.fixture(scope="module")
def stratford() -> RoadNetwork:
    return network_of_extract(EXTRACT).network


def test_it_is_one_connected_network_without_loops_or_parallel_arcs(stratford: RoadNetwork) -> None:
    graph = _graph(stratford, stratford.freeflow_cs)
    assert graph.nnz == stratford.arcs
    assert connected_components(graph, directed=True, connection="strong")[0] == 1
    assert (stratford.tail != stratford.head).all()
    assert (np.diff(stratford.tail) >= 0).all()
    assert 2_000 < stratford.nodes < 2_500


def test_speeds_are_those_of_drives_and_the_town_is_a_town(stratford: RoadNetwork) -> None:
    mph = stratford.decimetres / 10 / (stratford.freeflow_cs / 100) / 0.44704
    long_enough = stratford.decimetres > 1000
    assert 5 < mph[long_enough].min() < mph.max() < 70
    trunk, street = (
        mph[long_enough & (stratford.highway == HIGHWAYS.index(kind))] for kind in ("trunk", "residential")
    )
    assert trunk.mean() > 40
    assert 12 < street.mean() < 20
    by_class = np.bincount(stratford.traffic_class, stratford.decimetres, 4) / stratford.decimetres.sum()
    assert by_class[2] > 0.4
    assert by_class[3] > 0.2


def test_a_shape_is_as_long_as_its_arc(stratford: RoadNetwork) -> None:
    for arc in range(0, stratford.arcs, 7):
        shape = slice(stratford.shape_first[arc], stratford.shape_first[arc + 1])
        lat, lon = (
            np.array([ends[stratford.tail[arc]], *inner[shape], ends[stratford.head[arc]]]) / DEGREE
            for ends, inner in ((stratford.lat, stratford.shape_lat), (stratford.lon, stratford.shape_lon))
        )
        metres = apart_m(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum()
        assert metres == pytest.approx(stratford.decimetres[arc] / 10, abs=0.1)


def test_osmnx_and_networkx_find_the_same_shortest_paths(stratford: RoadNetwork, tmp_path: Path) -> None:
    pytest.importorskip("osmnx")
    from tests.geodata.extract.osmnx_graph import osmnx_graph

    theirs = osmnx_graph(EXTRACT, tmp_path / "roads.osm")
    by_place = {
        (round(place["y"] * DEGREE), round(place["x"] * DEGREE)): node for node, place in theirs.nodes(data=True)
    }
    rng = np.random.default_rng(5)
    sources, targets = rng.choice(stratford.nodes, 20, replace=False), rng.choice(stratford.nodes, 10, replace=False)
    for weight, ours in (("travel_time", stratford.freeflow_cs / 100), ("length", stratford.decimetres / 10)):
        found = dijkstra(_graph(stratford, ours), indices=sources)[:, targets]
        expected = np.empty_like(found)
        for row, source in enumerate(sources):
            reached = networkx.single_source_dijkstra_path_length(
                theirs, _node(by_place, stratford, source), weight=weight
            )
            expected[row] = [reached[_node(by_place, stratford, target)] for target in targets]
        assert found == pytest.approx(expected, rel=0.001, abs=0.5), weight


def _node(by_place: dict[tuple[int, int], int], network: RoadNetwork, junction: int) -> int:
    return by_place[int(network.lat[junction]), int(network.lon[junction])]


def _graph(network: RoadNetwork, weight: np.ndarray) -> csr_array:
    return csr_array((weight, (network.tail, network.head)), shape=(network.nodes, network.nodes))
