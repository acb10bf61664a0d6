"""Where one request fits, exactly: the cheapest pair of positions over a list of routes."""

from __future__ import annotations

import numpy as np

from solver.kernels.chance import until_blink
from solver.kernels.fit import fits
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
    from_p = tables.outbound[p.node]
    from_d = tables.outbound[d.node]
    failed = state.failed[request.tier, r]
    direct = np.int64(from_p[d.location])
    direct_leg = direct + (d.overhead if p.location != d.location else 0)
    if direct_leg > request.ride:
        return
    skip = until_blink(rng, blink)
    for c in range(count):
        v = np.uint32(candidates[c])
        version = state.routes[v].version
        if failed[v] == version or tables.compatible[r, v] == 0:
            continue
        hopeless = best.cost >= NEVER
        vehicle = tables.vehicles[v]
        carries = tables.carries[vehicle.kind]
        row = state.visits[v]
        deadline = state.deadline[v]
        blocks = state.blocks[v]
        visits = state.routes[v].visits
        if visits + 2 > len(row):
            continue
        end = state.stops[vehicle.end]
        away = np.int64(request.move_cost) if request.home != v else np.int64(0)
        opening = vehicle.cost + away if visits == 0 else away
        first = 0
        while first < visits and deadline[first] < p.earliest:
            first += 1
        for i in range(first, visits + 1):
            if i > 0:
                before = row[np.uint32(i - 1)]
                place_a, node_a = before.location, before.node
                ready = before.soonest + before.service
                if ready > p.latest:
                    break
                boundary = i == visits or before.block != row[np.uint32(i)].block
            else:
                start = state.stops[vehicle.start]
                place_a, node_a, ready, boundary = start.location, start.node, np.int64(vehicle.shift_start), True
            limit = deadline[np.uint32(i)] if i < visits else vehicle.shift_end
            if max(ready, p.earliest) + p.service > limit:
                continue
            a_p = np.int64(into_p[node_a])
            begin = ready + a_p + (p.overhead if place_a != p.location else 0)
            if boundary and i > 0:
                begin += tables.gap
            begin = max(begin, p.earliest)
            leave = begin + p.service
            if begin > p.latest or leave > limit:
                continue
            skip -= 1
            if skip == 0:
                skip = until_blink(rng, blink)
                hopeless = False
                continue
            if i < visits:
                here = row[np.uint32(i)]
                place_b, old = here.location, here.drive
            else:
                place_b, old = end.location, state.routes[v].end_drive

            # both stops in this gap
            arrive = max(leave + direct_leg, d.earliest)
            if arrive <= d.latest and arrive + d.service <= limit:
                d_b = np.int64(from_d[place_b])
                cost = a_p + direct + d_b - old + opening
                if (
                    cost < best.cost
                    and arrive + d.service + d_b <= limit
                    and (boundary or (request.exclusive == 0 and blocks[here.block].group == request.group))
                    and fits(tables, state, line, v, r, i, i)
                ):
                    best.cost = cost
                    best.vehicle = v
                    best.pickup = i
                    best.dropoff = i

            # the drop-off further on
            if i == visits or request.exclusive != 0:
                continue
            p_b = np.int64(from_p[place_b])
            base = a_p + p_b - old + away
            if base >= best.cost:
                continue
            if blocks[here.block].group != request.group:
                continue
            held = np.int64(0) if boundary else np.int64(row[np.uint32(i - 1)].load)
            mask = carries[np.uint32(held + p.load)]
            if mask == 0:
                continue
            aboard = p_b + (state.stops[here.stop].overhead if place_b != p.location else 0)
            time = max(leave + aboard, here.earliest)
            if time > limit:
                continue
            put_off = min(np.int64(p.latest), limit - aboard - p.service) + p.service + request.ride
            for j in range(i + 1, visits + 1):
                last = row[np.uint32(j - 1)]
                mask &= carries[np.uint32(last.load + p.load)]
                if mask == 0:
                    break
                if j < visits:
                    place_y, old_y, limit = row[np.uint32(j)].location, row[np.uint32(j)].drive, deadline[np.uint32(j)]
                else:
                    place_y, old_y, limit = end.location, state.routes[v].end_drive, vehicle.shift_end
                x_d = np.int64(into_d[last.node])
                d_y = np.int64(from_d[place_y])
                cost = base + x_d + d_y - old_y
                if cost < best.cost:
                    leg = x_d + (d.overhead if last.location != d.location else 0)
                    arrive = max(time + last.service + leg, d.earliest)
                    if (
                        arrive <= d.latest
                        and arrive <= put_off
                        and aboard + last.service + leg <= request.ride
                        and arrive + d.service + d_y <= limit
                        and fits(tables, state, line, v, r, i, j)
                    ):
                        best.cost = cost
                        best.vehicle = v
                        best.pickup = i
                        best.dropoff = j
                if j == visits:
                    break
                onward = row[np.uint32(j)]
                if onward.block != last.block and blocks[onward.block].group != request.group:
                    break
                aboard += last.service + onward.leg
                time = max(time + last.service + onward.leg, onward.earliest)
                if time > limit or aboard > request.ride or time > put_off:
                    break
        if hopeless and best.cost >= NEVER:
            failed[v] = version
