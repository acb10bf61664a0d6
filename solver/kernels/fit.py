"""Whether one request fits one pair of positions on a route, exactly."""

from __future__ import annotations

import numpy as np

from solver.kernels.block import finish_from, latest_start, span_of
from solver.kernels.jit import kernel
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

    # the line of stops, its legs and loads
    if first > 0:
        node, place = row[first - 1].node, row[first - 1].location
    else:
        node, place = stops[vehicle.start].node, stops[vehicle.start].location
    carries = tables.carries[vehicle.kind]
    mask = -1
    size = 0
    load = 0
    picked = -1
    metres = 0
    for k in range(first, last + 2):
        for new in range(3):
            if new == 0:
                if k != i:
                    continue
                s = r
            elif new == 1:
                if k != j:
                    continue
                s = n + r
            else:
                if k > last:
                    continue
                s = row[k].stop
            stop = stops[s]
            line[size].stop = s
            line[size].leg = np.int64(tables.outbound[node, stop.location]) + (
                stop.overhead if place != stop.location else 0
            )
            if vehicle.max_metres < NEVER:
                metres += tables.metres[place, stop.location]
            node, place = stop.node, stop.location
            line[size].service = stop.service
            line[size].earliest = stop.earliest
            line[size].latest = stop.latest
            load += stop.load
            mask &= carries[np.uint32(load)]
            if mask == 0:
                return False
            line[size].mate = -1
            if s >= n:
                line[size].ride = state.requests[s - n].ride
                if s == n + r:
                    line[size].mate = picked
                else:
                    for q in range(size - 1, -1, -1):
                        if line[q].stop == s - n:
                            line[size].mate = q
                            break
            elif s == r:
                picked = size
            size += 1

    entry = line[0].leg + (tables.gap if low > 0 else 0)
    if high + 1 < route.blocks:
        onward = row[blocks[high + 1].first]
        leave = (
            np.int64(tables.outbound[node, onward.location])
            + (stops[onward.stop].overhead if place != onward.location else 0)
            + tables.gap
        )
        limit_before = blocks[high + 1].start_before
        limit_after = blocks[high + 1].start_after
        target = onward.location
    else:
        target = stops[vehicle.end].location
        leave = np.int64(tables.outbound[node, target])
        limit_before = -NEVER
        limit_after = vehicle.shift_end
    if vehicle.max_metres < NEVER:
        metres += tables.metres[place, target] - _metres(tables, state, v, first, last)
        if route.metres + metres > vehicle.max_metres:
            return False
    if vehicle.max_duration < NEVER and not _short_enough(tables, state, line, v, low, high, size, entry, leave):
        return False

    length = vehicle.break_length
    if length == 0:
        start = (blocks[low - 1].done_after if low > 0 else vehicle.shift_start) + entry
        return finish_from(line, size, start) + leave <= limit_after
    before = blocks[low - 1].done_before if low > 0 else vehicle.shift_start
    after = blocks[low - 1].done_after if low > 0 else NEVER
    if before < NEVER:
        finish = finish_from(line, size, before + entry)
        if finish < NEVER:
            if finish + leave <= limit_before:
                return True
            rest = max(finish, vehicle.break_earliest)
            if rest <= vehicle.break_latest and rest + length + leave <= limit_after:
                return True
        rest = max(before, vehicle.break_earliest)
        if rest <= vehicle.break_latest:
            after = min(after, rest + length)
    if after >= NEVER:
        return False
    finish = finish_from(line, size, after + entry)
    return finish < NEVER and finish + leave <= limit_after


@kernel
def _metres(tables, state, v, first, last):
    """Metres from the stop before visit ``first`` to the stop after visit ``last``."""
    row = state.visits[v]
    vehicle = tables.vehicles[v]
    visits = state.routes[v].visits
    if visits == 0:
        return 0
    place = row[first - 1].location if first > 0 else state.stops[vehicle.start].location
    total = 0
    for k in range(first, last + 1):
        total += tables.metres[place, row[k].location]
        place = row[k].location
    onward = row[last + 1].location if last + 1 < visits else state.stops[vehicle.end].location
    return total + tables.metres[place, onward]


@kernel
def _short_enough(tables, state, line, v, low, high, size, entry, leave):
    """Whether the route's least duration stays within the vehicle's (routes without a break)."""
    blocks = state.blocks[v]
    row = state.visits[v]
    route = state.routes[v]
    vehicle = tables.vehicles[v]
    span = 0
    finish = -NEVER
    latest = NEVER
    for b in range(low):
        leg = row[blocks[b].first].leg + (tables.gap if b > 0 else 0)
        latest = min(latest, blocks[b].latest - leg - span)
        finish = max(blocks[b].finish, finish + leg + blocks[b].span)
        span += leg + blocks[b].span
    new_finish = finish_from(line, size, -NEVER)
    new_latest = latest_start(line, size)
    new_span = span_of(line, size)
    if new_finish >= NEVER or new_latest <= -NEVER or new_span >= NEVER:
        return False
    latest = min(latest, new_latest - entry - span)
    finish = max(new_finish, finish + entry + new_span)
    span += entry + new_span
    leg = leave
    for b in range(high + 1, route.blocks):
        latest = min(latest, blocks[b].latest - leg - span)
        finish = max(blocks[b].finish, finish + leg + blocks[b].span)
        span += leg + blocks[b].span
        leg = row[blocks[b + 1].first].leg + tables.gap if b + 1 < route.blocks else route.end_leg
    return max(span, finish - latest) + leg <= vehicle.max_duration
