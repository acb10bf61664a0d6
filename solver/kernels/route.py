"""A route's times, worked out from its stop sequence: per visit, per block, and for the route."""

from __future__ import annotations

import numpy as np

from solver.kernels.block import append, finish_of, latest_start, settle, span_of, start_for, through
from solver.kernels.jit import kernel
from solver.problem import NEVER


@kernel
def refresh(tables, state, line, v):
    """Recompute route ``v`` from ``visits[v, k].stop``; true where every rule of time holds."""
    stops = state.stops
    row = state.visits[v]
    blocks = state.blocks[v]
    route = state.routes[v]
    vehicle = tables.vehicles[v]
    count = route.visits
    before = stops[vehicle.start]
    n = len(state.requests)
    load = 0
    aboard = 0
    first = 0
    block = -1
    good = True
    driven = np.int64(0)
    metres = 0
    ranged = vehicle.max_metres < NEVER
    for k in range(count):
        stop = stops[row[k].stop]
        row[k].location = stop.location
        row[k].node = stop.node
        row[k].service = stop.service
        row[k].earliest = stop.earliest
        row[k].latest = stop.latest
        drive = np.int64(tables.outbound[before.node, stop.location])
        leg = drive + stop.overhead if before.location != stop.location else drive
        row[k].drive = drive
        row[k].leg = leg
        driven += drive
        if ranged:
            metres += tables.metres[before.location, stop.location]
        if aboard == 0:
            block += 1
            first = k
            blocks[block].first = k
            blocks[block].group = state.requests[stop.request].group
        load += stop.load
        row[k].load = load
        row[k].block = block
        good &= append(line, k - first, leg, stop, np.int64(row[k].stop), state.requests)
        aboard += 1 if row[k].stop < n else -1
        if aboard == 0:
            size = k - first + 1
            blocks[block].last = k
            blocks[block].finish = finish_of(line, size)
            blocks[block].span = span_of(line, size)
            blocks[block].latest = latest_start(line, size)
            good &= settle(line, size)
        before = stop
    route.blocks = block + 1
    route.end_drive = 0
    if count:
        end = stops[vehicle.end]
        route.end_drive = tables.outbound[before.node, end.location]
        driven += route.end_drive
        if ranged:
            metres += tables.metres[before.location, end.location]
    route.drive = driven
    route.metres = metres
    if count == 0:
        return True
    return (
        good
        and metres <= vehicle.max_metres
        and _forward(tables, row, blocks, route, vehicle)
        and _backward(tables, row, state.deadline[v], blocks, route, vehicle)
        and (vehicle.max_duration >= NEVER or shortest_duration(tables, blocks, route, row) <= vehicle.max_duration)
    )


@kernel
def at_start(vehicle):
    """When a vehicle is free to go with its break still to come, and with none (any more)."""
    start = np.int64(vehicle.shift_start)
    return (start, np.int64(NEVER)) if vehicle.break_length > 0 else (np.int64(NEVER), start)


@kernel
def after_break(vehicle, before, after):
    """When it is free with its break behind it: it may have been, or take it now."""
    if before < NEVER:
        rest = max(before, vehicle.break_earliest)
        if rest <= vehicle.break_latest:
            return min(after, rest + vehicle.break_length)
    return after


@kernel
def pass_block(vehicle, ready, rested, leg, finish, span, latest):
    """When it is free behind a block that it drives to in ``leg`` seconds, with the break to come and behind it."""
    before = through(finish, span, latest, ready + leg) if ready < NEVER else np.int64(NEVER)
    if before > vehicle.break_latest:  # the break can no longer be taken
        before = np.int64(NEVER)
    return before, through(finish, span, latest, rested + leg) if rested < NEVER else np.int64(NEVER)


@kernel
def meets(vehicle, before, after, leave, limit_before, limit_after):
    """Whether it is in time, ``leave`` seconds on, for what has to start by ``limit_*``, its break to come or not."""
    if before < NEVER and before + leave <= limit_before:
        return True
    rested = after_break(vehicle, before, after)
    return rested < NEVER and rested + leave <= limit_after


@kernel
def _forward(tables, row, blocks, route, vehicle):
    """Earliest finishes of the blocks and soonest begins of the visits; false where the shift cannot hold them."""
    before, after = at_start(vehicle)
    for b in range(route.blocks):
        first = blocks[b].first
        leg = row[first].leg + (tables.gap if b > 0 else 0)
        ready, rested = before, after_break(vehicle, before, after)
        before, after = pass_block(vehicle, ready, rested, leg, blocks[b].finish, blocks[b].span, blocks[b].latest)
        blocks[b].done_before = before
        blocks[b].done_after = after
        if before >= NEVER and after >= NEVER:
            return False
        row[first].soonest = max((ready if before < NEVER else rested) + leg, row[first].earliest)
        for k in range(first + 1, blocks[b].last + 1):
            row[k].soonest = max(row[k].earliest, row[k - 1].soonest + row[k - 1].service + row[k].leg)
    return True


@kernel
def _backward(tables, row, deadline, blocks, route, vehicle):
    """Latest starts of the blocks and deadlines of the visits; false where the shift cannot hold them."""
    length = vehicle.break_length
    before = -NEVER
    after = vehicle.shift_end
    leg = route.end_drive
    for b in range(route.blocks - 1, -1, -1):
        # by when the block must have finished, with the break behind it and with the break to come
        finish_after = after - leg
        finish_before = before - leg
        if length > 0:
            rest = min(vehicle.break_latest, finish_after - length)
            if rest >= vehicle.break_earliest:
                finish_before = max(finish_before, rest)
        else:
            finish_before = -NEVER
        finish, span, latest = blocks[b].finish, blocks[b].span, blocks[b].latest
        after = start_for(finish, span, latest, finish_after)
        if length > 0 and after < vehicle.break_earliest + length:  # too early for a break to lie behind it
            after = -NEVER
        before = start_for(finish, span, latest, finish_before)
        blocks[b].start_before = before
        blocks[b].start_after = after
        last = blocks[b].last
        bound = finish_after if after > -NEVER else finish_before
        if after > -NEVER and before > -NEVER and finish_before > bound:
            bound = finish_before
        deadline[last] = min(row[last].latest, bound - row[last].service)
        for k in range(last - 1, blocks[b].first - 1, -1):
            deadline[k] = min(row[k].latest, deadline[k + 1] - row[k + 1].leg - row[k].service)
        if before <= -NEVER and after <= -NEVER:
            return False
        leg = row[blocks[b].first].leg + (tables.gap if b > 0 else 0)
    first = row[0].leg
    if length == 0:
        return vehicle.shift_start + first <= blocks[0].start_after
    start = vehicle.shift_start
    rest = max(start, vehicle.break_earliest)
    return start + first <= blocks[0].start_before or (
        rest <= vehicle.break_latest and rest + length + first <= blocks[0].start_after
    )


@kernel
def shortest_duration(tables, blocks, route, row):
    """Least time from leaving the start to reaching the end, max(span, finish − latest); for routes without a break."""
    span = row[0].leg + blocks[0].span
    finish = blocks[0].finish
    latest = blocks[0].latest - row[0].leg
    for b in range(1, route.blocks):
        leg = row[blocks[b].first].leg + tables.gap
        total = span + leg + blocks[b].span
        latest = min(latest, blocks[b].latest - leg - span)
        finish = max(blocks[b].finish, finish + leg + blocks[b].span)
        span = total
    return max(span, finish - latest) + route.end_drive
