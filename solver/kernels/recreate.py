"""How requests come back: one by one, each where it costs least."""

from __future__ import annotations

from solver.kernels.chance import below, uniform
from solver.kernels.fit import fits
from solver.kernels.insertion import find_place
from solver.kernels.jit import kernel
from solver.kernels.route import refresh
from solver.kernels.work import BROKEN, MARK, POOLED, TOUCHED, keep, set_tier, stamp
from solver.problem import NEVER

ALL_FOR_TARGET = 0.2
"""How often all vehicles are searched for a place inside the targets when the near ones have none."""


@kernel
def sort_pool(state, tables, work, first):
    """Order of insertion, by one of several keys, as SISR varies it; request ``first``, if any, before all others."""
    count = work.tally[POOLED]
    choice = uniform(work.rng)
    for k in range(count):
        r = work.pool[k]
        request = state.requests[r]
        if choice < 0.35:
            key = below(work.rng, 1 << 30)
        elif choice < 0.55:
            key = -request.direct
        elif choice < 0.70:
            key = -request.hardness * 100000 - request.direct  # few compatible vehicles first
        elif choice < 0.85:
            key = tables.window[0, r, 0]
        else:
            key = -request.unserved_cost
        work.keys[k] = -(1 << 40) if r == first else key
    for k in range(1, count):
        key, r = work.keys[k], work.pool[k]
        vehicle, tier = work.old_vehicle[k], work.old_tier[k]
        q = k - 1
        while q >= 0 and work.keys[q] > key:
            work.keys[q + 1] = work.keys[q]
            work.pool[q + 1] = work.pool[q]
            work.old_vehicle[q + 1] = work.old_vehicle[q]
            work.old_tier[q + 1] = work.old_tier[q]
            q -= 1
        work.keys[q + 1] = key
        work.pool[q + 1] = r
        work.old_vehicle[q + 1] = vehicle
        work.old_tier[q + 1] = tier


@kernel
def put_back(tables, state, work, r, blink, wide):
    """Insert request ``r`` where it costs least: inside its targets, else inside its hard limits; false if nowhere.

    The vehicles near it are looked at first, all of the worker's where those have no place, or from the start if
    ``wide``. Only now and then are all searched for a place inside the targets of a request that has one outside:
    that takes longest, and each request comes by many times.
    """
    place = work.place[0]
    hard = 1 if state.requests[r].relaxed_cost > 0 else 0
    if not wide:
        _look_near(tables, state, work, r, 0, blink)
        if place.cost < NEVER:
            if hard and place.cost > state.requests[r].relaxed_cost:
                _try_outside(tables, state, work, r, blink)
            return _take(tables, state, work, r)
        if hard and uniform(work.rng) >= ALL_FOR_TARGET:
            _look_near(tables, state, work, r, 1, blink)
            if place.cost < NEVER:
                return _take(tables, state, work, r)
    if hard:
        _look_everywhere(tables, state, work, r, 1)  # most that fit nowhere are found out here
        if place.cost >= NEVER:
            set_tier(tables, state, r, 0)
            return False
    _look_everywhere(tables, state, work, r, 0)
    if place.cost >= NEVER and hard:
        _look_everywhere(tables, state, work, r, 1)
    return place.cost < NEVER and _take(tables, state, work, r)


@kernel
def _try_outside(tables, state, work, r, blink):
    """Where a place inside the targets costs more than missing them, take a cheaper one outside if there is any."""
    place = work.place[0]
    cost, vehicle, pickup, dropoff = place.cost, place.vehicle, place.pickup, place.dropoff
    set_tier(tables, state, r, 1)
    count = _list_near(tables, state, work, r)
    find_place(tables, state, work.line, work.rng, blink, r, work.candidates, count, work.place)
    if place.cost >= cost - state.requests[r].relaxed_cost:
        set_tier(tables, state, r, 0)
        place.cost = cost
        place.vehicle = vehicle
        place.pickup = pickup
        place.dropoff = dropoff


@kernel
def put_back_absent(tables, state, work, r, blink):
    """Insert a request that had no place before on a vehicle touched in this iteration; false if it still has none."""
    place = work.place[0]
    hard = 1 if state.requests[r].relaxed_cost > 0 else 0
    _look_touched(tables, state, work, r, hard, blink)
    if place.cost < NEVER and hard:
        _look_touched(tables, state, work, r, 0, blink)
        if place.cost >= NEVER:
            _look_touched(tables, state, work, r, 1, blink)
    if place.cost < NEVER:
        return _take(tables, state, work, r)
    set_tier(tables, state, r, 0)
    return False


