"""Travel times of a day, worked out once for all its scenarios: arrays in files that every worker maps into memory.

Folders are named by what the times are of, so a second worker that makes the same ones replaces them by themselves; a
damaged one is told by its checksums and made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from geodata import TravelTimes
from geodata.errors import RoadsError
from geodata.store import read_arrays, write_arrays
from pts_optimiser.domain.policy import Policy
from pts_optimiser.planning.network_travel import network_travel
from pts_optimiser.planning.places import Places, places_of
from pts_optimiser.planning.travel import formula_travel
from pts_optimiser.study.days import StudyDay

KIND = "travel times of a study/1"
ARRAYS = ("lat", "lon", "seconds", "metres", "band_start_s")


def travel_of(day: StudyDay, policy: Policy, network: Path | None) -> TravelTimes:
    """Times between the places of a day: by a road network, or by the formula."""
    places = places_of(day.journeys, day.duties)
    if network is not None:
        return network_travel(network, places, policy, day.service_date).times
    return formula_travel(places, policy, day.service_date)


def shared_travel(whole: StudyDay, day: StudyDay, policy: Policy, network: Path | None, folder: Path) -> TravelTimes:
    """Times between the places of ``day``, cut out of those of the ``whole`` day, which are made if need be.

    Places that only a scenario has (other bases, more journeys) mean times of its own.
    """
    known, wanted = places_of(whole.journeys, whole.duties), places_of(day.journeys, day.duties)
    if any(place not in known.index for place in wanted.index):
        return travel_of(day, policy, network)
    name = _name(known, policy, whole.service_date, network)
    try:
        kept = _kept(folder / name, lambda: travel_of(whole, policy, network))
    except (OSError, RoadsError):  # a worker on a machine that has no such folder
        return travel_of(day, policy, network)
    at = np.array([known.index[place] for place in wanted.index])
    seconds = np.empty((len(kept.seconds), len(at), len(at)), kept.seconds.dtype)
    for band, times in enumerate(kept.seconds):
        seconds[band] = times[np.ix_(at, at)]
    return TravelTimes(wanted.lat, wanted.lon, seconds, kept.metres[np.ix_(at, at)], kept.band_start_s, kept.model)


def _kept(folder: Path, make: Callable[[], TravelTimes]) -> TravelTimes:
    try:
        arrays, meta = read_arrays(folder, KIND)
    except RoadsError:  # not there yet, or damaged
        made = make()
        write_arrays(folder, KIND, {name: getattr(made, name) for name in ARRAYS}, {"model": made.model})
        arrays, meta = read_arrays(folder, KIND)
    return TravelTimes(**arrays, model=meta["model"])


def _name(places: Places, policy: Policy, service_date: date, network: Path | None) -> str:
    digest = hashlib.sha256(places.lat.tobytes() + places.lon.tobytes())
    digest.update(f"{sorted(asdict(policy.traffic).items())} {service_date} {network}".encode())
    return digest.hexdigest()[:32]
