"""Driving times of the day: the plan's travel times, changed where traffic has changed, from mid-leg where need be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from pts_optimiser.checking import Travel
from pts_optimiser.domain.events import Box

EARTH_M_PER_DEGREE = 111_195.0
CIRCUITY = 1.3  # a road's length over the straight line's
PACE_M_PER_S = 9.7  # 35 km/h; both used only for places that the travel times do not hold


@dataclass(frozen=True, slots=True)
class Point:
    """A place, WGS 84 degrees; ``location`` indexes the travel times, None where they do not hold it.

    On the way between two locations, ``towards`` is the one ahead and ``share`` how much of the drive is done: from
    there to x it is (1 − share) × the drive from ``location`` to x + share × the drive from ``towards`` to x.
    """

    lat: float
    lon: float
    location: int | None
    towards: int | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """In [begin, end), elapsed seconds, driving inside ``area`` takes ``factor`` times as long."""

    area: Box
    factor: float
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Roads:
    travel: Travel
    band_starts: tuple[int, ...]
    changes: Sequence[Change] = ()

    def band(self, seconds: float) -> int:
        """The traffic band in force; before the first, the first."""
        return max(0, bisect_right(self.band_starts, seconds) - 1)

    def drive(self, start: Point, end: Point, band: int, leave: float) -> int:
        """Seconds from one point to another in the times of ``band``, leaving at ``leave``."""
        plain = self.undisturbed(start, end, band)
        slower = 1.0
        for change in self.changes:
            if change.begin <= leave < change.end:
                slower += (change.factor - 1) * share_inside(change.area, start, end)
        return round(plain * max(slower, 0.1))

    def undisturbed(self, start: Point, end: Point, band: int) -> float:
        """Seconds by the plan's travel times, whatever has changed since."""
        if start.location is None or end.location is None:
            return CIRCUITY * metres(start, end) / PACE_M_PER_S
        seconds = self.travel.seconds[band]
        from_start = float(seconds[start.location, end.location])
        if start.towards is None:
            return from_start
        ahead = 0.0 if start.towards == end.location else float(seconds[start.towards, end.location])
        return (1 - start.share) * from_start + start.share * ahead


def metres(one: Point, other: Point) -> float:
    """Straight-line distance, good to a percent over a region."""
    north = other.lat - one.lat
    east = (other.lon - one.lon) * cos(radians((one.lat + other.lat) / 2))
    return EARTH_M_PER_DEGREE * hypot(north, east)


def between(start: Point, end: Point, share: float) -> Point:
    """The point at a share of the way from a place to another."""
    lat = start.lat + share * (end.lat - start.lat)
    lon = start.lon + share * (end.lon - start.lon)
    if start.towards is not None or start.location is None or end.location is None:
        return Point(lat, lon, None)
    return Point(lat, lon, start.location, end.location, share)


def share_inside(area: Box, start: Point, end: Point) -> float:
    """How much of the straight line between two points lies inside an area (Liang and Barsky's clipping)."""
    enter, leave = 0.0, 1.0
    for origin, step, low, high in (
        (start.lat, end.lat - start.lat, area.south, area.north),
        (start.lon, end.lon - start.lon, area.west, area.east),
    ):
        if step == 0:
            if not low <= origin <= high:
                return 0.0
            continue
        near, far = sorted(((low - origin) / step, (high - origin) / step))
        enter, leave = max(enter, near), min(leave, far)
    return max(0.0, leave - enter)
