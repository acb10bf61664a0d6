from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from geodata.base_map import Box, base_map, write_base_map
from geodata.generated import generate
from geodata.network import HIGHWAYS, RoadNetwork
from geodata.shapes import Lines
from tests.geodata.roads import bent


@pytest.fixture(scope="module")
def roads() -> RoadNetwork:
    return generate(20_000, seed=4)


def test_classes_come_least_first_and_say_whose_map_it_is(roads: RoadNetwork) -> None:
    document = base_map(roads)
    names = [feature["properties"]["highway"] for feature in document["features"]]
    assert names == ["tertiary", "secondary", "primary", "trunk", "motorway"]
    assert {feature["properties"]["attribution"] for feature in document["features"]} == {roads.attribution}


def test_every_road_is_drawn_once_at_nearly_its_length(roads: RoadNetwork) -> None:
    document = base_map(roads, classes=("secondary",))
    of_class = np.flatnonzero(roads.highway == HIGHWAYS.index("secondary"))
    ends = np.sort(np.stack([roads.tail[of_class], roads.head[of_class]], axis=1), axis=1)
    once = of_class[np.unique(ends, axis=0, return_index=True)[1]]
    assert _metres(document) == pytest.approx(roads.decimetres[once].sum() / 10, rel=0.01)


def test_roads_that_meet_in_a_row_are_one_line(roads: RoadNetwork) -> None:
    lines = base_map(roads, classes=("trunk",))["features"][0]["geometry"]["coordinates"]
    assert len(lines) < (roads.highway == HIGHWAYS.index("trunk")).sum() / 4
    assert all(len(line) >= 2 for line in lines)


def test_a_ring_of_one_class_is_drawn_whole() -> None:
    document = base_map(bent(), classes=HIGHWAYS)
    assert {f["properties"]["highway"]: len(f["geometry"]["coordinates"]) for f in document["features"]} == {
        name: int(name in {"tertiary", "residential"}) for name in HIGHWAYS
    }


def test_a_box_leaves_out_what_lies_outside(roads: RoadNetwork) -> None:
    document = base_map(roads, HIGHWAYS, Box(52.4, -2.0, 52.5, -1.8))
    points = np.array([point for f in document["features"] for line in f["geometry"]["coordinates"] for point in line])
    assert 0.15 < np.ptp(points[:, 0]) < 0.6
    assert 0.08 < np.ptp(points[:, 1]) < 0.4
    assert base_map(roads, HIGHWAYS, Box(0, 0, 1, 1))["features"][0]["geometry"]["coordinates"] == []


def test_the_file_is_compact_packed_on_request_and_always_the_same(roads: RoadNetwork, tmp_path: Path) -> None:
    document = base_map(roads)
    for name in ("a.geojson", "b.geojson.gz", "c.geojson.gz"):
        write_base_map(document, tmp_path / name)
    plain = (tmp_path / "a.geojson").read_bytes()
    assert json.loads(plain) == document
    assert gzip.decompress((tmp_path / "b.geojson.gz").read_bytes()) == plain
    assert (tmp_path / "b.geojson.gz").read_bytes() == (tmp_path / "c.geojson.gz").read_bytes()


def _metres(document: dict) -> float:
    lines = [line for feature in document["features"] for line in feature["geometry"]["coordinates"]]
    lon, lat = np.array([point for line in lines for point in line]).T
    return float(Lines(np.cumsum([0, *(len(line) for line in lines)]), lat, lon).metres().sum())
