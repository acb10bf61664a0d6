"""The distinct places of a day, in a fixed order: what the travel times are indexed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """``index`` maps (lat, lon) to the location number; ``lat`` and ``lon`` are in that order."""

    index: Mapping[tuple[float, float], int]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    def at(self, lat: float, lon: float) -> int:
        return self.index[lat, lon]


def places_of(journeys: Sequence[Journey], duties: Sequence[Duty]) -> Places:
    """Bases first, then the places of journeys, each coordinate pair once."""
    index: dict[tuple[float, float], int] = {}
    for duty in duties:
        index.setdefault((duty.base_lat, duty.base_lon), len(index))
    for journey in journeys:
        for place in (journey.pickup, journey.dropoff):
            index.setdefault((place.lat, place.lon), len(index))
    coordinates = np.array(list(index), dtype=np.float64).reshape(-1, 2)
    return Places(index, coordinates[:, 0].copy(), coordinates[:, 1].copy())
