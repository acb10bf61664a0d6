"""Where one request fits, exactly: the cheapest pair of positions over a list of routes."""

from __future__ import annotations

import numpy as np

from solver.kernels.block import finish_from, latest_start, span_of
from solver.kernels.chance import uniform
from solver.kernels.jit import kernel
from solver.problem import NEVER

PLACE = np.dtype([(name, np.int32) for name in ("cost", "vehicle", "pickup", "dropoff")])
"""Insert the pick-up before visit ``pickup`` and the drop-off before visit ``dropoff`` of the route as it stands."""


@kernel
def find_place(tables, state, line, rng, blink, r, candidates, count, place):
    """Cheapest place of request ``r`` among the routes ``candidates[:count]``; ``place.cost`` is NEVER where none is.

    Positions are passed over at random with probability ``blink``. Cheap necessary tests come first: time bounds of the
    visits, then added driving, then loads; what survives all of them and would be the best so far is timed exactly.
    A route on which nothing fits is remembered by its version, which stands for its content, and not tried again.
    """
    n = len(state.requests)
    best = place[0]
    best.cost = NEVER
    request = state.requests[r]
    p = state.stops[r]
    d = state.stops[n + r]
    into_p = tables.inbound[p.location]
    into_d = tables.inbound[d.location]
    from_p = tables.outbound[p.band, p.location]
    from_d = tables.outbound[d.band, d.location]
    failed = state.failed[request.tier, r]
    direct = from_p[d.location]
    direct_leg = direct + (d.overhead if p.location != d.location else 0)
    if direct_leg > request.ride:
        return
    for c in range(count):
        v = candidates[c]
        version = state.routes[v].version
        if tables.compatible[r, v] == 0 or failed[v] == version:
            continue
        hopeless = best.cost >= NEVER
        vehicle = tables.vehicles[v]
        carries = tables.carries[vehicle.kind]
        row = state.visits[v]
        blocks = state.blocks[v]
        visits = state.routes[v].visits
        if visits + 2 > len(row):
            continue
        end = state.stops[vehicle.end]
        opening = vehicle.cost if visits == 0 else 0
        before = state.stops[vehicle.start]
        place_a, band_a, ready = before.location, before.band, vehicle.shift_start
        for i in range(visits + 1):
            if i > 0:
                place_a, band_a = row[i - 1].location, row[i - 1].band
                ready = row[i - 1].soonest + row[i - 1].service
                if ready > p.latest:
                    break
            boundary = i == 0 or i == visits or row[i - 1].block != row[i].block
            if i < visits and row[i].deadline < p.earliest:
                continue
            a_p = into_p[band_a, place_a]
            begin = ready + a_p + (p.overhead if place_a != p.location else 0)
            if boundary and i > 0:
                begin += tables.gap
            begin = max(begin, p.earliest)
            if begin > p.latest:
                continue
            leave = begin + p.service
            if i < visits:
                place_b, old = row[i].location, row[i].drive
            else:
                place_b, old = end.location, state.routes[v].end_drive
            if blink > 0.0 and uniform(rng) < blink:
                hopeless = False
                continue

            # both stops in this gap
            cost = a_p + direct + from_d[place_b] - old + opening
            if cost < best.cost:
                arrive = max(leave + direct_leg, d.earliest)
                if arrive <= d.latest:
                    onward = arrive + d.service + from_d[place_b]
                    limit = row[i].deadline if i < visits else vehicle.shift_end
                    if onward <= limit and (
                        boundary or (request.exclusive == 0 and blocks[row[i].block].group == request.group)
                    ):
                        if fits(tables, state, line, v, r, i, i):
                            best.cost = cost
                            best.vehicle = v
                            best.pickup = i
                            best.dropoff = i

            # the drop-off further on
            if i == visits or request.exclusive != 0 or blocks[row[i].block].group != request.group:
                continue
            p_b = from_p[place_b]
            base = a_p + p_b - old
            if base >= best.cost:
                continue
            held = 0 if boundary else row[i - 1].load
            mask = carries[held + p.load]
            if mask == 0:
                continue
            step = p_b + (state.stops[row[i].stop].overhead if place_b != p.location else 0)
            time = max(leave + step, row[i].earliest)
            aboard = step
            if time > row[i].deadline:
                continue
            for j in range(i + 1, visits + 1):
                mask &= carries[row[j - 1].load + p.load]
                if mask == 0:
                    break
                x_d = into_d[row[j - 1].band, row[j - 1].location]
                if j < visits:
                    place_y, old_y = row[j].location, row[j].drive
                else:
                    place_y, old_y = end.location, state.routes[v].end_drive
                cost = base + x_d + from_d[place_y] - old_y
                if cost < best.cost:
                    leg = x_d + (d.overhead if row[j - 1].location != d.location else 0)
                    arrive = max(time + row[j - 1].service + leg, d.earliest)
                    if arrive <= d.latest and aboard + row[j - 1].service + leg <= request.ride:
                        onward = arrive + d.service + from_d[place_y]
                        limit = row[j].deadline if j < visits else vehicle.shift_end
                        if onward <= limit and fits(tables, state, line, v, r, i, j):
                            best.cost = cost
                            best.vehicle = v
                            best.pickup = i
                            best.dropoff = j
                if j == visits:
                    break
                if row[j].block != row[j - 1].block and blocks[row[j].block].group != request.group:
                    break
                aboard += row[j - 1].service + row[j].leg
                time = max(time + row[j - 1].service + row[j].leg, row[j].earliest)
                if time > row[j].deadline or aboard > request.ride:
                    break
        if hopeless and best.cost >= NEVER:
            failed[v] = version


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
        band, place = row[first - 1].band, row[first - 1].location
    else:
        band, place = stops[vehicle.start].band, stops[vehicle.start].location
    carries = tables.carries[vehicle.kind]
    mask = np.int32(-1)
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
            line[size].leg = tables.outbound[band, place, stop.location] + (
                stop.overhead if place != stop.location else 0
            )
            if vehicle.max_metres < NEVER:
                metres += tables.metres[place, stop.location]
            band, place = stop.band, stop.location
            line[size].service = stop.service
            line[size].earliest = stop.earliest
            line[size].latest = stop.latest
            load += stop.load
            mask &= carries[load]
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
            tables.outbound[band, place, onward.location]
            + (stops[onward.stop].overhead if place != onward.location else 0)
            + tables.gap
        )
        limit_before = blocks[high + 1].start_before
        limit_after = blocks[high + 1].start_after
        target = onward.location
    else:
        target = stops[vehicle.end].location
        leave = tables.outbound[band, place, target]
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
