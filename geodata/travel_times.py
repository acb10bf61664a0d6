"""Travel times between places, one matrix a traffic band, and their file ``travel.npz``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNREACHABLE = 65_535
"""Seconds that stand for «no way»; no leg of a service takes 18 hours."""


@dataclass(frozen=True, slots=True, eq=False)
class TravelTimes:
    """Driving times and distances between n places in b traffic bands.

    ``seconds[band, origin, destination]`` in whole seconds, ``metres[origin, destination]`` along the same way,
    ``band_start_s`` the elapsed seconds after local midnight at which each band begins, the first 0.
    """

    lat: NDArray[np.float64]  # [n] degrees, WGS 84
    lon: NDArray[np.float64]  # [n]
    seconds: NDArray[np.integer[Any]]  # [b, n, n] uint16, or int32 while it is planned with
    metres: NDArray[np.int32]  # [n, n]
    band_start_s: NDArray[np.int32]  # [b]
    model: str

    def band_at(self, seconds_after_midnight: int) -> int:
        """The band in force: the last that has begun; before the first, the first."""
        return max(0, int(np.searchsorted(self.band_start_s, seconds_after_midnight, side="right")) - 1)

    def save(self, path: Path) -> None:
        """Write ``travel.npz``, uncompressed: packing takes seconds and saves a sixth."""
        with path.open("wb") as file:
            np.savez(
                file,
                lat=self.lat,
                lon=self.lon,
                seconds=self.seconds,
                metres=self.metres,
                band_start_s=self.band_start_s,
            )
