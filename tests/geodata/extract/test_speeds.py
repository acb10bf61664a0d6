"""Speeds follow limit, kind and place, and never reach the limit."""

from __future__ import annotations

from itertools import product

import pytest

from geodata.extract.rules import KMH_A_MPH, Road
from geodata.extract.speeds import metres_a_second, traffic_class
from geodata.network import HIGHWAYS, TRAFFIC_CLASSES


def road(highway: str, limit_mph: float | None = None, *, dual: bool = False, private: bool = False) -> Road:
    return Road(highway, True, not dual, limit_mph, dual, False, private)


def mph(one: Road, *, built_up: bool = False) -> float:
    return metres_a_second(one, built_up=built_up) * 3.6 / KMH_A_MPH


@pytest.mark.parametrize("highway", HIGHWAYS)
def test_a_drive_is_slower_than_the_limit_and_never_slower_for_a_higher_one(highway: str) -> None:
    for built_up in (False, True):
        speeds = [mph(road(highway, limit), built_up=built_up) for limit in (40.0, 50.0, 60.0, 70.0)]
        assert speeds == sorted(speeds)
        assert all(speed < limit for speed, limit in zip(speeds, (40, 50, 60, 70), strict=True))


@pytest.mark.parametrize("highway", ["trunk", "primary", "secondary", "tertiary", "unclassified"])
def test_without_a_sign_the_country_is_faster_than_the_town(highway: str) -> None:
    assert mph(road(highway)) > mph(road(highway), built_up=True)


def test_larger_roads_are_faster() -> None:
    order = ["motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service"]
    speeds = [mph(road(highway)) for highway in order]
    assert speeds == sorted(speeds, reverse=True)


def test_free_flow_of_the_strategic_network_and_of_local_a_roads() -> None:
    assert mph(road("motorway")) == pytest.approx(68, abs=1)
    halves = mph(road("primary")), mph(road("primary"), built_up=True)
    assert 1 / (0.5 / halves[0] + 0.5 / halves[1]) == pytest.approx(33.4, abs=3)


def test_private_roads_are_crawled_along() -> None:
    assert mph(road("residential", 30, private=True)) == pytest.approx(6)


@pytest.mark.parametrize(
    ("one", "built_up", "name"),
    [
        (road("motorway", 70, dual=True), True, "motorway"),
        (road("trunk", 70, dual=True), False, "motorway"),
        (road("trunk", 40, dual=True), True, "urban_main"),
        (road("trunk", dual=True), False, "motorway"),
        (road("trunk", dual=True), True, "urban_main"),
        (road("trunk", 60), False, "rural"),
        (road("primary", 50), True, "urban_main"),
        (road("secondary", 30), False, "urban_main"),
        (road("tertiary"), True, "urban_minor"),
        (road("residential", 20), False, "urban_minor"),
        (road("unclassified"), False, "rural"),
    ],
)
def test_traffic_classes(one: Road, built_up: bool, name: str) -> None:
    assert TRAFFIC_CLASSES[traffic_class(one, built_up=built_up)] == name


def test_every_kind_and_place_has_a_speed_and_a_class() -> None:
    for highway, limit, dual, built_up in product(HIGHWAYS, (None, 5.0, 30.0, 70.0), (False, True), (False, True)):
        one = road(highway, limit, dual=dual)
        assert 1 < mph(one, built_up=built_up) < 70
        assert 0 <= traffic_class(one, built_up=built_up) < len(TRAFFIC_CLASSES)
