"""Travel times that need no download: a formula fitted to calibrated drives from homes to acute hospitals.

Up to 40 km crow-fly, minutes = 2.50 + 0.32 d + 4.65 √d (mean absolute error 2.9 min, 9.4 %, on 32,864 drives from
2011 census areas to 25 acute hospitals of the region, free of rush hours); beyond, the slope of 6.1 + 0.61 d + 2.40 √d,
fitted to all distances, continues from there. The root makes short urban trips slower per kilometre than long ones. The
formula sees neither rivers nor motorways: a default, not the truth.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from geodata.travel_times import UNREACHABLE, TravelTimes

EARTH_RADIUS_KM = 6371.0088
CIRCUITY = 1.30
"""Road kilometres per crow-fly kilometre."""

NEAR_KM = 40.0
TRUNK_KM = 20.0
"""Crow-fly distance at which half of a drive is on motorways, trunk and rural roads."""

MODEL = "formula/1"

ROWS = 64
"""Origins worked out at a time: few enough that the figures of a block stay in the processor's cache."""


def travel_times(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    band_start_s: Sequence[int],
    speed_factors: Mapping[str, Sequence[float]],
    reference_band: int,
) -> TravelTimes:
    """Times between all places by the fitted formula, scaled a band.

    Parameters
    ----------
    lat, lon : degrees [n]
    band_start_s : elapsed seconds after midnight at which each band begins [b]
    speed_factors : multipliers of free-flow speed by road class (motorway, urban_main, urban_minor, rural), each [b]
    reference_band : the band whose times are the formula's own
    """
    n, bands = len(lat), len(band_start_s)
    long_way = _slowness(speed_factors, ("motorway", "rural"))
    town = _slowness(speed_factors, ("urban_main", "urban_minor"))
    seconds = np.empty((bands, n, n), np.uint16)
    metres = np.empty((n, n), np.int32)

    def fill(first: int) -> None:
        rows = slice(first, first + ROWS)
        km = crow_fly_km(lat, lon, rows)
        metres[rows] = np.rint(km * (1000 * CIRCUITY))
        trunk = km / (km + TRUNK_KM)
        at_reference = _mixed(trunk, long_way[reference_band], town[reference_band])
        base = formula_minutes(km) * 60 / at_reference
        for band in range(bands):
            drive = base * _mixed(trunk, long_way[band], town[band])
            seconds[band, rows] = np.minimum(np.rint(drive, out=drive), UNREACHABLE, out=drive)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(fill, range(0, n, ROWS)))
    here = np.arange(n)
    seconds[:, here, here] = 0
    return TravelTimes(
        lat=np.asarray(lat, np.float64),
        lon=np.asarray(lon, np.float64),
        seconds=seconds,
        metres=metres,
        band_start_s=np.asarray(band_start_s, np.int32),
        model=MODEL,
    )


def formula_minutes(km: NDArray[np.float32]) -> NDArray[np.float32]:
    """Driving minutes between different places ``km`` crow-fly kilometres apart, between rush hours."""
    root = np.sqrt(km)
    near = 2.50 + 0.32 * km + 4.65 * root
    at_limit = 2.50 + 0.32 * NEAR_KM + 4.65 * NEAR_KM**0.5
    far = at_limit + 0.61 * (km - NEAR_KM) + 2.40 * (root - NEAR_KM**0.5)
    return np.where(km < NEAR_KM, near, far)


def crow_fly_km(lat: NDArray[np.float64], lon: NDArray[np.float64], rows: slice = slice(None)) -> NDArray[np.float32]:
    """Great-circle kilometres from the places of ``rows`` to all [rows, n], by the chord through the sphere."""
    phi, lam = np.radians(lat), np.radians(lon)
    axes = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)
    chord = np.sqrt(sum((axis[rows, None] - axis) ** 2 for axis in axes)).astype(np.float32)
    km: NDArray[np.float32] = np.float32(2 * EARTH_RADIUS_KM) * np.arcsin(np.minimum(chord / 2, 1))
    return km


def _mixed(trunk: NDArray[np.float32], long_way: np.float32, town: np.float32) -> NDArray[np.float32]:
    """Time multiplier of drives, a share ``trunk`` of which is on the roads of the long way."""
    return town + trunk * (long_way - town)


def _slowness(speed_factors: Mapping[str, Sequence[float]], classes: Sequence[str]) -> NDArray[np.float32]:
    """Mean time multiplier of some road classes, one a band."""
    slowness = [1 / np.asarray(speed_factors[name], np.float32) for name in classes]
    return np.asarray(np.mean(slowness, axis=0), np.float32)
