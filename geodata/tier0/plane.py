"""The region on a plane, in kilometres: the sphere's transverse Mercator round its middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.earth import EARTH_RADIUS_M

MIDDLE = 52.8, -2.3
"""Latitude and longitude; 150 km to its east or west, lengths are 0.03 % too long."""


def on_plane(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kilometres east and north of the middle of the region [n, 2], from degrees."""
    phi, lam = np.radians(lat), np.radians(np.asarray(lon) - MIDDLE[1])
    east = np.arctanh(np.cos(phi) * np.sin(lam))
    north = np.arctan2(np.tan(phi), np.cos(lam)) - np.radians(MIDDLE[0])
    return EARTH_RADIUS_M / 1000 * np.stack([east, north], axis=-1)
