"""Ruin and recreate under simulated annealing, on the vehicles of one worker.

Strings of stops on neighbouring routes, or requests related to a seed, are taken out and put back one by one where they
cost least, in a random order, a few positions overlooked on purpose (SISR, Christiaens and Vanden Berghe 2020; related
removal, Shaw 1998). A result that is not accepted is undone from copies of the touched routes.
"""

from __future__ import annotations

from math import exp, log

from solver.kernels.chance import below, uniform
from solver.kernels.jit import kernel
from solver.kernels.recreate import put_back, sort_pool
from solver.kernels.ruin import close_up, ruin
from solver.kernels.work import (
    ABSENT,
    ABSENT_MOST,
    ACCEPTED,
    BEST,
    COST,
    POOL_MOST,
    POOLED,
    TOUCHED,
    VERSION,
    list_absent,
    price_of_pool,
    price_of_touched,
    snapshot,
    some_absent,
    total_cost,
    undo,
)

BLINK = 0.03


@kernel
def anneal(tables, state, work, mine, iterations, hot, cold):
    """Run ``iterations`` rounds, cooling from ``hot`` to ``cold`` seconds; the best lies in ``work.best_*``.

    ``mine`` lists the worker's requests. ``tally[COST]`` and ``tally[BEST]`` tell the cost at the end and the best.
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
    rate = log(cold / hot)
    for iteration in range(iterations):
        heat = hot * exp(rate * iteration / iterations)
        tally[TOUCHED] = 0
        tally[POOLED] = 0
        retried = min(tally[ABSENT], ABSENT_MOST)
        for k in range(retried):  # a random few of the absent, without repetition
            q = k + below(work.rng, tally[ABSENT] - k)
            r = work.absent[q]
            work.absent[q] = work.absent[k]
            work.absent[k] = r
            work.pool[k] = r
            work.old_vehicle[k] = -1
            work.old_tier[k] = 0
        tally[POOLED] = retried
        if retried and uniform(work.rng) < 0.5:
            seed = work.absent[below(work.rng, retried)]
        else:
            seed = mine[below(work.rng, count)]
        ruin(tables, state, work, seed, retried + most)
        close_up(tables, state, work)
        sort_pool(state, tables, work)
        wide = uniform(work.rng) < 0.01
        for k in range(tally[POOLED]):
            r = work.pool[k]
            put_back(tables, state, work, r, BLINK, wide, work.old_vehicle[k] < 0 and not wide)
        cost = (
            current
            - price_of_touched(tables, work, state, True)
            - price_of_pool(state, work, True)
            + price_of_touched(tables, work, state, False)
            + price_of_pool(state, work, False)
        )
        if cost < current - heat * log(1.0 - uniform(work.rng)):
            current = cost
            tally[ACCEPTED] += 1
            if tally[ABSENT] or some_absent(state, work):
                list_absent(state, work)
            if cost < best:
                best = cost
                snapshot(state, work)
        else:
            undo(tables, state, work)
    tally[COST] = current
    tally[BEST] = best
