"""Travel times of a day from a file of the user's own, in the format of ``travel.npz``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from geodata.earth import apart_m
from geodata.travel_times import UNREACHABLE
from pts_optimiser.checking import read_travel
from pts_optimiser.domain.clock import wall_seconds
from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.domain.policy import Policy
from pts_optimiser.planning.nearby import matched
from pts_optimiser.planning.places import Places

WITHIN_M = 10.0
"""How far a place may lie from the location whose times it takes."""

NAMED = 5
"""How many missing places an error names."""

BANDS_NAMED = 24

MOST_M = 10_000_000
"""Longest distance that is told apart; more is longer than any road."""


def file_travel(path: Path, places: Places, policy: Policy, service_date: date) -> TravelTimes:
    """The file's times between the day's places, which keep coordinates and order of their own.

    The file's bands begin when the policy's do: by the clock on the wall, or in seconds that pass after midnight on
    this very day, which is the same except when the clocks change. Times of 65,535 s and more stand for «no way».

    Raises
    ------
    TravelTimesError
        The file cannot be read, has other bands than the policy, or no location within 10 m of some place.
    """
    table = read_travel(path)
    clock = policy.traffic.band_starts
    starts = [wall_seconds(service_date, start) for start in clock]
    if table.band_start_s.tolist() not in (starts, list(clock)):
        raise TravelTimesError(_other_bands(path, table.band_start_s.tolist(), clock))
    here = matched(places.lat, places.lon, table.lat, table.lon, WITHIN_M)
    if (here < 0).any():
        raise TravelTimesError(_missing(path, np.flatnonzero(here < 0), places, table.lat, table.lon))
    pairs = np.ix_(here, here)
    seconds = np.empty((len(starts), len(here), len(here)), np.uint16)
    for band, times in enumerate(table.seconds):
        seconds[band] = np.minimum(times[pairs], UNREACHABLE)
    return TravelTimes(
        lat=places.lat,
        lon=places.lon,
        seconds=seconds,
        metres=np.minimum(table.metres[pairs], MOST_M).astype(np.int32),
        band_start_s=np.array(starts, np.int32),
        model=f"file {path.name}",
    )


def _other_bands(path: Path, found: Sequence[int], wanted: Sequence[int]) -> str:
    missing = [start for start in wanted if start not in found]
    more = [start for start in found if start not in wanted]
    return (
        f"{path}: traffic bands begin at {_clocks(found)}, the policy's at {_clocks(wanted)}."
        + (f" Missing: {_clocks(missing)}." if missing else "")
        + (f" Not in the policy: {_clocks(more)}." if more else "")
        + " Make the file for the policy's bands, or write the file's under [traffic] band_start of the policy,"
        " with as many speed factors."
    )


def _clocks(starts: Sequence[int]) -> str:
    named = ", ".join(f"{start // 3600:02}:{start // 60 % 60:02}" + f":{start % 60:02}" * (start % 60 > 0)
                      for start in starts[:BANDS_NAMED])  # fmt: skip
    return named + ", …" * (len(starts) > BANDS_NAMED)


def _missing(
    path: Path,
    missing: NDArray[np.int64],
    places: Places,
    known_lat: NDArray[np.floating],
    known_lon: NDArray[np.floating],
) -> str:
    named = []
    for place in missing[:NAMED].tolist():
        away = apart_m(places.lat[place], places.lon[place], known_lat, known_lon)
        nearest = int(away.argmin()) if len(away) else None
        where = "the file has no locations" if nearest is None else f"location {nearest} is {_far(away[nearest])} away"
        named.append(f"{places.names[place]} ({where})")
    more = f"; and {len(missing) - NAMED:,} more" if len(missing) > NAMED else ""
    return (
        f"{path}: no travel times for {len(missing):,} of the day's {len(places.names):,} places. Places are found by"
        f" coordinates to {WITHIN_M:g} m; the nearest known location is named: {'; '.join(named)}{more}."
        " Make the file for the places of this day, look whether lat and lon are swapped, or plan without --travel."
    )


def _far(metres: float) -> str:
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:,.1f} km"
