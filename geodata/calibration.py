"""How much slower or faster real drives are than a network's: one factor for all its times."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError
from geodata.network import KIND
from geodata.roads import Roads, SpeedFactors, located
from geodata.snapping import LIMIT_M
from geodata.store import amend_meta
from geodata.travel_times import UNREACHABLE

LEAST_DRIVES = 20
"""Fewer known drives than this between roads of the network say little."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """``scale`` multiplies free-flow times; errors are mean |modelled / known - 1|, before and after."""

    scale: float
    drives: int
    left_out: int  # drives that begin or end off the network, or have no way on it
    error_before: float
    error_after: float


def calibrated(
    roads: Roads,
    origin: NDArray[np.float64],
    destination: NDArray[np.float64],
    known_s: NDArray[np.float64],
    speed_factors: SpeedFactors,
    band: int,
) -> Calibration:
    """The scale that makes the median of modelled over known times 1.

    Parameters
    ----------
    origin, destination : latitude and longitude of each drive [k, 2]
    known_s : its seconds in the traffic of ``band`` [k]

    Raises
    ------
    RoadsError
        Hardly any of the drives are on the network.
    """
    ends, where = np.unique(np.concatenate([origin, destination]), axis=0, return_inverse=True)
    one_band = {name: (factors[band],) for name, factors in speed_factors.items()}
    places = located(roads, ends[:, 0], ends[:, 1], one_band, 1)
    times = places.travel_times([0]).seconds[0]
    start, end = np.split(where, 2)
    near = places.snapped.off_road_m <= LIMIT_M
    used = near[start] & near[end] & (times[start, end] != UNREACHABLE) & (start != end) & (known_s > 0)
    if used.sum() < LEAST_DRIVES:
        raise RoadsError(
            f"only {int(used.sum()):,} of {len(used):,} known drives are on the network; {LEAST_DRIVES} are needed."
            " Give drives between places of its area."
        )
    ratio = times[start, end][used] / known_s[used]
    factor = 1 / float(np.median(ratio))
    return Calibration(
        scale=round(roads.scale * factor, 4),
        drives=int(used.sum()),
        left_out=int((~used).sum()),
        error_before=float(np.abs(ratio - 1).mean()),
        error_after=float(np.abs(ratio * factor - 1).mean()),
    )


def keep_scale(folder: Path, scale: float) -> None:
    """Write the scale beside the network, for all who open it.

    Raises
    ------
    RoadsError
        No network there, or a folder that cannot be written.
    """
    amend_meta(folder, KIND, {"scale": scale})
