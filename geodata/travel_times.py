"""Travel times between places, one matrix a traffic band, and their file ``travel.npz``."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

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
    seconds: NDArray[np.uint16]  # [b, n, n]
    metres: NDArray[np.int32]  # [n, n]
    band_start_s: NDArray[np.int32]  # [b]
    model: str

    def band_at(self, seconds_after_midnight: int) -> int:
        """The band in force: the last that has begun; before the first, the first."""
        return max(0, int(np.searchsorted(self.band_start_s, seconds_after_midnight, side="right")) - 1)

    def to_npz(self) -> bytes:
        """The content of ``travel.npz``."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            lat=self.lat,
            lon=self.lon,
            seconds=self.seconds,
            metres=self.metres,
            band_start_s=self.band_start_s,
        )
        return buffer.getvalue()

    @classmethod
    def load(cls, path: Path, model: str = "file") -> TravelTimes:
        """Read ``travel.npz``.

        Raises
        ------
        ValueError
            Where an array is missing, of the wrong shape or not numeric. Pickled content is never read.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                found = {name: arrays[name] for name in ("lat", "lon", "seconds", "metres", "band_start_s")}
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
            raise ValueError(f"{path.name} is not a travel-times file: {error}") from error
        n, b = len(found["lat"]), len(found["band_start_s"])
        shapes = {"lat": (n,), "lon": (n,), "seconds": (b, n, n), "metres": (n, n), "band_start_s": (b,)}
        for name, shape in shapes.items():
            if found[name].shape != shape:
                raise ValueError(f"{path.name}: {name} has shape {found[name].shape}, expected {shape}")
        return cls(
            lat=found["lat"].astype(np.float64),
            lon=found["lon"].astype(np.float64),
            seconds=found["seconds"].astype(np.uint16),
            metres=found["metres"].astype(np.int32),
            band_start_s=found["band_start_s"].astype(np.int32),
            model=model,
        )
