"""What an iteration takes out: strings of stops on neighbouring routes, or requests related to a seed."""

from __future__ import annotations

from solver.kernels.chance import below, uniform
from solver.kernels.jit import kernel
from solver.kernels.route import refresh
from solver.kernels.work import MARK, POOLED, TOUCHED, keep, stamp

STRINGS_MOST = 4
SLICE_MARGIN = 1200
"""Seconds by which a time slice reaches beyond the windows of the request that needs room."""

PASSED_OVER = 0.35
"""Share of related requests that stay, so that the same seed does not always take out the same."""


@kernel
def take_out(state, work, r):
    """Mark request ``r`` as removed; its route is closed up later."""
    count = work.tally[POOLED]
    request = state.requests[r]
    keep(state, work, request.vehicle)
    work.pool[count] = r
    work.old_vehicle[count] = request.vehicle
    work.old_tier[count] = request.tier
    request.vehicle = -1
    work.tally[POOLED] = count + 1


@kernel
def _take_string(tables, state, work, r, most):
    """Take out the requests with a stop in a string of stops round one stop of request ``r``."""
    n = len(state.requests)
    v = state.requests[r].vehicle
    row = state.visits[v]
    visits = state.routes[v].visits
    anchor = r if uniform(work.rng) < 0.5 else n + r
    at = 0
    for k in range(visits):
        if row[k].stop == anchor:
            at = k
    length = 1 + below(work.rng, min(tables.string_most, visits))
    low = max(0, at - below(work.rng, length))
    high = min(visits, low + length)
    for k in range(low, high):
        s = row[k].stop
        q = s - n if s >= n else s
        if state.requests[q].vehicle == v and work.tally[POOLED] < most:
            take_out(state, work, q)


@kernel
def ruin(tables, state, work, seed, most):
    """Take out up to ``most`` requests round request ``seed`` (served or not)."""
    near = tables.near[seed]
    if uniform(work.rng) < 0.5:
        strings = 1 + below(work.rng, STRINGS_MOST)
        work.tally[MARK] += 1
        mark = work.tally[MARK]
        for k in range(-1, len(near)):
            q = seed if k < 0 else near[k]
            if q < 0 or strings == 0 or work.tally[POOLED] >= most:
                break
            v = state.requests[q].vehicle
            if v < 0 or work.owner[q] != work.me or work.seen[v] == mark:
                continue
            work.seen[v] = mark
            _take_string(tables, state, work, q, most)
            strings -= 1
    else:
        wanted = min(most, work.tally[POOLED] + 2 + below(work.rng, tables.related_most))
        for k in range(-1, len(near)):
            q = seed if k < 0 else near[k]
            if q < 0 or work.tally[POOLED] >= wanted:
                break
            if state.requests[q].vehicle < 0 or work.owner[q] != work.me:
                continue
            if k >= 0 and uniform(work.rng) < PASSED_OVER:
                continue
            take_out(state, work, q)


@kernel
def make_room(tables, state, work, r, most):
    """Take out what rides, at the time of absent request ``r``, on one or two vehicles that could carry it.

    Rare vehicles fill up with requests that any other could carry; near ones are mostly on the wrong kind of vehicle.
    """
    n = len(state.requests)
    low = state.stops[r].earliest - SLICE_MARGIN
    high = state.stops[n + r].latest + SLICE_MARGIN
    wanted = 1 + below(work.rng, 2)
    for _ in range(20):
        v = work.vehicles[below(work.rng, len(work.vehicles))]
        if wanted == 0:
            break
        if tables.compatible[r, v] == 0:
            continue
        wanted -= 1
        row = state.visits[v]
        for k in range(state.routes[v].visits):
            s = row[k].stop
            q = s - n if s >= n else s
            if state.requests[q].vehicle == v and low <= state.deadline[v, k] and row[k].soonest <= high:
                if work.tally[POOLED] < most:
                    take_out(state, work, q)


@kernel
def close_up(tables, state, work):
    """Close the gaps that removals left. A route that cannot stand them (the detour was faster) is emptied."""
    n = len(state.requests)
    for t in range(work.tally[TOUCHED]):
        v = work.touched[t]
        row = state.visits[v]
        route = state.routes[v]
        kept = 0
        for k in range(route.visits):
            s = row[k].stop
            if state.requests[s - n if s >= n else s].vehicle == v:
                row[kept].stop = s
                kept += 1
        route.visits = kept
        stamp(state, work, v)
        if not refresh(tables, state, work.line, v):
            for k in range(kept):
                s = row[k].stop
                if s < n:
                    take_out(state, work, s)
            route.visits = 0
            refresh(tables, state, work.line, v)
