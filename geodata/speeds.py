"""How long each road takes in each traffic band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from geodata.network import TRAFFIC_CLASSES, RoadNetwork

MOST_CS = 100_000_000
"""Longest time of one road, eleven days: still far below what stands for closed."""


def band_weights(
    network: RoadNetwork, speed_factors: Mapping[str, Sequence[float]], band: int, scale: float = 1.0
) -> NDArray[np.int32]:
    """Centiseconds of every arc [m] in one band.

    Parameters
    ----------
    speed_factors : multipliers of free-flow speed by ``TRAFFIC_CLASSES``, each [b]
    scale : multiplier of all times, from a calibration
    """
    slowness = np.array([scale / speed_factors[name][band] for name in TRAFFIC_CLASSES])
    times = np.rint(network.freeflow_cs * slowness[network.traffic_class])
    weights: NDArray[np.int32] = np.clip(times, 1, MOST_CS).astype(np.int32)
    return weights
