"""What makes the solver serve everybody first, then use few vehicles, then travel little: prices in integer units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.instances.instance import Instance

DEAREST = 1 << 30  # a single price has room in 32 bits; sums are taken in 64


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """``vehicle`` for using one [v], ``unserved`` for leaving a request out [n]."""

    vehicle: NDArray[np.int32]
    unserved: NDArray[np.int32]


def travel_bound(instance: Instance) -> float:
    """No plan travels further: neither beyond its shifts, nor on longer legs than the longest to each stop."""
    shifts = [min(vehicle.latest - vehicle.earliest, vehicle.max_duration) for vehicle in instance.vehicles]
    within = np.where(instance.travel <= max(shifts, default=0.0), instance.travel, 0)
    longest = within.max(axis=0, initial=0.0)
    stops = [node.place for request in instance.requests for node in (request.pickup, request.dropoff)]
    legs = longest[stops].sum() + longest[[vehicle.end for vehicle in instance.vehicles]].sum()
    return max(1.0, min(float(sum(shifts)), float(legs)))


def prices(instance: Instance, bound: float, scale: float) -> Prices:
    """A vehicle more costs more than any travel where fewest come first; a request left out costs more than both.

    A request left out costs in proportion to its weight.
    """
    if instance.objective == "vehicles then distance":
        vehicle = np.full(len(instance.vehicles), np.ceil(bound * scale) + 1)
    else:
        vehicle = np.array([np.ceil(vehicle.cost * scale) for vehicle in instance.vehicles])
    weight = np.array([float(request.weight) for request in instance.requests])
    dearest = np.ceil(bound * scale) + vehicle.max(initial=0.0) + 1
    unserved = np.minimum(dearest, DEAREST / weight.max(initial=1.0)) * weight
    return Prices(np.minimum(vehicle, DEAREST).astype(np.int32), unserved.astype(np.int32))
