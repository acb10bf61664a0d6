"""The generated region is a valid network that looks and drives like the real one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from geodata.earth import crow_fly_km
from geodata.errors import RoadsError
from geodata.generated import generate
from geodata.generated.plane import to_plane
from geodata.generated.water import on_land
from geodata.network import DEGREE, HIGHWAYS, TRAFFIC_CLASSES, RoadNetwork
from geodata.postcodes import sectors

BETWEEN_RUSH_HOURS = {"motorway": 0.88, "urban_main": 0.72, "urban_minor": 0.80, "rural": 0.92}
"""Speed of 09:30–15:00 as a part of that of an empty road."""


@pytest.fixture(scope="module")
def roads() -> RoadNetwork:
    return generate(60_000, seed=1)


def test_the_same_seed_gives_the_same_network_and_another_seed_another() -> None:
    once, again, other = generate(3000, 5), generate(3000, 5), generate(3000, 6)
    assert once.key == again.key != other.key
    assert np.array_equal(once.shape_lat, again.shape_lat)
    assert once.model == f"synthetic roads/1 {once.key}"


def test_it_says_that_it_is_synthetic(roads: RoadNetwork) -> None:
    assert roads.attribution.startswith("Synthetic roads, not a map")


def test_it_has_as_many_junctions_as_asked_and_as_many_arcs_as_real_networks(roads: RoadNetwork) -> None:
    assert roads.nodes == pytest.approx(60_000, rel=0.01)
    assert roads.arcs / roads.nodes == pytest.approx(2.43, abs=0.03)
    pairs = roads.tail.astype(np.int64) * roads.nodes + roads.head
    back = roads.head.astype(np.int64) * roads.nodes + roads.tail
    one_way = (~np.isin(pairs, back)).sum()
    assert one_way / ((roads.arcs + one_way) / 2) == pytest.approx(0.06, abs=0.02)


def test_arcs_are_sorted_without_loops_or_doubles_and_every_junction_reaches_every_other(roads: RoadNetwork) -> None:
    assert (np.diff(roads.tail) >= 0).all()
    assert (roads.tail != roads.head).all()
    assert len(np.unique(roads.tail.astype(np.int64) * roads.nodes + roads.head)) == roads.arcs
    graph = csr_array((roads.freeflow_cs, (roads.tail, roads.head)), shape=(roads.nodes, roads.nodes))
    assert connected_components(graph, connection="strong")[0] == 1


def test_arcs_are_as_long_as_their_shapes(roads: RoadNetwork) -> None:
    for arc in range(0, roads.arcs, 997):
        bends = slice(roads.shape_first[arc], roads.shape_first[arc + 1])
        lat = np.array([roads.lat[roads.tail[arc]], *roads.shape_lat[bends], roads.lat[roads.head[arc]]]) / DEGREE
        lon = np.array([roads.lon[roads.tail[arc]], *roads.shape_lon[bends], roads.lon[roads.head[arc]]]) / DEGREE
        km = crow_fly_km(lat, lon)
        assert roads.decimetres[arc] / 1e4 == pytest.approx(np.diagonal(km, 1).sum(), rel=0.01, abs=0.005)


def test_both_directions_of_a_street_have_one_shape(roads: RoadNetwork) -> None:
    number = {(t, h): a for a, (t, h) in enumerate(zip(roads.tail.tolist(), roads.head.tolist(), strict=True))}
    for arc in range(0, roads.arcs, 101):
        other = number.get((int(roads.head[arc]), int(roads.tail[arc])))
        if other is not None:
            there = roads.shape_lat[roads.shape_first[arc] : roads.shape_first[arc + 1]]
            back = roads.shape_lat[roads.shape_first[other] : roads.shape_first[other + 1]]
            assert np.array_equal(there, back[::-1])
            assert roads.decimetres[arc] == roads.decimetres[other]


def test_no_junction_is_in_the_water(roads: RoadNetwork) -> None:
    assert on_land(to_plane(roads.lat / DEGREE, roads.lon / DEGREE)).mean() > 0.999


def test_liverpool_to_birkenhead_without_toll_goes_round_by_the_upper_bridges(roads: RoadNetwork) -> None:
    ends = _nearest(roads, np.array([53.4084, 53.3934]), np.array([-2.97, -3.03]))
    free = ~roads.toll
    by_tunnel = _minutes(roads, ends[:1], np.ones(roads.arcs, np.bool_))[0, ends[1]]
    round_by_bridge = _minutes(roads, ends[:1], free)[0, ends[1]]
    assert by_tunnel < 20
    assert 40 < round_by_bridge < 200


def test_main_roads_are_fewer_the_greater_they_are(roads: RoadNetwork) -> None:
    km = np.bincount(roads.highway, roads.decimetres / 2e4, len(HIGHWAYS))
    classes = [km[HIGHWAYS.index(name)] for name in ("motorway", "trunk", "primary", "secondary")]
    assert classes == sorted(classes)
    assert 300 < classes[0] < 1200


def usual_minutes(km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Curve through 32,864 calibrated drives to hospitals of the region; beyond 40 km the slope of all distances."""
    near = np.minimum(km, 40)
    far = 0.61 * (km - near) + 2.40 * (np.sqrt(km) - np.sqrt(near))
    return 2.50 + 0.32 * near + 4.65 * np.sqrt(near) + far


