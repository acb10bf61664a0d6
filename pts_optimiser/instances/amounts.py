"""Loads in few and small numbers: the solver tabulates every load that a vehicle can carry."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.instances.instance import Instance
from pts_optimiser.instances.text import malformed

MOST_LOADS = 20_000_000


def small_amounts(instance: Instance, capacities: list[tuple[int, ...]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Demand of the requests [n, r], and one layout for each of the capacities [c, 1, r].

    Where no resource stands in for another, amounts are counted in their greatest common unit, and no capacity is
    larger than all demand together.

    Raises
    ------
    InputError
        Where there would still be too many loads.
    """
    demand = np.array([request.demand for request in instance.requests], dtype=np.int64)
    demand = demand.reshape(len(instance.requests), len(capacities[0]))
    room = np.array(capacities, dtype=np.int64)
    if not instance.substitutes:
        unit = np.maximum(np.gcd.reduce(demand, axis=0), 1)
        demand //= unit
        room = np.minimum(room // unit, demand.sum(axis=0))
    loads = prod(int(2 * most + 1) for most in room.max(axis=0, initial=0))
    if loads > MOST_LOADS:
        raise malformed(instance.name, None, f"amounts are too fine: {loads:,} different loads; use larger units")
    return demand.astype(np.int32), room[:, np.newaxis, :].astype(np.int32)
