"""Which known location each place is, by coordinates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.earth import EARTH_RADIUS_M, apart_m

Degrees = NDArray[np.floating]
METRES_PER_DEGREE = EARTH_RADIUS_M * np.pi / 180
"""Of latitude."""


def matched(lat: Degrees, lon: Degrees, known_lat: Degrees, known_lon: Degrees, within_m: float) -> NDArray[np.int64]:
    """The nearest known location of each place at most ``within_m`` metres away, -1 where there is none.

    Known locations are sorted by latitude, and each place looks only at those in its strip of ``within_m`` up and down:
    thousands against thousands take milliseconds.
    """
    order = np.argsort(known_lat, kind="stable")
    strip = known_lat[order]
    margin = within_m / METRES_PER_DEGREE
    at, stop = np.searchsorted(strip, lat - margin, "left"), np.searchsorted(strip, lat + margin, "right")
    found = np.full(len(lat), -1, np.int64)
    least = np.full(len(lat), float(within_m))
    looking = np.flatnonzero(at < stop)
    while len(looking):
        candidate = order[at[looking]]
        away = apart_m(lat[looking], lon[looking], known_lat[candidate], known_lon[candidate])
        nearer = (away < least[looking]) | ((away == least[looking]) & (found[looking] < 0))
        found[looking[nearer]] = candidate[nearer]
        least[looking[nearer]] = away[nearer]
        at[looking] += 1
        looking = looking[at[looking] < stop[looking]]
    return found
