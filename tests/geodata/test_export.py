"""A network taken elsewhere is the same network."""

from __future__ import annotations

import dataclasses
import sys

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.errors import RoadsError
from geodata.export import to_geodataframe, to_networkx
from geodata.network import DEGREE, HIGHWAYS, RoadNetwork
from tests.geodata.roads import grid


def bent() -> RoadNetwork:
    """A grid whose second arc has two points between its ends."""
    plain = grid(4, 5, seed=3)
    first = np.full(plain.arcs + 1, 2)
    first[:2] = 0
    lat, lon = np.array([524_010_000, 524_020_000], np.int32), np.array([-19_000_000, -18_990_000], np.int32)
    return dataclasses.replace(plain, shape_first=first, shape_lat=lat, shape_lon=lon, attribution="© nobody")


def test_networkx_finds_the_same_times() -> None:
    networkx = pytest.importorskip("networkx")
    network = bent()
    graph = to_networkx(network)
    weights = csr_array((network.freeflow_cs / 100, (network.tail, network.head)), shape=(network.nodes,) * 2)
    expected = dijkstra(weights, indices=[0])[0]
    found = networkx.single_source_dijkstra_path_length(graph, 0, weight="travel_time")
    assert [found[node] for node in range(network.nodes)] == pytest.approx(expected.tolist())


def test_networkx_keeps_what_is_known_of_arcs_and_junctions() -> None:
    pytest.importorskip("networkx")
    network = bent()
    graph = to_networkx(network)
    assert graph.number_of_edges() == network.arcs
    assert graph.graph["attribution"] == "© nobody"
    assert graph.nodes[7]["y"] == pytest.approx(network.lat[7] / DEGREE)
    for tail, head, known in graph.edges(data=True):
        arc = known["arc"]
        assert (network.tail[arc], network.head[arc]) == (tail, head)
        assert known["length"] == pytest.approx(network.decimetres[arc] / 10)
        assert known["highway"] == HIGHWAYS[network.highway[arc]]
        assert known["toll"] is bool(network.toll[arc])


def test_a_graph_of_ours_is_one_of_osmnx() -> None:
    osmnx = pytest.importorskip("osmnx")
    network = bent()
    nodes, edges = osmnx.graph_to_gdfs(to_networkx(network))
    assert len(nodes) == network.nodes
    assert len(edges) == network.arcs


def test_lines_run_from_tail_by_shape_to_head() -> None:
    pytest.importorskip("geopandas")
    network = bent()
    frame = to_geodataframe(network)
    assert frame.crs.to_epsg() == 4326
    assert frame.attrs["attribution"] == "© nobody"
    points = [list(line.coords) for line in frame.geometry]
    assert [len(line) for line in points[:3]] == [2, 4, 2]
    assert points[1][1:3] == [(-1.9, 52.401), (-1.899, 52.402)]
    for arc, line in enumerate(points):
        for place, node in ((line[0], network.tail[arc]), (line[-1], network.head[arc])):
            assert place == pytest.approx((network.lon[node] / DEGREE, network.lat[node] / DEGREE))


@pytest.mark.parametrize(("package", "export"), [("networkx", to_networkx), ("geopandas", to_geodataframe)])
def test_without_the_extra_the_error_says_what_to_install(
    package: str, export: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(RoadsError, match=r"pts-optimiser\[roads\]"):
        export(bent())  # type: ignore[operator]
