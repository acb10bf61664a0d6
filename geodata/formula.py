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
from math import prod
from mmap import mmap
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.drives import Drives, Fill, Ways
from geodata.tier0.fill import BLOCK, mirror
from geodata.tier0.fitted import FITTED, Parameters
from geodata.tier0.plane import on_plane
from geodata.travel_times import TravelTimes

MODEL = "formula/2"
Number = TypeVar("Number", np.uint16, np.int32)


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
    n = len(lat)
    seconds = np.empty((len(band_start_s), n, n), np.uint16)
    metres = np.empty((n, n), np.int32)
    drives = Drives(speed_factors, reference_band, FITTED)
    _fill(seconds, metres, 0, drives.between(drives.ways(on_plane(lat, lon))))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        blocks = reversed(range(0, n, BLOCK))
        list(threads.map(lambda first: [mirror(matrix, first) for matrix in (*seconds, metres)], blocks))
    return TravelTimes(
        lat=np.asarray(lat, np.float64),
        lon=np.asarray(lon, np.float64),
        seconds=seconds,
        metres=metres,
        band_start_s=np.asarray(band_start_s, np.int32),
        model=MODEL,
    )


class Formula:
    """Drives to places that a table does not hold, time and again: the ways of the table's own places to the main
    roads are worked out once.

    Parameters
    ----------
    speed_factors : one multiplier for each band of the table
    reference_band : the band whose times are those of the fit
    """

    def __init__(self, speed_factors: Mapping[str, Sequence[float]], reference_band: int) -> None:
        self._drives = Drives(speed_factors, reference_band, FITTED)
        self._ways: Ways | None = None

    def beyond(
        self, known: TravelTimes, lat: NDArray[np.float64], lon: NDArray[np.float64]
    ) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
        """Drives between k new places and the table's n and the new ones: seconds [b, k, n + k], metres [k, n + k].

        They are as long one way as the other.
        """
        n, more = len(known.lat), len(known.lat) + len(lat)
        seconds = _unwritten((len(known.band_start_s), more, more), np.uint16)
        metres = _unwritten((more, more), np.int32)
        ways = self._drives.ways(on_plane(lat, lon)).behind(self._ways_of(on_plane(known.lat, known.lon)))
        _fill(seconds, metres, n, self._drives.between(ways))
        for matrix in (*seconds, metres):
            for row in range(n, more):
                matrix[n:row, row] = matrix[row, n:row]
        return seconds[:, n:].copy(), metres[n:].copy()

    def _ways_of(self, places: NDArray[np.float64]) -> Ways:
        """Those of a table's places; where they begin as the last table's did, only the others are worked out."""
        known = self._ways
        if known is not None:
            same = min(len(known.places), len(places))
            differs = np.flatnonzero((known.places[:same] != places[:same]).any(axis=1))
            known = known.first(int(differs[0]) if len(differs) else same)
        count = 0 if known is None else len(known.places)
        if known is None or count < len(places):
            rest = self._drives.ways(places[count:])
            known = rest if known is None else rest.behind(known)
        self._ways = known
        return known


def _unwritten(shape: tuple[int, ...], kind: type[Number]) -> NDArray[Number]:
    """An array of which only the rows that are written take memory. For large ones of its own numpy asks for pages of
    two megabytes, which the system has to clear: 20 ms for two rows of a weekday.
    """
    return np.frombuffer(mmap(-1, prod(shape) * np.dtype(kind).itemsize), kind).reshape(shape)


def _fill(seconds: NDArray[np.uint16], metres: NDArray[np.int32], begin: int, fill: Fill) -> None:
    """Fill the rows from ``begin`` on, up to the diagonal."""
    n = len(metres)
    here = np.arange(begin, n)
    seconds[:, here, here] = 0
    metres[here, here] = 0
    if n - begin <= BLOCK:
        fill(begin, n, seconds, metres)
        return
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        blocks = reversed(range(begin, n, BLOCK))
        list(threads.map(lambda first: fill(first, min(first + BLOCK, n), seconds, metres), blocks))


def straight_minutes(km: NDArray[np.float64], parameters: Parameters = FITTED) -> NDArray[np.float64]:
    """Driving minutes off the skeleton between places ``km`` crow-fly kilometres apart, between rush hours."""
    return parameters.start + parameters.per_km * km + parameters.per_root_km * np.sqrt(km)
