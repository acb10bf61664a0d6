"""A roster that the day has changed, with the ways of its drives by road: as they were drawn before, and new ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.legs import Way, leg_of
from pts_optimiser.domain.roster import Roster
from pts_optimiser.reporting.geojson import is_drawn
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.ways import Drive, drawn_ways, drive_of

if TYPE_CHECKING:
    from geodata.roads import Roads

MAP = "map.geojson"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a map along roads shows."""

    ways: Mapping[Drive, Way]
    attribution: str


def drawn_in(document: Mapping[str, Any], roster: Roster) -> Drawn:
    """What the map of a roster shows."""
    return Drawn(drawn_ways(document, roster), document.get("attribution", ""))


def drawn_beside(roster: Roster, folder: Path) -> Drawn | None:
    """What the map in the roster's folder shows; None where there is none, or none of its runs follows a road.

    Raises
    ------
    InputError
        It cannot be read, or is not a map of this roster.
    """
    file = folder / MAP
    try:
        drawn = drawn_in(json.loads(file.read_bytes()), roster)
    except FileNotFoundError:
        return None
    except (OSError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{file} is not the map of this roster; restore it, or delete it: runs are straight then"
        ) from error
    return drawn if drawn.ways else None


def along(publication: Publication, drawn: Drawn, roads: Callable[[], Roads | None]) -> Publication:
    """A roster with the ways of its drives: those that were drawn before keep theirs, the others go by the ``roads``.

    These are asked for where there are others; what nobody knows stays straight.
    """
    drives = {
        leg_of(before, stop): (before, stop)
        for duty in publication.roster.duties
        for before, stop in pairwise(duty.stops)
        if is_drawn(before, stop)
    }
    known = {leg: way for leg, ends in drives.items() if (way := drawn.ways.get(drive_of(*ends)))}
    new = {leg: ends for leg, ends in drives.items() if leg not in known}
    network = roads() if new else None
    if network is None:
        return replace(publication, lines=known, attribution=drawn.attribution)
    from pts_optimiser.planning.network_travel import ways_by_road  # noqa: PLC0415  loads SciPy and the kernels

    found = zip(new, ways_by_road(network, publication.policy, list(new.values())), strict=True)
    credit = dict.fromkeys([drawn.attribution, network.network.attribution])
    lines = known | {leg: way for leg, way in found if way}
    return replace(publication, lines=lines, attribution=" · ".join(filter(None, credit)))