@kernel
def _take(tables, state, work, r):
    """Insert request ``r`` at the place found, in the tier in force."""
    place = work.place[0]
    keep(state, work, place.vehicle)
    if not insert(tables, state, work, r, place):
        work.tally[BROKEN] += 1
    return True


@kernel
def _look_near(tables, state, work, r, tier, blink):
    set_tier(tables, state, r, tier)
    count = _list_near(tables, state, work, r)
    find_place(tables, state, work.line, work.rng, blink, r, work.candidates, count, work.place)


@kernel
def _look_touched(tables, state, work, r, tier, blink):
    set_tier(tables, state, r, tier)
    work.tally[MARK] += 1
    count = _list_touched(work, 0, work.tally[MARK])
    find_place(tables, state, work.line, work.rng, blink, r, work.candidates, count, work.place)


@kernel
def _look_everywhere(tables, state, work, r, tier):
    set_tier(tables, state, r, tier)
    find_place(tables, state, work.line, work.rng, 0.0, r, work.vehicles, len(work.vehicles), work.place)


@kernel
def insert(tables, state, work, r, place):
    """Insert request ``r`` at a place found for it; true where the route still holds (it must)."""
    n = len(state.requests)
    v = place.vehicle
    row = state.visits[v]
    route = state.routes[v]
    for k in range(route.visits - 1, place.dropoff - 1, -1):
        row[k + 2].stop = row[k].stop
    row[place.dropoff + 1].stop = n + r
    for k in range(place.dropoff - 1, place.pickup - 1, -1):
        row[k + 1].stop = row[k].stop
    row[place.pickup].stop = r
    route.visits += 2
    state.requests[r].vehicle = v
    stamp(state, work, v)
    return refresh(tables, state, work.line, v)


@kernel
def _list_near(tables, state, work, r):
    """Candidate vehicles: those of near requests, those already touched, and a few at random."""
    work.tally[MARK] += 1
    mark = work.tally[MARK]
    count = 0
    near = tables.near[r]
    for k in range(len(near)):
        q = near[k]
        if q < 0:
            break
        v = state.requests[q].vehicle
        if v >= 0 and work.owner[q] == work.me and work.seen[v] != mark:
            work.seen[v] = mark
            work.candidates[count] = v
            count += 1
    count = _list_touched(work, count, mark)
    for _ in range(min(4, len(work.vehicles))):
        v = work.vehicles[below(work.rng, len(work.vehicles))]
        if work.seen[v] != mark:
            work.seen[v] = mark
            work.candidates[count] = v
            count += 1
    return count


@kernel
def _list_touched(work, count, mark):
    for t in range(work.tally[TOUCHED]):
        v = work.touched[t]
        if work.seen[v] != mark:
            work.seen[v] = mark
            work.candidates[count] = v
            count += 1
    return count


@kernel
def construct(tables, state, work, order):
    """Put the absent requests of ``order`` in, one by one, each where it costs least over all vehicles."""
    placed = 0
    work.tally[POOLED] = 0
    for k in range(len(order)):
        work.tally[TOUCHED] = 0
        if put_back(tables, state, work, order[k], 0.0, True):
            placed += 1
    return placed


@kernel
def adopt(tables, state, work, v, given, tier):
    """Give vehicle ``v`` a sequence, each request in its ``tier``; false, and the route empty, if it does not hold."""
    n = len(state.requests)
    route = state.routes[v]
    for k in range(len(given)):
        s = given[k]
        state.visits[v, k].stop = s
        if s < n:
            set_tier(tables, state, s, tier[s])
    route.visits = len(given)
    stamp(state, work, v)
    if refresh(tables, state, work.line, v):
        for k in range(len(given)):
            if given[k] < n:
                state.requests[given[k]].vehicle = v
        return True
    for k in range(len(given)):
        if given[k] < n:
            set_tier(tables, state, given[k], 0)
    route.visits = 0
    refresh(tables, state, work.line, v)
    return False


@kernel
def try_alone(tables, state, line, first, found):
    """Write into ``found`` [rows, v] which vehicle, its route being empty, each request from ``first`` on fits.

    Within its hard limits.
    """
    for k in range(found.shape[0]):
        r = first + k
        set_tier(tables, state, r, 1)
        for v in range(found.shape[1]):
            if tables.compatible[r, v]:
                found[k, v] = fits(tables, state, line, v, r, 0, 0)
        set_tier(tables, state, r, 0)
