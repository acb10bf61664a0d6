"""A flat map of the region: kilometres east and north of its middle, within 2 % of the truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KM_PER_DEGREE = 111.195
MIDDLE_LAT, MIDDLE_LON = 52.7, -2.3
KM_PER_LON = KM_PER_DEGREE * float(np.cos(np.radians(MIDDLE_LAT)))

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def to_plane(lat: Floats, lon: Floats) -> Floats:
    """Kilometres [n, 2], east then north."""
    return np.stack([(lon - MIDDLE_LON) * KM_PER_LON, (lat - MIDDLE_LAT) * KM_PER_DEGREE], axis=1)


def to_degrees(xy: Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude of points of the plane."""
    return xy[..., 1] / KM_PER_DEGREE + MIDDLE_LAT, xy[..., 0] / KM_PER_LON + MIDDLE_LON


def lengths_m(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> Floats:
    """Metres from points to points a few kilometres apart."""
    north = to_lat - lat
    east = (to_lon - lon) * np.cos(np.radians((lat + to_lat) / 2))
    return np.hypot(north, east) * (KM_PER_DEGREE * 1000)
