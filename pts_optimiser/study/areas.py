"""Where a patient lives, as coarse as a postcode district, and whether that is in the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.spatial import cKDTree

from geodata.earth import EARTH_RADIUS_M
from geodata.postcodes import sectors
from pts_optimiser.domain.journey import Journey, Place, PlaceKind

RURAL_SD_M = 1_500.0
"""A sector whose postcodes are spread wider than this is rural [A]: 19 % of the region's postcodes."""

BEYOND_M = 20_000.0
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Area:
    """A postcode district (``B15``) and the kind of the sector within it."""

    name: str
    rural: bool


def home_of(journey: Journey) -> Place:
    """The end at the patient's home; of a transfer, where it begins."""
    return journey.dropoff if journey.dropoff.kind is PlaceKind.HOME else journey.pickup


def areas_of(places: Sequence[Place]) -> list[Area]:
    """The area of the postcode's sector, or of the nearest sector's centroid; more than 20 km from any is elsewhere."""
    table = sectors()
    tree, scale = _tree()
    away, nearest = tree.query(np.array([(place.lat, place.lon) for place in places]).reshape(-1, 2) * scale)
    found = []
    for place, metres, near in zip(places, away.tolist(), nearest.tolist(), strict=True):
        sector = _number_of().get(place.postcode[:-2].strip(), near)
        known = metres <= BEYOND_M
        found.append(
            Area(table.name[sector].split()[0] if known else ELSEWHERE, known and bool(table.sd[sector] > RURAL_SD_M))
        )
    return found


@cache
def _number_of() -> dict[str, int]:
    return {name: number for number, name in enumerate(sectors().name)}


@cache
def centres() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of every postcode district: the mean of its sectors, weighted by their postcodes."""
    table = sectors()
    of_district: dict[str, list[int]] = {}
    for number, name in enumerate(table.name):
        of_district.setdefault(name.split()[0], []).append(number)
    return {
        name: (
            float(np.average(table.lat[numbers], weights=table.postcodes[numbers])),
            float(np.average(table.lon[numbers], weights=table.postcodes[numbers])),
        )
        for name, numbers in of_district.items()
    }


@cache
def _tree() -> tuple[cKDTree, np.ndarray]:
    """Sector centroids in metres on a plane, and the metres of a degree of latitude and longitude."""
    table = sectors()
    scale = np.radians(EARTH_RADIUS_M) * np.array([1.0, np.cos(np.radians(table.lat.mean()))])
    return cKDTree(np.column_stack([table.lat, table.lon]) * scale), scale
