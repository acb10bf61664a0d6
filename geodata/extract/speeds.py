"""How fast a road is driven on when it is empty, junctions and bends included, and which traffic it follows.

The speed is a share of the limit, at most the top speed of its kind; both are in ``data/uk_speeds.csv`` with reasons.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geodata.extract.rules import KMH_A_MPH, Road
from geodata.network import HIGHWAYS, TRAFFIC_CLASSES

TABLE = Path(__file__).with_name("data") / "uk_speeds.csv"

PRIVATE_MPH = 6.0
"""Private roads are for those who live there: slow enough that nobody is sent through them."""

TOWN_LIMIT_MPH = 30.0
"""A road with this signed limit or less is in town, whatever stands round it."""

FAST_MPH = 60.0
"""A dual trunk or primary road with this limit or more has a motorway's traffic."""

MAIN = frozenset({"trunk", "primary", "secondary", "trunk_link", "primary_link", "secondary_link"})


class Pace(NamedTuple):
    """Of one kind of road: limits where none is known, the share of the limit that is reached, the top speed."""

    town_limit_mph: float
    country_limit_mph: float
    town_share: float
    country_share: float
    top_mph: float


@cache
def paces() -> dict[str, Pace]:
    """The packaged table, one row a kind of road."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        table = {row["highway"]: Pace(*(float(row[name]) for name in Pace._fields)) for row in csv.DictReader(lines)}
    assert table.keys() == set(HIGHWAYS)  # noqa: S101  the file is ours
    return table


def metres_a_second(road: Road, *, built_up: bool) -> float:
    """The speed of an empty road, a whole drive's average; ``built_up`` where streets of houses surround it."""
    pace = paces()[road.highway]
    town = in_town(road, built_up=built_up)
    assumed = pace.town_limit_mph if town else pace.country_limit_mph
    limit = road.limit_mph or (70.0 if road.dual and not town else assumed)
    mph = min(limit * (pace.town_share if town else pace.country_share), pace.top_mph)
    if road.private:
        mph = min(mph, PRIVATE_MPH)
    return mph * KMH_A_MPH / 3.6


def traffic_class(road: Road, *, built_up: bool) -> int:
    """Index into TRAFFIC_CLASSES of the traffic that a road's speed follows through the day."""
    town = in_town(road, built_up=built_up)
    fast = not town if road.limit_mph is None else road.limit_mph >= FAST_MPH
    if road.highway in {"motorway", "motorway_link"} or (road.dual and fast and road.highway in {"trunk", "primary"}):
        name = "motorway"
    elif not town:
        name = "rural"
    else:
        name = "urban_main" if road.highway in MAIN else "urban_minor"
    return TRAFFIC_CLASSES.index(name)


def in_town(road: Road, *, built_up: bool) -> bool:
    """By the signed limit where it is low, else by what stands round the road."""
    return built_up or (road.limit_mph is not None and road.limit_mph <= TOWN_LIMIT_MPH)
