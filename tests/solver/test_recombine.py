"""Recombination: the best plan of the routes remembered, none of which breaks a rule or is cheaper than it says."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from solver.engine import timed
from solver.kernels.tables import pack
from solver.kinds import kinds
from solver.problem import Problem
from solver.recombine import recombined
from solver.reference import carries, driving, schedule_route
from solver.shared_plan import SharedPlan
from solver.solution import Sequences
from solver.subproblem import subproblem
from tests.solver.problems import random_problem

N, V = 7, 3
NOTHING = Sequences([[] for _ in range(V)], frozenset())


def twins(problem: Problem) -> Problem:
    """The problem with two vehicles that differ in nothing."""
    return subproblem(problem, range(N), [0, 0, *range(2, V)])


PROBLEMS = [
    *(pytest.param(random_problem(N, V, seed), id=str(seed)) for seed in range(3)),
    *(pytest.param(twins(random_problem(N, V, seed)), id=f"{seed}, two alike") for seed in range(3, 6)),
    pytest.param(random_problem(N, V, 6, targets=False, breaks=False), id="no targets"),
]


def searched(problem: Problem, workers: int = 1) -> SharedPlan:
    """A search stopped while its temperature is high."""
    plan = SharedPlan(problem, pack(problem, N), 1, workers)
    plan.begin(Sequences([], frozenset()))
    with ThreadPoolExecutor(workers) as threads:
        for _ in range(4):
            plan.run_epoch(100, plan.direct * 5, threads)
    return plan


def remembered(plan: SharedPlan) -> Iterator[tuple[int, list[int], frozenset[int], int]]:
    """Vehicle, stops, requests outside their targets and cost of every route in the archives."""
    for archive in plan.archives:
        for at in np.flatnonzero(archive.key):
            row = [int(stop) for stop in archive.stops[at] if stop >= 0]
            relaxed = frozenset(stop - 2 * N for stop in row if stop >= 2 * N)
            yield int(archive.vehicle[at]), [stop % (2 * N) for stop in row], relaxed, int(archive.cost[at])


def best_choice(problem: Problem, plan: SharedPlan) -> int:
    """The cheapest plan of the routes in the archives, by trying all."""
    kind = kinds(problem)
    prices: list[dict[int, int]] = [{0: 0} for _ in range(V)]  # of each vehicle, by the requests as bits
    for vehicle, row, _, cost in remembered(plan):
        served = sum(1 << stop for stop in row if stop < N)
        for v in np.flatnonzero(kind == kind[vehicle]):
            prices[v][served] = min(cost, prices[v].get(served, cost))
    plans = {0: 0}
    for offered in prices:
        longer: dict[int, int] = {}
        for taken, so_far in plans.items():
            for served, cost in offered.items():
                if not taken & served:
                    both = taken | served
                    longer[both] = min(so_far + cost, longer.get(both, so_far + cost))
        plans = longer
    absent: list[int] = problem.unserved_cost.tolist()
    return min(cost + sum(absent[r] for r in range(N) if not taken >> r & 1) for taken, cost in plans.items())


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("workers", [1, 2])
def test_routes_remembered_hold_and_cost_what_they_say(problem: Problem, workers: int) -> None:
    routes = list(remembered(searched(problem, workers)))
    assert routes
    for vehicle, row, relaxed, cost in routes:
        assert carries(problem, vehicle, row)
        assert schedule_route(problem, vehicle, row, relaxed) is not None
        outside = sum(int(problem.relaxed_cost[r]) for r in relaxed)
        assert cost == driving(problem, vehicle, row) + problem.vehicle_cost[vehicle] + outside


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_best_choice_of_routes_is_found(problem: Problem) -> None:
    plan = searched(problem)
    found = recombined(problem, NOTHING, int(problem.unserved_cost.sum()), plan.archives)
    assert timed(problem, found, 0).cost == best_choice(problem, plan)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_plan_without_better_routes_is_kept(problem: Problem) -> None:
    plan = searched(problem)
    best = recombined(problem, NOTHING, int(problem.unserved_cost.sum()), plan.archives)
    assert recombined(problem, best, timed(problem, best, 0).cost, plan.archives) is best


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_search_goes_on_from_the_recombined_plan(problem: Problem) -> None:
    plan = searched(problem)
    plan.recombine()
    assert timed(problem, plan.found(), 0).cost == plan.best.cost <= best_choice(problem, plan)
