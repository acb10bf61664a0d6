"""Travel times that need no download: straight by a fitted formula or over main roads, whichever is faster.

A drive goes straight to its end, slower per kilometre the shorter it is, but never over water other than by a bridge or
tunnel; or it goes to a junction of the skeleton of motorways, trunk and main roads, along that, and from another
junction to its end. The few figures are fitted to calibrated drives from 2011 census areas to 25 acute hospitals of the
region between rush hours, see ``docs/decisions/0019-formula-and-skeleton.md``. It knows no street: a default, not the
truth.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.drives import drives
from geodata.tier0.fill import BLOCK, mirror
from geodata.tier0.fitted import FITTED, Parameters
from geodata.tier0.plane import on_plane
from geodata.travel_times import TravelTimes

MODEL = "formula/2"


def travel_times(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    band_start_s: Sequence[int],
    speed_factors: Mapping[str, Sequence[float]],
    reference_band: int,
) -> TravelTimes:
    """Times between all places by formula and skeleton, scaled a band; as long one way as the other.

    Parameters
    ----------
    lat, lon : degrees [n]
    band_start_s : elapsed seconds after midnight at which each band begins [b]
    speed_factors : multipliers of free-flow speed by road class (motorway, urban_main, urban_minor, rural), each [b]
    reference_band : the band whose times are those of the fit
    """
    n, bands = len(lat), len(band_start_s)
    fill = drives(on_plane(lat, lon), speed_factors, reference_band, FITTED)
    seconds = np.empty((bands, n, n), np.uint16)
    metres = np.empty((n, n), np.int32)
    here = np.arange(n)
    seconds[:, here, here] = 0
    metres[here, here] = 0
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        blocks = range(0, n, BLOCK)
        list(threads.map(lambda first: fill(first, min(first + BLOCK, n), seconds, metres), reversed(blocks)))
        list(threads.map(lambda first: [mirror(matrix, first) for matrix in (*seconds, metres)], reversed(blocks)))
    return TravelTimes(
        lat=np.asarray(lat, np.float64),
        lon=np.asarray(lon, np.float64),
        seconds=seconds,
        metres=metres,
        band_start_s=np.asarray(band_start_s, np.int32),
        model=MODEL,
    )


def straight_minutes(km: NDArray[np.float64], parameters: Parameters = FITTED) -> NDArray[np.float64]:
    """Driving minutes off the skeleton between places ``km`` crow-fly kilometres apart, between rush hours."""
    return parameters.start + parameters.per_km * km + parameters.per_root_km * np.sqrt(km)
