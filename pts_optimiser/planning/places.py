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
    """``index`` maps (lat, lon) to the location number; ``lat``, ``lon`` and ``names`` are in that order.

    A name says who needs the place first: labels and coordinates may tell where a patient lives.
    """

    index: Mapping[tuple[float, float], int]
    names: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    def at(self, lat: float, lon: float) -> int:
        return self.index[lat, lon]


def places_of(journeys: Sequence[Journey], duties: Sequence[Duty]) -> Places:
    """Bases first, then the places of journeys, each coordinate pair once."""
    names: dict[tuple[float, float], str] = {}
    for duty in duties:
        names.setdefault((duty.base_lat, duty.base_lon), f"base of duty {duty.duty_id}")
    for journey in journeys:
        for end, place in (("pick-up", journey.pickup), ("drop-off", journey.dropoff)):
            names.setdefault((place.lat, place.lon), f"{end} of journey {journey.journey_id}")
    coordinates = np.array(list(names), dtype=np.float64).reshape(-1, 2)
    index = {place: number for number, place in enumerate(names)}
    return Places(index, tuple(names.values()), coordinates[:, 0].copy(), coordinates[:, 1].copy())
