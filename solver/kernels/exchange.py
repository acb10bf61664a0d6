"""Blocks change vehicles whole: relocated, swapped, or with all that follows them.

Two vehicles trade runs of blocks. Nobody is aboard between blocks, so loads and ride times stay as they are, and only
the legs between blocks and the clock must be looked at: the CROSS exchange of Taillard et al. (1997) with 2-opt*
(Potvin and Rousseau 1995) as its longest form, on blocks in place of stops. A trade costs a few table lookups, where
ruin and recreate move a shared ride one passenger at a time.
"""

from __future__ import annotations

from math import log

import numpy as np

from solver.kernels.chance import below, uniform
from solver.kernels.fit import leg_to
from solver.kernels.jit import kernel
from solver.kernels.route import after_break, at_start, meets, pass_block, refresh
from solver.kernels.work import POOLED, TOUCHED, keep, stamp, undo
from solver.problem import NEVER

ALL = 1 << 20
RUNS = np.array(
    [
        (0, 1, 0, 0), (0, 1, 1, 0), (0, 1, 0, 1),  # relocate before, behind; swap
        (0, 2, 0, 1), (0, 1, 0, 2), (0, 1, -1, 2), (0, 2, 0, 2),  # one for two, two for two
        (0, ALL, 0, ALL), (1, ALL, 0, ALL), (0, ALL, 1, ALL),  # all that follows
    ]
)  # fmt: skip
"""The trades between a vehicle and another: from which block on, counted from the one that a request rides in, and how
many blocks, of the first and of the second."""


@kernel
def trade_blocks(tables, state, work, mine, heat):
    """Look at random pairs of near requests on different vehicles, and take the trades that annealing accepts.

    Returns what they add to the cost.
    """
    total = np.int64(0)
    near = tables.near.shape[1]
    if near == 0:
        return total
    for _ in range(tables.trades):
        r = mine[below(work.rng, len(mine))]
        q = tables.near[r, below(work.rng, near)]
        if q < 0 or work.owner[q] != work.me:
            continue
        v, w = state.requests[r].vehicle, state.requests[q].vehicle
        if v < 0 or w < 0 or v == w:
            continue
        i, k = _block_of(state, v, r), _block_of(state, w, q)
        most = -heat * log(1.0 - uniform(work.rng))
        turn = below(work.rng, len(RUNS))
        for t in range(len(RUNS)):
            run = RUNS[(t + turn) % len(RUNS)]
            a, c = i + run[0], max(0, k + run[2])
            b = min(a + run[1], state.routes[v].blocks)
            d = min(k + run[2] + run[3], state.routes[w].blocks)
            if not _in_time(tables, state, v, a, b, w, c, d) or not _in_time(tables, state, w, c, d, v, a, b):
                continue
            added = _added_drive(tables, state, v, a, b, w, c, d) + _added_drive(tables, state, w, c, d, v, a, b)
            if (
                (added >= most and not tables.moves_cost)
                or not _holds(tables, state, v, a, b, w, c, d)
                or not _holds(tables, state, w, c, d, v, a, b)
            ):
                continue
            added += _price(tables, state, v, a, b, w) + _price(tables, state, w, c, d, v)
            if added < most and _trade(tables, state, work, v, a, b, w, c, d):
                total += added
                break
    return total


@kernel
def _block_of(state, v, r):
    """The block in which request ``r`` rides on its vehicle ``v``."""
    row = state.visits[v]
    k = 0
    while row[np.uint32(k)].stop != r:
        k += 1
    return np.int64(row[np.uint32(k)].block)


@kernel
def _left_at(tables, state, v, b):
    """The stop at which vehicle ``v`` is before its block ``b``."""
    if b == 0:
        return np.int64(tables.vehicles[v].start)
    return np.int64(state.visits[v, np.uint32(state.blocks[v, np.uint32(b - 1)].last)].stop)


@kernel
def _next_at(tables, state, v, b):
    """The stop with which its block ``b`` begins, or its end."""
    if b == state.routes[v].blocks:
        return np.int64(tables.vehicles[v].end)
    return np.int64(state.visits[v, np.uint32(state.blocks[v, np.uint32(b)].first)].stop)


@kernel
def _drive_into(state, v, b):
    """Driving from what lies before block ``b`` to it, or to the end."""
    if b == state.routes[v].blocks:
        return np.int64(state.routes[v].end_drive)
    return np.int64(state.visits[v, np.uint32(state.blocks[v, np.uint32(b)].first)].drive)


@kernel
def _in_time(tables, state, v, a, b, w, c, d):
    """Whether the clock alone, without any drive, allows vehicle ``v`` blocks [c, d) of ``w`` in place of [a, b)."""
    if c == d:
        return True
    mine, others = state.blocks[v], state.blocks[w]
    first, last = others[np.uint32(c)], others[np.uint32(d - 1)]
    if a > 0:
        before = mine[np.uint32(a - 1)]
        if before.done_before > first.latest and before.done_after > first.latest:
            return False
    elif tables.vehicles[v].shift_start > first.latest:
        return False
    if b < state.routes[v].blocks:
        onward = mine[np.uint32(b)]
        return last.finish <= onward.start_before or last.finish <= onward.start_after
    return last.finish <= tables.vehicles[v].shift_end


