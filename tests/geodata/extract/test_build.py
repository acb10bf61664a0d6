"""Little extracts into networks: what is passed, what is left out, what is kept of a shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("osmium")

from geodata.errors import RoadsError
from geodata.extract.build import network_of_extract
from geodata.network import DEGREE, HIGHWAYS, RoadNetwork
from tests.geodata.extract.little import STEP, cross, extract

STREET = {"highway": "residential"}


def between(network: RoadNetwork, start: tuple[int, int], end: tuple[int, int]) -> int | None:
    """The arc from one place of the drawing to another."""
    at = [
        np.flatnonzero(
            (np.abs(network.lat - round((52.4 + north * STEP) * DEGREE)) <= 1)
            & (np.abs(network.lon - round((-1.9 + east * STEP) * DEGREE)) <= 1)
        )
        for north, east in (start, end)
    ]
    found = np.flatnonzero(np.isin(network.tail, at[0]) & np.isin(network.head, at[1]))
    return int(found[0]) if len(found) else None


def test_nodes_on_the_way_become_shape_and_lengths_and_times_are_summed(tmp_path: Path) -> None:
    network = network_of_extract(cross(tmp_path / "x.osm.pbf", {"highway": "primary"})).network
    there, back = between(network, (0, 0), (10, 10)), between(network, (10, 10), (0, 0))
    assert there is not None
    assert back is not None
    for arc in (there, back):
        shape = slice(network.shape_first[arc], network.shape_first[arc + 1])
        assert network.shape_lat[shape] / DEGREE == pytest.approx([52.405], abs=1e-6)
        assert network.decimetres[arc] == pytest.approx(13_020, rel=0.01)
        assert HIGHWAYS[network.highway[arc]] == "primary"
    assert network.freeflow_cs[there] / 100 == pytest.approx(1302 / (0.75 * 30 * 0.44704), rel=0.01)
    assert network.attribution == "© OpenStreetMap contributors"
    assert network.model == f"osm/1 {network.key}"


def test_every_street_counts_once_each_way(tmp_path: Path) -> None:
    made = network_of_extract(cross(tmp_path / "x.osm.pbf", {"highway": "primary"}))
    assert made.network.decimetres.sum() / 10 == pytest.approx(2 * (2 * 1112 + 2 * 679 + 1302 + 204 + 334), rel=0.01)
    assert made.roads == 4
    assert made.left_out_km == 0


def test_both_ways_round_a_block_are_kept_by_a_junction_on_one_of_them(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (10, 10), 4: (10, 0), 5: (0, -5), 6: (10, 15)}
    ways = [([1, 2, 3, 4, 1], STREET), ([1, 5], STREET), ([3, 6], STREET)]
    network = network_of_extract(extract(tmp_path / "x.osm.pbf", places, ways)).network
    assert network.decimetres.sum() / 20 == pytest.approx(2 * 1112 + 2 * 679 + 2 * 340, rel=0.01)
    assert network.nodes == 5


def test_a_street_that_returns_to_its_junction_is_kept_by_junctions_on_it(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (10, 10), 4: (10, 0), 5: (0, -5)}
    network = network_of_extract(
        extract(tmp_path / "x.osm.pbf", places, [([1, 2, 3, 4, 1], STREET), ([1, 5], STREET)])
    ).network
    assert network.decimetres.sum() / 20 == pytest.approx(2 * 1112 + 2 * 679 + 340, rel=0.01)
    assert network.nodes == 4


@pytest.mark.parametrize(("oneway", "there", "back"), [("yes", True, False), ("-1", False, True), ("no", True, True)])
def test_one_way_streets_lead_one_way(tmp_path: Path, oneway: str, there: bool, back: bool) -> None:
    network = network_of_extract(cross(tmp_path / "x.osm.pbf", {"highway": "primary", "oneway": oneway})).network
    assert (between(network, (0, 0), (10, 10)) is not None) is there
    assert (between(network, (10, 10), (0, 0)) is not None) is back


def test_a_bollard_makes_two_dead_ends_of_a_street(tmp_path: Path) -> None:
    path = cross(tmp_path / "x.osm.pbf", STREET, on_nodes={5: {"barrier": "bollard"}})
    network = network_of_extract(path).network
    assert between(network, (0, 0), (10, 10)) is None
    half = between(network, (0, 0), (5, 5))
    assert half is not None
    assert network.decimetres[half] == pytest.approx(6_510, rel=0.01)


def test_a_bollard_drawn_onto_a_crossing_does_not_shut_the_through_road(tmp_path: Path) -> None:
    path = cross(tmp_path / "x.osm.pbf", STREET, on_nodes={1: {"barrier": "bollard"}})
    assert between(network_of_extract(path).network, (0, 0), (10, 10)) is not None


def test_tolls_are_a_switch(tmp_path: Path) -> None:
    path = cross(tmp_path / "x.osm.pbf", {"highway": "primary", "toll": "yes"})
    network = network_of_extract(path).network
    arc = between(network, (0, 0), (10, 10))
    assert arc is not None
    assert network.toll.tolist() == [
        number in {arc, between(network, (10, 10), (0, 0))} for number in range(network.arcs)
    ]
    without = network_of_extract(path, tolls=False).network
    assert not without.toll.any()
    assert between(without, (0, 0), (10, 10)) is None


def test_a_toll_that_begins_on_the_way_begins_at_a_junction(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (0, 20)}
    path = extract(tmp_path / "x.osm.pbf", places, [([1, 2], STREET), ([2, 3], {**STREET, "toll": "yes"})])
    network = network_of_extract(path).network
    assert network.nodes == 3
    assert network.toll.sum() == 2


def test_a_change_of_limit_alone_makes_no_junction_and_the_longer_kind_names_the_arc(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (0, 30)}
    ways = [([1, 2], {"highway": "tertiary"}), ([2, 3], {"highway": "unclassified", "maxspeed": "40 mph"})]
    network = network_of_extract(extract(tmp_path / "x.osm.pbf", places, ways)).network
    assert (network.nodes, network.arcs) == (2, 2)
    assert {HIGHWAYS[kind] for kind in network.highway} == {"unclassified"}
    metres = network.decimetres[0] / 10
    seconds = metres / 3 / (0.62 * 60 * 0.44704) + 2 * metres / 3 / (0.5 * 40 * 0.44704)
    assert network.freeflow_cs / 100 == pytest.approx([seconds] * 2, rel=0.002)


def test_an_island_and_a_one_way_street_without_return_are_left_out(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (10, 0), 4: (20, 0), 7: (50, 50), 8: (50, 51)}
    ways = [([1, 2, 3, 1], STREET), ([3, 4], {**STREET, "oneway": "yes"}), ([7, 8], STREET)]
    made = network_of_extract(extract(tmp_path / "x.osm.pbf", places, ways))
    assert made.network.lat.max() / DEGREE < 52.411
    assert made.left_out_km == pytest.approx(1.112 + 2 * 0.068, abs=0.1)


def test_of_two_ways_over_the_same_nodes_the_faster_one_counts(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (10, 10)}
    ways = [([1, 2], {"highway": "service"}), ([2, 1], {"highway": "primary"}), ([2, 3], {"highway": "primary"})]
    network = network_of_extract(extract(tmp_path / "x.osm.pbf", places, ways)).network
    assert {HIGHWAYS[kind] for kind in network.highway} == {"primary"}


def test_a_way_that_leaves_the_extract_is_cut_and_a_single_ring_is_a_network(tmp_path: Path) -> None:
    places = {1: (0, 0), 2: (0, 10), 3: (10, 10), 4: (10, 0)}
    path = extract(tmp_path / "x.osm.pbf", places, [([1, 2, 3, 4, 1], STREET), ([1, 99, 98], STREET)])
    network = network_of_extract(path).network
    assert network.decimetres.sum() / 20 == pytest.approx(2 * 1112 + 2 * 679, rel=0.01)
    assert (network.tail != network.head).all()


@pytest.mark.parametrize(
    ("ways", "message"),
    [
        ([], "no roads in it"),
        ([([1, 2], {"highway": "footway"}), ([1, 2], {"building": "yes"})], "no roads in it"),
        ([([1], STREET)], "leads there and back"),
        ([([1, 2], {**STREET, "oneway": "yes"})], "leads there and back"),
        ([([7, 8], STREET)], "before their nodes or without them"),
    ],
)
def test_an_extract_without_usable_roads_is_refused(
    tmp_path: Path, ways: list[tuple[list[int], dict[str, str]]], message: str
) -> None:
    path = extract(tmp_path / "x.osm.pbf", {1: (0, 0), 2: (0, 1)}, ways)
    with pytest.raises(RoadsError, match=message):
        network_of_extract(path)
