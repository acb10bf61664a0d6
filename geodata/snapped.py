"""Places put onto the roads of a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """p places on arcs: left by an arc's head after the rest of it, reached by its tail after the part before."""

    arc: NDArray[np.int32]  # [p, 2] arc on which the place lies, and its opposite arc, -1 where one-way
    fraction: NDArray[np.float64]  # [p] how far along arc[:, 0], 0..1 (1 - fraction along the opposite)
    off_road_m: NDArray[np.float64]  # [p] metres between the place and the road