@pytest.mark.parametrize(
    ("nearest", "farthest", "tolerance"), [(2, 5, 0.25), (5, 10, 0.15), (10, 20, 0.15), (20, 40, 0.15), (40, 80, 0.15)]
)
def test_drives_from_homes_to_towns_take_what_real_ones_take(
    drives: tuple[NDArray[np.float64], NDArray[np.float64]], nearest: float, farthest: float, tolerance: float
) -> None:
    km, minutes = drives
    within = (km >= nearest) & (km < farthest)
    expected = usual_minutes(km[within])
    assert np.median(minutes[within] / expected) == pytest.approx(1, abs=tolerance)


@pytest.fixture(scope="module")
def drives(roads: RoadNetwork) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Crow-fly km and minutes between rush hours from 800 homes to 16 town centres, those without water between."""
    table, rng = sectors(), np.random.default_rng(3)
    inland = (table.lon > -2.7) & (table.lat < 53.3) & (table.postcodes > 20)
    chance = np.where(inland, table.postcodes, 0) / table.postcodes[inland].sum()
    home = rng.choice(len(chance), 800, p=chance)
    site = rng.choice(
        len(chance), 16, p=np.where(table.postcodes > 150, chance, 0) / chance[table.postcodes > 150].sum()
    )
    lat, lon = table.lat[np.concatenate([site, home])], table.lon[np.concatenate([site, home])]
    lat[16:] += rng.normal(0, 0.005, 800)
    nodes = _nearest(roads, lat, lon)
    minutes = _minutes(roads, nodes[:16], np.ones(roads.arcs, np.bool_))[:, nodes[16:]]
    return crow_fly_km(lat, lon, slice(0, 16))[:, 16:].astype(np.float64), minutes


def test_too_few_junctions_are_refused() -> None:
    with pytest.raises(RoadsError, match="too few"):
        generate(10, seed=1)


def _nearest(roads: RoadNetwork, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
    nodes: NDArray[np.int64] = cKDTree(to_plane(roads.lat / DEGREE, roads.lon / DEGREE)).query(to_plane(lat, lon))[1]
    return nodes


def _minutes(roads: RoadNetwork, start: NDArray[np.int64], arcs: NDArray[np.bool_]) -> NDArray[np.float64]:
    factor = np.array([BETWEEN_RUSH_HOURS[name] for name in TRAFFIC_CLASSES])[roads.traffic_class]
    graph = csr_array(
        ((roads.freeflow_cs / factor / 6000)[arcs], (roads.tail[arcs], roads.head[arcs])),
        shape=(roads.nodes, roads.nodes),
    )
    minutes: NDArray[np.float64] = dijkstra(graph, indices=start)
    return minutes
