"""Trades of blocks between vehicles: every rule still holds, the price is true, and no cheaper trade is missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from solver.kernels.exchange import RUNS, trade_blocks
from solver.kernels.tables import pack
from solver.kernels.work import total_cost
from solver.problem import NEVER, Problem, Stay
from solver.reference import blocks, carries, driving, schedule_route
from solver.shared_plan import SharedPlan
from solver.solution import Sequences
from tests.solver.problems import random_problem

N, V = 30, 5
VARIANTS = (
    {},
    {"breaks": False, "duration": 30_000},
    {"breaks": False, "distance": 60_000},
    {"gap": 300},
    {"long_shifts": True, "targets": False},
)


def with_prices(problem: Problem) -> Problem:
    """Serving any request by another vehicle than a random one costs something."""
    rng = np.random.default_rng(1)
    home = rng.integers(-1, V, N).astype(np.int32)
    return replace(problem, stay=Stay(home, rng.integers(0, 400, N).astype(np.int32)))


PROBLEMS = [
    pytest.param(random_problem(N, V, seed, **options), id=f"{options} {seed}")  # type: ignore[arg-type]
    for seed, options in enumerate(VARIANTS)
] + [pytest.param(with_prices(random_problem(N, V, 7)), id="moves have a price")]


def greedy(problem: Problem) -> SharedPlan:
    plan = SharedPlan(problem, pack(problem, N), seed=1, workers=1)
    plan.begin(Sequences([], frozenset()))
    return plan


def traded(plan: SharedPlan, tries: int, heat: float) -> int:
    """What ``tries`` pairs add to the cost."""
    served = np.flatnonzero(plan.state.requests["vehicle"] >= 0).astype(np.int32)
    return int(trade_blocks(plan.tables._replace(trades=tries), plan.state, plan.workers[0], served, heat))


def sequences(plan: SharedPlan) -> list[list[int]]:
    return [
        plan.state.visits[v, : route["visits"]]["stop"].astype(int).tolist()
        for v, route in enumerate(plan.state.routes)
    ]


def outside(plan: SharedPlan) -> frozenset[int]:
    return frozenset(np.flatnonzero(plan.state.requests["tier"] > 0).tolist())


@pytest.mark.parametrize("problem", PROBLEMS)
def test_whatever_is_traded_every_rule_holds_and_the_price_is_true(problem: Problem) -> None:
    plan = greedy(problem)
    work = plan.workers[0]
    served = {s for row in sequences(plan) for s in row}
    for _ in range(20):
        before, routes = int(total_cost(plan.tables, plan.state, work)), sequences(plan)
        added = traded(plan, 50, 2_000.0)
        assert total_cost(plan.tables, plan.state, work) == before + added
        assert {s for row in sequences(plan) for s in row} == served
        for v, row in enumerate(sequences(plan)):
            assert not row or schedule_route(problem, v, row, outside(plan)) is not None
            assert carries(problem, v, row)
            assert all(plan.state.requests[s]["vehicle"] == v for s in row if s < N)
    assert sequences(plan) != routes or added == 0


@pytest.mark.parametrize("problem", PROBLEMS)
def test_when_nothing_cheaper_is_found_there_is_no_cheaper_trade(problem: Problem) -> None:
    plan = greedy(problem)
    traded(plan, 20_000, 1_000.0)
    while traded(plan, 20_000, 1e-9) < 0:
        pass
    routes, relaxed = sequences(plan), outside(plan)
    seen = 0
    for v, w, new_v, new_w in trades(problem, routes):
        seen += 1
        now = cost(problem, v, routes[v]) + cost(problem, w, routes[w])
        if cost(problem, v, new_v) + cost(problem, w, new_w) < now:
            assert not (fits(problem, v, new_v, relaxed) and fits(problem, w, new_w, relaxed))
    assert seen > 100


def trades(problem: Problem, routes: list[list[int]]) -> Iterator[tuple[int, int, list[int], list[int]]]:
    """Every trade between two vehicles in use, by the lists that their routes become."""
    split = [list(blocks(row, N)) for row in routes]
    for v, mine in enumerate(split):
        for w, others in enumerate(split):
            for i in range(len(mine) if v != w else 0):
                for k in range(len(others)):
                    for skip_v, run_v, skip_w, run_w in RUNS.tolist():
                        a, c = i + skip_v, max(0, k + skip_w)
                        b, d = min(a + run_v, len(mine)), min(k + skip_w + run_w, len(others))
                        new_v = mine[:a] + others[c:d] + mine[b:]
                        new_w = others[:c] + mine[a:b] + others[d:]
                        yield v, w, list(chain(*new_v)), list(chain(*new_w))


def cost(problem: Problem, v: int, stops: list[int]) -> int:
    moved = sum(problem.stay.costs(s, v) for s in stops if s < N) if problem.stay else 0
    return driving(problem, v, stops) + int(problem.vehicle_cost[v]) + moved if stops else 0


def fits(problem: Problem, v: int, stops: list[int], relaxed: frozenset[int]) -> bool:
    return not stops or (carries(problem, v, stops) and schedule_route(problem, v, stops, relaxed) is not None)


def test_nobody_is_moved_to_a_vehicle_of_another_worker() -> None:
    plan = greedy(random_problem(N, V, 3))
    theirs = sequences(plan)[0]
    plan.owner[[s for s in theirs if s < N]] = 1
    mine = np.flatnonzero((plan.owner == 0) & (plan.state.requests["vehicle"] >= 0)).astype(np.int32)
    trade_blocks(plan.tables._replace(trades=2_000), plan.state, plan.workers[0], mine, float(NEVER))
    assert sequences(plan)[0] == theirs
