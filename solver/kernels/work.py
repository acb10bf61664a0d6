"""What one worker carries through a search: scratch, copies for undoing, and its best so far."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solver.kernels.block import LINE
from solver.kernels.chance import seeded
from solver.kernels.insertion import PLACE
from solver.kernels.jit import kernel
from solver.kernels.tables import BLOCK, ROUTE, VISIT, Array, State

POOL_MOST = 60


class Work(NamedTuple):
    """Scratch of one worker, and the best it has found in this call."""

    rng: Array  # uint64 [1]
    vehicles: Array  # int32 the worker's vehicles
    owner: Array  # int32 [n] worker of each request
    me: int
    line: Array  # LINE
    place: Array  # PLACE [1]
    pool: Array  # int32 requests taken out or absent in this iteration
    keys: Array  # int64 their order of insertion
    old_vehicle: Array  # int32 where the requests of the pool were
    old_tier: Array  # int32
    absent: Array  # int32 [n] the worker's unserved requests
    candidates: Array  # int32 [v]
    seen: Array  # int64 [v] mark of the last list a vehicle was put on
    touched: Array  # int32 vehicles changed in this iteration
    old_visits: Array  # VISIT
    old_deadline: Array  # int32
    old_blocks: Array  # BLOCK
    old_routes: Array  # ROUTE
    best_stops: Array  # int32 [v, width]
    best_visits: Array  # int32 [v]
    best_version: Array  # int32 [v]
    best_tier: Array  # int32 [n]
    tally: Array  # int64 [TALLY]


ABSENT, MARK, VERSION, TOUCHED, POOLED, COST, BEST, ACCEPTED, BROKEN, TALLY = range(10)


def workspace(state: State, vehicles: Array, owner: Array, me: int, seed: int, stream: int) -> Work:
    """Scratch for a worker on the given vehicles; ``owner`` is shared by all workers."""
    v, width = state.visits.shape
    n = len(state.requests)
    return Work(
        rng=seeded(seed, stream),
        vehicles=vehicles.astype(np.int32),
        owner=owner,
        me=me,
        line=np.zeros(width + 2, LINE),
        place=np.zeros(1, PLACE),
        pool=np.zeros(n, np.int32),
        keys=np.zeros(n, np.int64),
        old_vehicle=np.zeros(n, np.int32),
        old_tier=np.zeros(n, np.int32),
        absent=np.zeros(n, np.int32),
        candidates=np.zeros(v, np.int32),
        seen=np.zeros(v, np.int64),
        touched=np.zeros(v, np.int32),
        old_visits=np.zeros((v, width), VISIT),
        old_deadline=np.zeros((v, width), np.int32),
        old_blocks=np.zeros((v, state.blocks.shape[1]), BLOCK),
        old_routes=np.zeros(v, ROUTE),
        best_stops=np.zeros((v, width), np.int32),
        best_visits=np.zeros(v, np.int32),
        best_version=np.full(v, -1, np.int32),
        best_tier=np.zeros(n, np.int32),
        tally=np.zeros(TALLY, np.int64),
    )


@kernel
def set_tier(tables, state, r, tier):
    """Put the target (0) or the hard limits (1) of a request in force."""
    n = len(state.requests)
    for s in range(r, 2 * n, n):  # both stops
        state.stops[s].earliest = tables.window[tier, s, 0]
        state.stops[s].latest = tables.window[tier, s, 1]
    state.requests[r].ride = tables.ride[tier, r]
    state.requests[r].tier = tier


@kernel
def total_cost(tables, state, work):
    """Cost of the worker's part: driving, vehicles in use, targets missed, unserved."""
    cost = 0
    for k in range(len(work.vehicles)):
        v = work.vehicles[k]
        if state.routes[v].visits:
            cost += state.routes[v].drive + tables.vehicles[v].cost
    for r in range(len(state.requests)):
        if work.owner[r] == work.me:
            request = state.requests[r]
            cost += price_of(request, request.vehicle, request.tier)
    return cost


