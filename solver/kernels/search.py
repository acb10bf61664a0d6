"""Ruin and recreate under simulated annealing, on the vehicles of one worker.

Strings of stops on neighbouring routes, or requests related to a seed, are taken out and put back one by one where they
cost least, in a random order, a few positions overlooked on purpose (SISR, Christiaens and Vanden Berghe 2020; related
removal, Shaw 1998). A result that is not accepted is undone from copies of the touched routes. Then vehicles trade
whole blocks. Leaving a request out costs the search more the longer it has been tried in vain; the best is kept by the
true cost.
"""

from __future__ import annotations

from math import exp, log

from solver.kernels.archive import remember
from solver.kernels.chance import below, uniform
from solver.kernels.exchange import trade_blocks
from solver.kernels.jit import kernel
from solver.kernels.recreate import put_back, put_back_absent, sort_pool
from solver.kernels.ruin import close_up, make_room, ruin
from solver.kernels.work import (
    ABSENT,
    ACCEPTED,
    BEST,
    COST,
    POOL_MOST,
    POOLED,
    TOUCHED,
    VERSION,
    absence_of_pool,
    list_absent,
    price_of_pool,
    price_of_touched,
    raise_absence,
    snapshot,
    some_absent,
    total_cost,
    undo,
)

BLINK = 0.03
"""Share of positions overlooked on purpose."""

ROUND_ABSENT = 0.2
"""Share of iterations that make room near somebody who is left out."""


@kernel
def anneal(tables, state, work, mine, iterations, hot, cold, archive):
    """Run ``iterations`` rounds, cooling from ``hot`` to ``cold`` seconds; the best lies in ``work.best_*``.

    ``mine`` lists the worker's requests; ``archive`` remembers the routes accepted, if it has room. ``tally[COST]`` and
    ``tally[BEST]`` tell the cost at the end and the best.
    """
    tally = work.tally
    count = len(mine)
    for k in range(len(work.vehicles)):  # stamps of this call must differ from all before
        tally[VERSION] = max(tally[VERSION], state.routes[work.vehicles[k]].version)
        work.best_version[work.vehicles[k]] = -1
    snapshot(state, work)
    if count == 0 or len(work.vehicles) == 0:
        tally[COST] = total_cost(tables, state, work)
        tally[BEST] = tally[COST]
        return
    current = total_cost(tables, state, work)
    best = current
    list_absent(state, work)
    most = min(POOL_MOST, max(3, int(0.4 * count)))
    absence = 0
    for k in range(tally[ABSENT]):
        absence += state.requests[work.absent[k]].absence
    rate = log(cold / hot)
    for iteration in range(iterations):
        heat = hot * exp(rate * iteration / iterations)
        tally[TOUCHED] = 0
        tally[POOLED] = 0
        retried = min(tally[ABSENT], tables.absent_most)
        for k in range(retried):  # a random few of the absent, without repetition
            q = k + below(work.rng, tally[ABSENT] - k)
            r = work.absent[q]
            work.absent[q] = work.absent[k]
            work.absent[k] = r
            work.pool[k] = r
            work.old_vehicle[k] = -1
            work.old_tier[k] = 0
        tally[POOLED] = retried
        if retried and uniform(work.rng) < ROUND_ABSENT:
            first = work.absent[below(work.rng, retried)]
            if uniform(work.rng) < 0.5:
                make_room(tables, state, work, first, retried + most)
            else:
                ruin(tables, state, work, first, retried + most)
        else:
            first = -1
            ruin(tables, state, work, mine[below(work.rng, count)], retried + most)
        close_up(tables, state, work)
        sort_pool(state, tables, work, first)
        wide = uniform(work.rng) < 0.01
        for k in range(tally[POOLED]):
            r = work.pool[k]
            if work.old_vehicle[k] < 0 and not wide:
                put_back_absent(tables, state, work, r, BLINK)
            else:
                put_back(tables, state, work, r, BLINK, wide)
        cost = (
            current
            - price_of_touched(tables, work, state, True)
            - price_of_pool(state, work, True)
            + price_of_touched(tables, work, state, False)
            + price_of_pool(state, work, False)
        )
        wanted = absence + absence_of_pool(state, work, False) - absence_of_pool(state, work, True)
        if cost + wanted < current + absence - heat * log(1.0 - uniform(work.rng)):
            current = cost
            absence = wanted
            tally[ACCEPTED] += 1
            if len(archive.key):
                remember(tables, state, work, archive)
            if tally[ABSENT] or some_absent(state, work):
                list_absent(state, work)
            if cost < best:
                best = cost
                snapshot(state, work)
        else:
            undo(tables, state, work)
        absence += raise_absence(tables, state, work)
        traded = trade_blocks(tables, state, work, mine, heat)
        if traded != 0:
            current += traded
            if current < best:
                best = current
                snapshot(state, work)
    tally[COST] = current
    tally[BEST] = best
