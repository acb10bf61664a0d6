"""The reading rules, tag by tag."""

from __future__ import annotations

import pytest

from geodata.extract.rules import Road, blocks, read_road


def read(**tags: str) -> Road | None:
    return read_road({key.replace("__", ":"): value for key, value in tags.items()})


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "track"},
        {"highway": "proposed"},
        {"highway": "service", "service": "parking_aisle"},
        {"highway": "service", "service": "driveway", "access": "private"},
        {"highway": "residential", "area": "yes"},
        {"highway": "primary", "route": "ferry"},
        {"highway": "residential", "access": "no"},
        {"highway": "service", "access": "no", "psv": "yes"},
        {"highway": "tertiary", "motor_vehicle": "private"},
        {"highway": "unclassified", "vehicle": "agricultural"},
        {"highway": "unclassified", "access": "yes", "motor_vehicle": "no"},
        {"highway": "motorway", "oneway": "reversible"},
    ],
    ids=str,
)
def test_no_road_for_us(tags: dict[str, str]) -> None:
    assert read_road(tags) is None


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "service", "access": "customers"},
        {"highway": "residential", "access": "destination"},
        {"highway": "unclassified", "access": "permissive"},
        {"highway": "residential", "access": "no", "motor_vehicle": "destination"},
        {"highway": "residential", "motor_vehicle": "no", "motorcar": "yes"},
        {"highway": "tertiary", "access": "agricultural;destination"},
        {"highway": "service", "service": "alley"},
        {"highway": "road"},
    ],
    ids=str,
)
def test_open_roads(tags: dict[str, str]) -> None:
    road = read_road(tags)
    assert road is not None
    assert not road.private


@pytest.mark.parametrize("highway", ["service", "residential", "unclassified", "living_street"])
def test_private_local_roads_are_kept_and_marked(highway: str) -> None:
    road = read(highway=highway, access="private")
    assert road is not None
    assert road.private


@pytest.mark.parametrize(
    ("tags", "ways"),
    [
        ({"highway": "residential"}, (True, True)),
        ({"highway": "residential", "oneway": "yes"}, (True, False)),
        ({"highway": "residential", "oneway": "1"}, (True, False)),
        ({"highway": "residential", "oneway": "-1"}, (False, True)),
        ({"highway": "residential", "oneway": "reverse"}, (False, True)),
        ({"highway": "residential", "oneway": "alternating"}, (True, True)),
        ({"highway": "tertiary", "junction": "roundabout"}, (True, False)),
        ({"highway": "tertiary", "junction": "circular"}, (True, False)),
        ({"highway": "tertiary", "junction": "roundabout", "oneway": "-1"}, (False, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway_link"}, (True, False)),
        ({"highway": "motorway_link", "oneway": "no"}, (True, True)),
        ({"highway": "trunk"}, (True, True)),
    ],
    ids=str,
)
def test_directions(tags: dict[str, str], ways: tuple[bool, bool]) -> None:
    road = read_road(tags)
    assert road is not None
    assert (road.forward, road.backward) == ways


@pytest.mark.parametrize(
    ("text", "mph"),
    [
        ("30 mph", 30),
        ("30mph", 30),
        ("20 mph;30 mph", 20),
        ("30", 30),
        ("48", 48 / 1.609344),
        ("80 km/h", 80 / 1.609344),
        ("national", 60),
        ("GB:nsl_single", 60),
        ("GB:nsl_dual", 70),
        ("GB:nsl_restricted", 30),
        ("none", None),
        ("signals", None),
        ("", None),
        ("0 mph", None),
        ("900 mph", None),
        ("30 knots", None),
    ],
)
def test_limits(text: str, mph: float | None) -> None:
    road = read(highway="primary", maxspeed=text)
    assert road is not None
    assert road.limit_mph == (mph if mph is None else pytest.approx(mph))


def test_the_national_limit_is_higher_on_dual_carriageways() -> None:
    dual = read(highway="trunk", oneway="yes", maxspeed="national")
    roundabout = read(highway="trunk", junction="roundabout", maxspeed="national")
    assert dual is not None
    assert roundabout is not None
    assert (dual.limit_mph, dual.dual) == (70, True)
    assert (roundabout.limit_mph, roundabout.dual) == (60, False)


def test_the_kind_of_limit_counts_where_no_figure_is_given() -> None:
    road = read(highway="unclassified", maxspeed__type="GB:nsl_single")
    other = read(highway="unclassified", maxspeed="40 mph", maxspeed__type="GB:nsl_single")
    assert road is not None
    assert other is not None
    assert (road.limit_mph, other.limit_mph) == (60, 40)


@pytest.mark.parametrize(("toll", "flag"), [({}, False), ({"toll": "no"}, False), ({"toll": "yes"}, True)])
def test_tolls_are_flagged(toll: dict[str, str], flag: bool) -> None:
    road = read_road({"highway": "motorway", **toll})
    assert road is not None
    assert road.toll is flag


@pytest.mark.parametrize(
    ("tags", "shut"),
    [
        ({"barrier": "bollard"}, True),
        ({"barrier": "bollard", "access": "private"}, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False),
        ({"barrier": "block"}, True),
        ({"barrier": "gate"}, False),
        ({"barrier": "gate", "access": "private"}, False),
        ({"barrier": "gate", "access": "no"}, True),
        ({"barrier": "lift_gate", "motor_vehicle": "no"}, True),
        ({"barrier": "toll_booth", "access": "no"}, False),
        ({"barrier": "cattle_grid"}, False),
    ],
    ids=str,
)
def test_barriers(tags: dict[str, str], shut: bool) -> None:
    assert blocks(tags) is shut