@kernel
def _added_drive(tables, state, v, a, b, w, c, d):
    """What vehicle ``v`` drives more between blocks, with blocks [c, d) of ``w`` in place of its own [a, b)."""
    blocks = state.routes[v].blocks
    stops = state.stops
    was = _drive_into(state, v, a)
    if b > a:
        was += _drive_into(state, v, b)
    if c == d:
        if b - a == blocks:
            return -was - np.int64(tables.vehicles[v].cost)
        return (
            np.int64(
                tables.outbound[
                    stops[_left_at(tables, state, v, a)].node, stops[_next_at(tables, state, v, b)].location
                ]
            )
            - was
        )
    into = tables.outbound[stops[_left_at(tables, state, v, a)].node, stops[_next_at(tables, state, w, c)].location]
    on = tables.outbound[stops[_left_at(tables, state, w, d)].node, stops[_next_at(tables, state, v, b)].location]
    return np.int64(into) + np.int64(on) - was


@kernel
def _price(tables, state, v, a, b, w):
    """What it costs besides driving if vehicle ``w`` serves blocks [a, b) of ``v``; NEVER where it may or can not."""
    price = np.int64(0)
    if a == b:
        return price
    n = len(state.requests)
    carries = tables.carries[tables.vehicles[w].kind]
    mask = -1
    block = -1
    for k in range(state.blocks[v, np.uint32(a)].first, state.blocks[v, np.uint32(b - 1)].last + 1):
        visit = state.visits[v, np.uint32(k)]
        if visit.block != block:
            block = visit.block
            mask = -1
        mask &= carries[visit.load]
        if mask == 0:
            return np.int64(NEVER)
        if visit.stop < n:
            if tables.compatible[visit.stop, w] == 0:
                return np.int64(NEVER)
            request = state.requests[np.uint32(visit.stop)]
            price += (request.move_cost if w != request.home else 0) - (request.move_cost if v != request.home else 0)
    return price


@kernel
def _holds(tables, state, v, a, b, w, c, d):
    """Whether the clock allows vehicle ``v`` blocks [c, d) of ``w`` in place of its own [a, b)."""
    vehicle = tables.vehicles[v]
    mine, others = state.blocks[v], state.blocks[w]
    row = state.visits[w]
    stops = state.stops
    before, after = at_start(vehicle)
    if a > 0:
        before, after = np.int64(mine[np.uint32(a - 1)].done_before), np.int64(mine[np.uint32(a - 1)].done_after)
    last = _left_at(tables, state, v, a)
    for k in range(c, d):
        block = others[np.uint32(k)]
        leg = (
            leg_to(tables, stops[last], stops[row[np.uint32(block.first)].stop])
            if k == c
            else np.int64(row[np.uint32(block.first)].leg)
        )
        if k > c or a > 0:
            leg += tables.gap
        rested = after_break(vehicle, before, after)
        before, after = pass_block(vehicle, before, rested, leg, block.finish, block.span, block.latest)
        if before >= NEVER and after >= NEVER:
            return False
        last = np.int64(row[np.uint32(block.last)].stop)
    if b < state.routes[v].blocks:
        onward = mine[np.uint32(b)]
        leave = leg_to(tables, stops[last], stops[state.visits[v, np.uint32(onward.first)].stop])
        if a > 0 or d > c:
            leave += tables.gap
        return meets(vehicle, before, after, leave, onward.start_before, onward.start_after)
    leave = np.int64(tables.outbound[stops[last].node, stops[vehicle.end].location])
    return meets(vehicle, before, after, leave, -NEVER, vehicle.shift_end)


@kernel
def _trade(tables, state, work, v, a, b, w, c, d):
    """Let blocks [a, b) of ``v`` and blocks [c, d) of ``w`` change places; false, and all as before, if either breaks.

    What only the whole route tells (range, longest duration) is found out here.
    """
    work.tally[TOUCHED] = 0
    work.tally[POOLED] = 0
    keep(state, work, v)
    keep(state, work, w)
    first_v, end_v = _visits(state, v, a, b)
    first_w, end_w = _visits(state, w, c, d)
    if not _splice(state, work, v, first_v, end_v, 1, first_w, end_w):
        undo(tables, state, work)
        return False
    if not _splice(state, work, w, first_w, end_w, 0, first_v, end_v):
        undo(tables, state, work)
        return False
    if refresh(tables, state, work.line, v) and refresh(tables, state, work.line, w):
        n = len(state.requests)
        for t in range(2):
            to, first, end = (w, first_v, end_v) if t == 0 else (v, first_w, end_w)
            for k in range(first, end):
                s = work.old_visits[t, np.uint32(k)].stop
                if s < n:
                    state.requests[np.uint32(s)].vehicle = to
        stamp(state, work, v)
        stamp(state, work, w)
        return True
    undo(tables, state, work)
    return False


@kernel
def _visits(state, v, a, b):
    """The visits [first, end) of blocks [a, b)."""
    blocks = state.blocks[v]
    if a == b:
        at = np.int64(blocks[np.uint32(a)].first) if a < state.routes[v].blocks else np.int64(state.routes[v].visits)
        return at, at
    return np.int64(blocks[np.uint32(a)].first), np.int64(blocks[np.uint32(b - 1)].last) + 1


@kernel
def _splice(state, work, v, first, end, other, start, stop):
    """Put visits [start, stop) of the ``other`` kept route in place of [first, end) of ``v``; false if too long."""
    row = state.visits[v]
    kept = work.old_visits[1 - other]
    visits = work.old_routes[1 - other].visits
    shift = (stop - start) - (end - first)
    if visits + shift > len(row):
        return False
    for k in range(start, stop):
        row[np.uint32(first + k - start)].stop = work.old_visits[other, np.uint32(k)].stop
    for k in range(end, visits):
        row[np.uint32(k + shift)].stop = kept[np.uint32(k)].stop
    state.routes[v].visits = visits + shift
    return True
