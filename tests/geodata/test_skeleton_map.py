"""The base map where no road network is at hand."""

from __future__ import annotations

from itertools import chain

from geodata.skeleton_map import skeleton_map
from geodata.tier0.skeleton import skeleton


def test_every_road_of_the_skeleton_is_drawn_where_its_junctions_are() -> None:
    features = {feature["properties"]["highway"]: feature["geometry"] for feature in skeleton_map()["features"]}
    roads = chain.from_iterable(geometry["coordinates"] for kind, geometry in features.items() if kind != "water")
    assert sum(len(line) - 1 for line in roads) == len(skeleton().link)
    assert {geometry["type"] for geometry in features.values()} == {"MultiLineString"}


def test_all_of_it_lies_in_the_region() -> None:
    for feature in skeleton_map()["features"]:
        for lon, lat in chain.from_iterable(feature["geometry"]["coordinates"]):
            assert -5 < lon < 0
            assert 51 < lat < 55
