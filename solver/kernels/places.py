"""Where one request fits on each of many routes: the cheapest place on every vehicle, not only on the best."""

from __future__ import annotations

import numpy as np

from solver.kernels.insertion import find_place
from solver.kernels.jit import kernel
from solver.kernels.recreate import adopt
from solver.kernels.work import set_tier
from solver.problem import NEVER


@kernel
def find_places(tables, state, work, r, places):
    """The cheapest place of request ``r`` on each vehicle: ``places`` [tier, v], cost NEVER where there is none.

    What has no place inside the hard limits has none inside the targets. The request is left in its target tier.
    """
    place = work.place[0]
    set_tier(tables, state, r, 1)
    for v in range(len(tables.vehicles)):
        places[0, v].cost = NEVER
        places[1, v].cost = NEVER
        if tables.compatible[r, v]:
            find_on(tables, state, work, r, v)
            places[1, v] = place
    set_tier(tables, state, r, 0)
    for v in range(len(tables.vehicles)):
        if places[1, v].cost < NEVER:
            find_on(tables, state, work, r, v)
            places[0, v] = place


@kernel
def find_on(tables, state, work, r, v):
    """Its cheapest place on one vehicle, in the tier in force, into ``work.place``."""
    work.candidates[0] = v
    find_place(tables, state, work.line, work.rng, 0.0, r, work.candidates, 1, work.place)


@kernel
def find_room(tables, state, work, r, tier, kept, stops, found):
    """For each request q, where ``r`` goes on q's vehicle once q is out, into ``found`` [n]; cost NEVER where nowhere.

    The cost is all that changes: driving, the price of a missed target, a vehicle taken into use or left unused, less
    what q cost where it was. Requests ``kept`` [n] stay where they are; ``tier`` [n] is that of each request served,
    ``stops`` is scratch as wide as a route, twice. All routes are as before afterwards.
    """
    n = len(state.requests)
    place = work.place[0]
    for k in range(n):
        found[k].cost = NEVER
    for v in range(len(tables.vehicles)):
        if not tables.compatible[r, v]:
            continue
        visits = state.routes[v].visits
        before = np.int64(state.routes[v].drive)
        for k in range(visits):
            stops[0, k] = state.visits[v, k].stop
        touched = False
        for k in range(visits):
            q = np.int64(stops[0, k])
            if q >= n or kept[q]:
                continue
            size = 0
            for m in range(visits):
                if stops[0, m] != q and stops[0, m] != n + q:
                    stops[1, size] = stops[0, m]
                    size += 1
            touched = True
            if not adopt(tables, state, work, v, stops[1, :size], tier):
                continue
            saved = before - state.routes[v].drive
            if size == 0:
                saved += tables.vehicles[v].cost
            if tier[q]:
                saved += state.requests[q].relaxed_cost
            for hard in range(2):
                set_tier(tables, state, r, hard)
                find_on(tables, state, work, r, v)
                cost = place.cost - saved + (state.requests[r].relaxed_cost if hard else 0)
                if place.cost < NEVER and cost < found[q].cost:
                    found[q] = place
                    found[q].cost = cost
        if touched:
            adopt(tables, state, work, v, stops[0, :visits], tier)
    set_tier(tables, state, r, 0)


@kernel
def fill_slot(tables, state, r, band, location, node_band, node_location, seconds, seconds_to, most):
    """Give request ``r`` its travel times: its nodes are those of no other, of the last two locations one may be its.

    ``seconds`` [b, m, m] are those of the problem, ``seconds_to`` [b, m, 2] of them those to the last two locations
    once more, side by side; ``most`` is what the tables can hold.
    """
    n = len(state.requests)
    m = seconds.shape[1]
    for k in range(2):
        if location[k] >= m - 2:
            column = location[k]
            for node in range(len(node_band)):
                drive = min(seconds_to[node_band[node], node_location[node], column - m + 2], most)
                tables.outbound[node, column] = drive
                tables.inbound[column, node] = drive
    for k in range(2):
        node = state.stops[r + k * n].node
        for place in range(m):
            drive = min(seconds[band[k], location[k], place], most)
            tables.outbound[node, place] = drive
            tables.inbound[place, node] = drive
