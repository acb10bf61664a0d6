"""Routes that a search has driven: of each set of requests the cheapest, in a table found by a hash.

Of two sets with the same place in the table the later one stays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solver.kernels.jit import kernel
from solver.kernels.tables import Array
from solver.kernels.work import TOUCHED, price_of

ROWS = 1 << 18
STOPS_MOST = 64
"""Longer routes are not remembered."""


class Archive(NamedTuple):
    """``ROWS`` routes, or room for none. A key is a sum of marks, 0 where no route is."""

    key: Array  # uint64 [rows]
    cost: Array  # int64 [rows] driving, vehicle, targets missed
    vehicle: Array  # int32 [rows]
    stops: Array  # int16 [rows, STOPS_MOST] -1 behind the last; pick-ups outside their target stand 2n higher
    request_mark: Array  # uint64 [n]
    vehicle_mark: Array  # uint64 [v] the same for all of a kind


def archive(rows: int, n: int, kind: Array) -> Archive:
    """An empty table for the routes of ``n`` requests; vehicles of the same ``kind`` [v] can drive each other's."""
    random = np.random.default_rng(n)
    mark = random.integers(1, 1 << 63, size=n + len(kind), dtype=np.uint64)
    return Archive(
        key=np.zeros(rows, np.uint64),
        cost=np.zeros(rows, np.int64),
        vehicle=np.zeros(rows, np.int32),
        stops=np.zeros((rows, STOPS_MOST), np.int16),
        request_mark=mark[:n],
        vehicle_mark=mark[n + kind],
    )


@kernel
def remember(tables, state, work, archive):
    """Enter the routes that this iteration has changed."""
    n = len(state.requests)
    for t in range(work.tally[TOUCHED]):
        v = work.touched[t]
        route = state.routes[v]
        if route.visits == 0 or route.visits > STOPS_MOST:
            continue
        row = state.visits[v]
        key = archive.vehicle_mark[v]
        cost = np.int64(route.drive) + tables.vehicles[v].cost
        for k in range(route.visits):
            s = row[k].stop
            if s < n:
                key += archive.request_mark[s]
                cost += price_of(state.requests[s], v, state.requests[s].tier)
        at = np.int64(key % np.uint64(len(archive.key)))
        if archive.key[at] == key and archive.cost[at] <= cost:
            continue
        archive.key[at] = key
        archive.cost[at] = cost
        archive.vehicle[at] = v
        for k in range(route.visits):
            s = np.int64(row[k].stop)
            archive.stops[at, k] = s + 2 * n if s < n and state.requests[s].tier else s
        for k in range(route.visits, STOPS_MOST):
            archive.stops[at, k] = -1
