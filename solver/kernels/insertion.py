"""Where one request fits, exactly: the cheapest pair of positions over a list of routes."""

from __future__ import annotations

import numpy as np

from solver.kernels.chance import uniform
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
