"""Where each stop of a duty is, in the words of its journey or of the base."""

from __future__ import annotations

from collections.abc import Mapping

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey, Place, PlaceKind
from pts_optimiser.domain.roster import RosteredDuty, StopKind


def spots(rostered: RosteredDuty, duty: Duty, journey_of: Mapping[str, Journey]) -> list[Place]:
    """One place a stop; a break is where the stop before it was."""
    base = Place(duty.base, duty.base_lat, duty.base_lon, PlaceKind.SITE)
    here, found = base, []
    for stop in rostered.stops:
        if stop.journey_id is not None:
            journey = journey_of[stop.journey_id]
            here = journey.pickup if stop.kind is StopKind.PICKUP else journey.dropoff
        elif stop.kind is StopKind.END:
            here = base
        found.append(here)
    return found
