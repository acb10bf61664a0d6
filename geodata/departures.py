"""Driving times at any moment of departure: leaving later never means arriving earlier.

Bands are steps, and a step down lets a vehicle that leaves after it overtake one that left before. So the time is
blended linearly round the beginning of each band; where a drive shortens by more than the blend is long, whoever leaves
earlier is caught up with but not overtaken (the network is «FIFO»).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geodata.travel_times import UNREACHABLE, TravelTimes

BLEND_S = 3600
"""Length of a blend, half of it before the band begins; no longer than the shorter of the two bands."""


def drive_s(travel: TravelTimes, origin: ArrayLike, destination: ArrayLike, leaving_s: ArrayLike) -> NDArray[np.int64]:
    """Whole seconds of driving between places when leaving ``leaving_s`` seconds after midnight.

    The arguments are broadcast together; the answer has their common shape. ``UNREACHABLE`` where there is no way in
    the band of the departure or in one that it is blended with.
    """
    origin, destination, leaving = np.broadcast_arrays(origin, destination, np.asarray(leaving_s, np.int64))
    first, last = _blends(travel.band_start_s.astype(np.int64))
    drives = travel.seconds[:, origin, destination].astype(np.float64)
    at = drives[0]
    closed = at >= UNREACHABLE
    earliest = np.zeros_like(at)
    for band in range(1, len(drives)):
        before, after = drives[band - 1], drives[band]
        share = np.clip((leaving - first[band]) / max(1, last[band] - first[band]), 0, 1)
        at = np.where(share > 0, before + share * (after - before), at)
        # An arrival is never earlier than that of whoever left when this blend began.
        began = (share > 0) & (before < UNREACHABLE)
        earliest = np.where(began, np.maximum(earliest, first[band] + before), earliest)
        closed = np.where(share >= 1, after >= UNREACHABLE, closed | ((share > 0) & (after >= UNREACHABLE)))
    arrival = np.maximum(leaving + at, earliest)
    return np.where(closed, UNREACHABLE, np.rint(arrival) - leaving).astype(np.int64)


def _blends(starts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When the blend into each band begins and ends; the first band has none."""
    lengths = np.diff(starts, append=starts[-1] + 2 * BLEND_S)
    before = np.concatenate([[BLEND_S], lengths[:-1]])
    half = np.minimum(BLEND_S, np.minimum(lengths, before)) // 2
    return starts - half, starts + half
