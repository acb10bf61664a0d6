"""Places on roads: times in bands, lengths, and lines from place to place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geodata.cch import build
from geodata.errors import RoadsError
from geodata.network import DEGREE
from geodata.roads import OFF_ROAD_M_PER_S, Located, Roads, located, open_roads
from geodata.snapping import snap
from tests.geodata.roads import grid

FACTORS = dict.fromkeys(("motorway", "urban_main", "urban_minor", "rural"), (1.0, 0.5))
STARTS = [0, 25_000]


@pytest.fixture(scope="module")
def places() -> Located:
    network = grid(12, 12)
    rng = np.random.default_rng(3)
    lat = rng.uniform(network.lat.min(), network.lat.max(), 20) / DEGREE
    lon = rng.uniform(network.lon.min(), network.lon.max(), 20) / DEGREE
    return located(Roads(network, build(network)), lat, lon, FACTORS, 2)


def test_half_the_speed_takes_twice_as_long_by_the_same_roads(places: Located) -> None:
    travel = places.travel_times(STARTS)
    aside = (places.snapped.off_road_m[:, None] + places.snapped.off_road_m) / OFF_ROAD_M_PER_S
    apart = ~np.eye(20, dtype=bool)
    fast, slow = travel.seconds[0] - aside, travel.seconds[1] - aside
    assert np.abs(slow - 2 * fast)[apart].max() <= 3.1  # each is rounded, and so is the way to the road
    assert (travel.seconds[:, ~apart] == 0).all()
    assert (travel.metres[~apart] == 0).all()
    assert (travel.metres[apart] > 0).all()
    assert travel.model == "synthetic grid"


def test_a_slower_network_is_slower_by_its_scale(places: Located) -> None:
    roads = places.roads
    slower = located(Roads(roads.network, roads.hierarchy, 1.5), places.lat, places.lon, FACTORS, 2)
    aside = (places.snapped.off_road_m[:, None] + places.snapped.off_road_m) / OFF_ROAD_M_PER_S
    before, after = (found.travel_times(STARTS).seconds[0] - aside for found in (places, slower))
    assert np.abs(after - 1.5 * before)[~np.eye(20, dtype=bool)].max() <= 3.1


def test_the_line_of_a_leg_runs_from_place_to_place(places: Located) -> None:
    origin, destination = np.arange(10), np.arange(10, 20)
    lines = places.lines(np.zeros(10, int), origin, destination, 0.0)
    for leg in range(10):
        lat, lon = (a[lines.first[leg] : lines.first[leg + 1]] for a in (lines.lat, lines.lon))
        for place, end in ((origin[leg], 0), (destination[leg], -1)):
            away = 111_195 * np.hypot(
                lat[end] - places.lat[place], np.cos(np.radians(52.4)) * (lon[end] - places.lon[place])
            )
            assert away == pytest.approx(places.snapped.off_road_m[place], abs=1.0)


def test_a_few_legs_of_some_bands_have_the_lines_that_a_whole_day_gives_them(places: Located) -> None:
    origin, destination, band = np.arange(10), np.arange(10, 20), np.arange(10) % 2
    whole = places.lines(band, origin, destination, 5.0)
    ends = (snap(places.roads.network, places.lat[which], places.lon[which]) for which in (origin, destination))
    alone = places.roads.lines(FACTORS, band, *ends, 5.0)
    for one, other in zip((whole.first, whole.lat, whole.lon), (alone.first, alone.lat, alone.lon), strict=True):
        assert np.array_equal(one, other)


def test_lines_of_no_legs_are_none(places: Located) -> None:
    nobody = np.zeros(0, int)
    assert len(places.lines(nobody, nobody, nobody, 10.0)) == 0


def test_a_network_opens_with_its_hierarchy_and_a_damaged_hierarchy_is_built_again(tmp_path: Path) -> None:
    network = grid(6, 6)
    network.save(tmp_path / "net")
    weights = np.asarray(network.freeflow_cs)
    nodes = np.arange(36)
    first = open_roads(tmp_path / "net").hierarchy.customised(weights).matrix(nodes, nodes).seconds
    for path in (tmp_path / "net" / "hierarchy").glob("*.npy"):
        path.write_bytes(path.read_bytes()[:-1])
    again = open_roads(tmp_path / "net").hierarchy.customised(weights).matrix(nodes, nodes).seconds
    assert np.array_equal(first, again)
    with pytest.raises(RoadsError, match="no road network here"):
        open_roads(tmp_path)
