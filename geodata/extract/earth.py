"""Lengths between points in whole 1e-7 degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.network import DEGREE

EARTH_RADIUS_M = 6_371_008.8


def metres_between(
    lat: NDArray[np.int32], lon: NDArray[np.int32], to_lat: NDArray[np.int32], to_lon: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Great-circle metres from each point to its other, by the haversine formula."""
    radian = np.pi / 180 / DEGREE
    phi, to_phi = lat * radian, to_lat * radian
    up = np.sin((to_phi - phi) / 2) ** 2
    across = np.sin((to_lon.astype(np.int64) - lon) * (radian / 2)) ** 2
    chord = np.sqrt(up + np.cos(phi) * np.cos(to_phi) * across)
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(chord, 1))
    return metres
