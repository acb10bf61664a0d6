"""Places are put on the nearest point of the nearest road, as a search through all roads finds it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from geodata.earth import apart_m
from geodata.generated import generate
from geodata.network import HIGHWAYS, RoadNetwork
from geodata.shapes import Lines, arc_lines, opposites
from geodata.snapping import beyond, snap
from tests.geodata.roads import bent

shapely = pytest.importorskip("shapely")


@pytest.fixture(scope="module")
def roads() -> RoadNetwork:
    return generate(3000, seed=2)


def test_no_road_is_nearer_than_the_one_found(roads: RoadNetwork) -> None:
    lat, lon = _places(150)
    where = snap(roads, lat, lon, limit_m=0)
    lines = arc_lines(roads, np.flatnonzero(_allowed(roads)))
    for place in range(150):
        nearest = _nearest_m(lines, lat[place], lon[place])
        assert where.off_road_m[place] == pytest.approx(nearest, rel=1e-3, abs=0.01)


def test_the_fraction_leads_to_the_point_on_the_road(roads: RoadNetwork) -> None:
    lat, lon = _places(100)
    where = snap(roads, lat, lon)
    for place, (arc, fraction) in enumerate(zip(where.arc[:, 0], where.fraction, strict=True)):
        line = arc_lines(roads, np.array([arc]))
        along = np.cumsum(line.metres())
        point = (np.interp(fraction * along[-1], along, axis) for axis in (line.lat, line.lon))
        away = apart_m(lat[place], lon[place], *point)
        assert away == pytest.approx(where.off_road_m[place], abs=0.1)


def test_both_directions_are_given_where_the_road_has_two(roads: RoadNetwork) -> None:
    where = snap(roads, *_places(400))
    assert np.array_equal(opposites(roads)[where.arc[:, 0]], where.arc[:, 1])
    assert (where.arc[:, 1] < 0).any()
    assert (where.arc[:, 1] >= 0).any()


def test_nobody_lives_on_a_motorway_a_slip_road_or_in_a_toll_tunnel(roads: RoadNetwork) -> None:
    middle = arc_lines(roads, np.flatnonzero(~_allowed(roads)))
    where = snap(roads, middle.lat, middle.lon, limit_m=1e6)
    assert _allowed(roads)[where.arc[:, 0]].all()


def test_a_motorway_is_taken_where_nothing_else_is_within_the_limit() -> None:
    roads = replace(bent(), highway=np.array([11, 11, HIGHWAYS.index("motorway")], np.uint8))
    lat, lon = np.array([52.4, 52.4031]), np.array([-1.8852, -1.8951])
    assert snap(roads, lat, lon).arc.tolist() == [[2, -1], [0, 1]]
    assert snap(roads, lat, lon, limit_m=5000).arc.tolist() == [[0, 1], [0, 1]]


def test_places_beyond_the_limit_are_snapped_and_told() -> None:
    lat, lon = np.array([52.4, 52.5, 52.41]), np.array([-1.9, -1.9, -1.89])
    where = snap(bent(), lat, lon)
    assert beyond(where).tolist() == [1]
    assert where.off_road_m[1] == pytest.approx(10_000, rel=0.01)
    assert beyond(where, limit_m=20_000).tolist() == []


def test_a_place_at_a_junction_is_at_an_end_of_its_arc() -> None:
    where = snap(bent(), np.array([52.4, 52.41]), np.array([-1.9, -1.89]))
    assert where.arc.tolist() == [[0, 1], [0, 1]]
    assert where.fraction.tolist() == pytest.approx([0, 1])


def test_no_places_give_none() -> None:
    assert snap(bent(), np.zeros(0), np.zeros(0)).arc.shape == (0, 2)


def _places(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Some in towns, some in the country, some at sea."""
    rng = np.random.default_rng(count)
    return rng.uniform(52.3, 53.5, count), rng.uniform(-3.1, -1.6, count)


def _allowed(roads: RoadNetwork) -> NDArray[np.bool_]:
    names = np.array(HIGHWAYS)[roads.highway]
    return ~roads.toll & (names != "motorway") & ~np.char.endswith(names, "_link")


def _nearest_m(lines: Lines, lat: float, lon: float) -> float:
    """Metres to the nearest line on a flat map that is true at the place."""
    scale = np.array([np.cos(np.radians(lat)), 1]) * 111_195
    points = shapely.linestrings(np.stack([lines.lon, lines.lat], axis=1) * scale, indices=lines.line)
    return float(shapely.distance(points, shapely.Point(np.array([lon, lat]) * scale)).min())
