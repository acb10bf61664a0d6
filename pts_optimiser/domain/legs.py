"""A leg, which is what a vehicle drives from one stop to the next, and the way that it takes."""

from __future__ import annotations

from pts_optimiser.domain.roster import Stop

Leg = tuple[int, int, int]
"""Band, location left and location reached."""

Way = list[list[float]]
"""[longitude, latitude] points."""


def leg_of(before: Stop, stop: Stop) -> Leg:
    """The leg between two stops that follow each other."""
    return before.band, before.location, stop.location
