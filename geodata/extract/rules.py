"""The reading rules: which ways of OpenStreetMap a car may use in the United Kingdom, which way round, at what limit.

Tags in, a ``Road`` out, or nothing where the way is no road for us. Turn restrictions are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from geodata.network import HIGHWAYS

KEYS = (
    "highway",
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "service",
    "oneway",
    "junction",
    "maxspeed",
    "maxspeed:type",
    "source:maxspeed",
    "toll",
    "area",
    "route",
)
"""Tags of a way that decide; ways alike in these are alike to us."""

MOST_SPECIFIC_FIRST = ("motorcar", "motor_vehicle", "vehicle", "access")
CLOSED = frozenset({"no", "agricultural", "forestry", "military", "emergency", "psv", "bus", "taxi"})
ON_REQUEST = frozenset({"private", "permit"})
LOCAL = frozenset({"service", "residential", "unclassified", "living_street"})
"""Where these are private, patients live behind the sign or a hospital does: kept, but slow. Larger ones are shut."""

NEVER = frozenset({"parking_aisle", "driveway", "drive-through", "emergency_access"})
"""Kinds of service road that lead nowhere but to a parking space."""

FORWARD = frozenset({"yes", "true", "1"})
BACKWARD = frozenset({"-1", "reverse"})
BOTH_WAYS = frozenset({"no", "false", "0", "alternating"})
ROUND = frozenset({"roundabout", "circular"})

DIVIDED = frozenset({"motorway", "trunk", "primary", "secondary"})
"""Where these are one-way between junctions, they are half of a dual carriageway."""

NATIONAL = frozenset({"national", "nsl", "gb:national", "gb:nsl", "uk:national", "uk:nsl"})
SIGNED = {
    **{f"{nation}:nsl_single": 60.0 for nation in ("gb", "uk")},
    **{f"{nation}:nsl_dual": 70.0 for nation in ("gb", "uk")},
    **{f"{nation}:motorway": 70.0 for nation in ("gb", "uk")},
    **{f"{nation}:nsl_restricted": 30.0 for nation in ("gb", "uk")},
    **{f"{nation}:urban": 30.0 for nation in ("gb", "uk")},
    **{f"{nation}:rural": 60.0 for nation in ("gb", "uk")},
    "walk": 5.0,
}
MPH_SIGNS = frozenset(range(5, 75, 5))
KMH_A_MPH = 1.609344

PASSABLE_UNLESS_CLOSED = ("gate", "lift_gate", "swing_gate", "sliding_gate", "chain")
SHUT_UNLESS_OPEN = (
    "bollard",
    "block",
    "planter",
    "jersey_barrier",
    "cycle_barrier",
    "motorcycle_barrier",
    "bus_trap",
    "sump_buster",
    "kissing_gate",
    "stile",
    "turnstile",
    "log",
    "debris",
)
BARRIERS = PASSABLE_UNLESS_CLOSED + SHUT_UNLESS_OPEN
"""Barriers that may stop us; the others (toll booths, cattle grids, height limits, kerbs) never do."""


class Road(NamedTuple):
    """What the rules make of a way."""

    highway: str  # of HIGHWAYS
    forward: bool
    backward: bool
    limit_mph: float | None  # as signed; None where the map does not say
    dual: bool  # half of a dual carriageway
    toll: bool
    private: bool


def read_road(tags: Mapping[str, str]) -> Road | None:
    """The road that a way is, or None where it is none for us."""
    highway = "unclassified" if tags["highway"] == "road" else tags["highway"]
    if highway not in HIGHWAYS or tags.get("area") == "yes" or tags.get("route") == "ferry":
        return None
    if highway == "service" and tags.get("service") in NEVER:
        return None
    allowed = _access(tags)
    if allowed in CLOSED or (allowed in ON_REQUEST and highway not in LOCAL):
        return None
    ways = _directions(highway, tags)
    if not any(ways):
        return None
    at_roundabout = tags.get("junction") in ROUND
    dual = highway in DIVIDED and ways != (True, True) and not at_roundabout
    toll = tags.get("toll", "no") != "no"
    return Road(highway, *ways, _limit_mph(tags, dual=dual), dual, toll, allowed in ON_REQUEST)


def blocks(tags: Mapping[str, str]) -> bool:
    """Whether a barrier that stands on a road ends the drive there.

    A gate is passed unless it is closed to motor vehicles: whoever lives behind a private one opens it. A bollard
    is not, unless the map says so.
    """
    allowed = _access(tags)
    if tags.get("barrier") in PASSABLE_UNLESS_CLOSED:
        return allowed in CLOSED
    return tags.get("barrier") in SHUT_UNLESS_OPEN and (allowed is None or allowed in CLOSED | ON_REQUEST)


def _access(tags: Mapping[str, str]) -> str | None:
    """The rule for cars: the most specific tag decides, and of several values the kindest."""
    for key in MOST_SPECIFIC_FIRST:
        if value := tags.get(key):
            values = [part.strip() for part in value.split(";")]
            return min(values, key=lambda one: (one in CLOSED, one in ON_REQUEST))
    return None


def _directions(highway: str, tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Forward and backward; a lane that is reversed by the hour is open in neither."""
    value = tags.get("oneway")
    if value in BACKWARD:
        return False, True
    if value in FORWARD:
        return True, False
    if value in BOTH_WAYS:
        return True, True
    if value == "reversible":
        return False, False
    implied = tags.get("junction") in ROUND or highway in {"motorway", "motorway_link"}
    return True, not implied


def _limit_mph(tags: Mapping[str, str], *, dual: bool) -> float | None:
    """The signed limit; of several the lowest. Where ``maxspeed`` has none, the kind of limit may say it."""
    for key in ("maxspeed", "maxspeed:type", "source:maxspeed"):
        limits = [_one_limit_mph(part.strip().lower(), dual=dual) for part in tags.get(key, "").split(";")]
        if known := [limit for limit in limits if limit is not None]:
            return min(known)
    return None


def _one_limit_mph(text: str, *, dual: bool) -> float | None:
    """A limit without a unit is in km/h, except where the figure is that of a British sign."""
    if text in NATIONAL:
        return 70.0 if dual else 60.0
    if text in SIGNED:
        return SIGNED[text]
    number, _, unit = text.removesuffix("mph").strip().partition(" ")
    if not number.isdecimal() or not 0 < int(number) <= 200 or unit not in {"", "km/h", "kmh", "kph"}:
        return None
    if text.endswith("mph") or (not unit and int(number) in MPH_SIGNS):
        return float(number)
    return int(number) / KMH_A_MPH
