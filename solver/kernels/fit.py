"""Whether one request fits one pair of positions on a route, exactly."""

from __future__ import annotations

import numpy as np

from solver.kernels.block import append, finish_of, latest_start, settle, span_of
from solver.kernels.jit import kernel
from solver.kernels.route import after_break, at_start, meets, pass_block
from solver.problem import NEVER


@kernel
def fits(tables, state, line, v, r, i, j):
    """Whether request ``r`` fits route ``v`` with its pick-up before visit ``i`` and its drop-off before visit ``j``.

    Only the touched blocks, merged into one, are timed afresh; the rest is known from the blocks' numbers.
    """
    n = len(state.requests)
    stops = state.stops
    row = state.visits[v]
    blocks = state.blocks[v]
    route = state.routes[v]
    vehicle = tables.vehicles[v]
    visits = route.visits
    if i == j and (i == 0 or i == visits or row[i - 1].block != row[i].block):
        low = row[i - 1].block + 1 if i > 0 else 0
        high = low - 1
        first, last = i, i - 1
    else:
        low = row[i].block
        high = row[j - 1].block if j > i else low
        first, last = blocks[low].first, blocks[high].last

    requests = state.requests
    before = state.stops[vehicle.start] if first == 0 else state.stops[row[np.uint32(first - 1)].stop]
    carries = tables.carries[vehicle.kind]
    mask = -1
    size = 0
    load = np.int64(0)
    entry = np.int64(0)
    for k in range(first, last + 2):
        moved = k == first or k - 1 == last  # whether the leg to the next stop is not that of the route
        for new in range(r, 2 * n, n):  # both stops
            if k == (i if new < n else j):
                stop = stops[np.uint32(new)]
                leg = leg_to(tables, before, stop)
                load += stop.load
                mask &= carries[np.uint32(load)]
                if mask == 0 or not append(line, size, leg, stop, new, requests):
                    return False
                if size == 0:
                    entry = leg
                size += 1
                before = stop
                moved = True
        if k <= last:
            visit = row[np.uint32(k)]
            stop = stops[visit.stop]
            leg = leg_to(tables, before, stop) if moved else np.int64(visit.leg)
            load += stop.load
            mask &= carries[np.uint32(load)]
            if mask == 0 or not append(line, size, leg, stop, np.int64(visit.stop), requests):
                return False
            if size == 0:
                entry = leg
            size += 1
            before = stop

    if low > 0:
        entry += tables.gap
    if high + 1 < route.blocks:
        after = blocks[np.uint32(high + 1)]
        leave = leg_to(tables, before, stops[row[after.first].stop]) + tables.gap
        limit_before, limit_after = np.int64(after.start_before), np.int64(after.start_after)
    else:
        leave = np.int64(tables.outbound[before.node, stops[vehicle.end].location])
        limit_before, limit_after = np.int64(-NEVER), np.int64(vehicle.shift_end)
    finish, span, latest = finish_of(line, size), span_of(line, size), latest_start(line, size)
    if vehicle.max_metres < NEVER and not _near_enough(tables, state, v, r, i, j):
        return False
    if vehicle.max_duration < NEVER and not _short_enough(
        tables, state, v, low, high, finish, span, latest, entry, leave
    ):
        return False

    ready, rested = at_start(vehicle)
    if low > 0:
        ready, rested = (
            np.int64(blocks[np.uint32(low - 1)].done_before),
            np.int64(blocks[np.uint32(low - 1)].done_after),
        )
    ready, rested = pass_block(vehicle, ready, after_break(vehicle, ready, rested), entry, finish, span, latest)
    return meets(vehicle, ready, rested, leave, limit_before, limit_after) and settle(line, size)


@kernel
def leg_to(tables, before, stop):
    """Seconds from leaving one stop to the begin of the next, waiting apart."""
    drive = np.int64(tables.outbound[before.node, stop.location])
    return drive + stop.overhead if before.location != stop.location else drive


@kernel
def _near_enough(tables, state, v, r, i, j):
    """Whether the route with request ``r`` stays within the vehicle's range."""
    n = len(state.requests)
    row = state.visits[v]
    vehicle = tables.vehicles[v]
    place = state.stops[vehicle.start].location
    total = 0
    for k in range(state.routes[v].visits + 1):
        for new in range(r, 2 * n, n):
            if k == (i if new < n else j):
                onward = state.stops[new].location
                total += tables.metres[place, onward]
                place = onward
        onward = row[k].location if k < state.routes[v].visits else state.stops[vehicle.end].location
        total += tables.metres[place, onward]
        place = onward
    return total <= vehicle.max_metres


@kernel
def _short_enough(tables, state, v, low, high, finish, span, latest, entry, leave):
    """Whether the least duration of the route stays within the vehicle's (for routes without a break).

    The blocks from ``low`` to ``high`` are replaced by one with the three numbers given.
    """
    blocks = state.blocks[v]
    row = state.visits[v]
    route = state.routes[v]
    vehicle = tables.vehicles[v]
    so_far = np.int64(0)
    done = np.int64(-NEVER)
    start = np.int64(NEVER)
    leg = np.int64(row[0].leg)
    for b in range(low):
        block = blocks[np.uint32(b)]
        start = min(start, block.latest - leg - so_far)
        done = max(block.finish, done + leg + block.span)
        so_far += leg + block.span
        leg = row[np.uint32(block.last + 1)].leg + tables.gap
    start = min(start, latest - entry - so_far)
    done = max(finish, done + entry + span)
    so_far += entry + span
    leg = leave
    for b in range(high + 1, route.blocks):
        block = blocks[np.uint32(b)]
        start = min(start, block.latest - leg - so_far)
        done = max(block.finish, done + leg + block.span)
        so_far += leg + block.span
        leg = row[np.uint32(block.last + 1)].leg + tables.gap if b + 1 < route.blocks else route.end_drive
    return max(so_far, done - start) + leg <= vehicle.max_duration
