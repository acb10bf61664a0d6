"""The ways of a roster's legs, read back from the map that was drawn with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from pts_optimiser.domain.legs import Way
from pts_optimiser.domain.roster import Roster, RosteredDuty, Stop
from pts_optimiser.reporting.geojson import position

Drive = tuple[int, float, float, float, float]
"""Band, and longitude and latitude of both ends as the map has them: what two versions of a roster have in common."""


def drive_of(before: Stop, stop: Stop) -> Drive:
    """The drive between two stops that follow each other."""
    (west, south), (east, north) = position(before), position(stop)
    return before.band, west, south, east, north


def drawn_ways(document: Mapping[str, Any], roster: Roster) -> dict[Drive, Way]:
    """What lies between the stops of each drive that ``map_document`` has drawn along roads."""
    lines: dict[str, Way] = {}
    for feature in document["features"]:
        if feature["geometry"]["type"] == "LineString":
            lines.setdefault(feature["properties"]["duty_id"], []).extend(feature["geometry"]["coordinates"])
    return {drive: way for duty in roster.duties for drive, way in _cut(duty, lines.get(duty.duty_id, []))}


def _cut(duty: RosteredDuty, line: Way) -> Iterator[tuple[Drive, Way]]:
    """A duty's line in pieces; a stop that is not on it has no piece that leads to it."""
    points, at = [point for point, _ in groupby(line)], 0
    for before, stop in pairwise(duty.stops):
        here = position(stop)
        if here in points[at:]:
            end = points.index(here, at)
            if end > at + 1:
                yield drive_of(before, stop), points[at + 1 : end]
            at = end