@kernel
def price_of(request, vehicle, tier):
    """What a request costs besides driving, where it is."""
    if vehicle < 0:
        return request.unserved_cost
    moved = request.move_cost if vehicle != request.home else 0
    return moved + request.relaxed_cost if tier else moved


@kernel
def keep(state, work, v):
    """Copy route ``v`` before its first change in this iteration."""
    count = work.tally[TOUCHED]
    for k in range(count):
        if work.touched[k] == v:
            return
    route = state.routes[v]
    work.touched[count] = v
    work.old_routes[count] = route
    for k in range(route.visits):
        work.old_visits[count, k] = state.visits[v, k]
        work.old_deadline[count, k] = state.deadline[v, k]
    for b in range(route.blocks):
        work.old_blocks[count, b] = state.blocks[v, b]
    work.tally[TOUCHED] = count + 1


@kernel
def stamp(state, work, v):
    work.tally[VERSION] += 1
    state.routes[v].version = work.tally[VERSION]


@kernel
def list_absent(state, work):
    count = 0
    for r in range(len(state.requests)):
        if work.owner[r] == work.me and state.requests[r].vehicle < 0:
            work.absent[count] = r
            count += 1
    work.tally[ABSENT] = count


@kernel
def snapshot(state, work):
    """Remember the routes that changed since the last best."""
    n = len(state.requests)
    for k in range(len(work.vehicles)):
        v = work.vehicles[k]
        route = state.routes[v]
        if work.best_version[v] == route.version:
            continue
        work.best_version[v] = route.version
        work.best_visits[v] = route.visits
        for q in range(route.visits):
            s = state.visits[v, q].stop
            work.best_stops[v, q] = s
            if s < n:
                work.best_tier[s] = state.requests[s].tier


@kernel
def undo(tables, state, work):
    for t in range(work.tally[TOUCHED]):
        v = work.touched[t]
        state.routes[v] = work.old_routes[t]
        for k in range(work.old_routes[t].visits):
            state.visits[v, k] = work.old_visits[t, k]
            state.deadline[v, k] = work.old_deadline[t, k]
        for b in range(work.old_routes[t].blocks):
            state.blocks[v, b] = work.old_blocks[t, b]
    for k in range(work.tally[POOLED]):
        r = work.pool[k]
        set_tier(tables, state, r, work.old_tier[k])
        state.requests[r].vehicle = work.old_vehicle[k]


@kernel
def price_of_touched(tables, work, state, old):
    """Driving and vehicle cost of the touched routes, before or as they stand."""
    cost = 0
    for t in range(work.tally[TOUCHED]):
        v = work.touched[t]
        route = work.old_routes[t] if old else state.routes[v]
        if route.visits:
            cost += route.drive + tables.vehicles[v].cost
    return cost


@kernel
def price_of_pool(state, work, old):
    """Cost of unserved, moved and relaxed requests in the pool, before or as they stand."""
    cost = 0
    for k in range(work.tally[POOLED]):
        request = state.requests[work.pool[k]]
        cost += price_of(
            request,
            work.old_vehicle[k] if old else request.vehicle,
            work.old_tier[k] if old else request.tier,
        )
    return cost


@kernel
def absence_of_pool(state, work, old):
    """What the absence of requests in the pool has come to be worth to the search, before or as they stand."""
    total = 0
    for k in range(work.tally[POOLED]):
        request = state.requests[work.pool[k]]
        if (work.old_vehicle[k] if old else request.vehicle) < 0:
            total += request.absence
    return total


@kernel
def raise_absence(tables, state, work):
    """Who was tried again in vain is worth more from now on; returns by how much in all.

    So those that are hard to place get in first and leave out others that are easier to place elsewhere.
    """
    total = 0
    for k in range(work.tally[POOLED]):
        request = state.requests[work.pool[k]]
        if work.old_vehicle[k] < 0 and request.vehicle < 0 and request.absence < tables.absence_most:
            request.absence += tables.absence_step
            total += tables.absence_step
    return total


@kernel
def some_absent(state, work):
    for k in range(work.tally[POOLED]):
        if state.requests[work.pool[k]].vehicle < 0:
            return True
    return False
