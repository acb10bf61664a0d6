"""Requests that have a vehicle already move where it pays, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.engine import solve
from solver.problem import Problem, Stay
from solver.solution import Solution, sequences

from .problems import random_problem


def has(problem: Problem, solution: Solution) -> np.ndarray:
    vehicle = np.full(problem.n_requests, -1, np.int32)
    for route in solution.routes:
        picked = route.stops[route.stops < problem.n_requests]
        vehicle[picked] = route.vehicle
    return vehicle


def settled(seed: int, price: int) -> tuple[Problem, Solution, np.ndarray]:
    """A problem whose requests have a vehicle by a hasty plan, and that plan."""
    problem = random_problem(40, 6, seed)
    hasty = solve(problem, seed=1, iterations=1)
    vehicle = has(problem, hasty)
    return replace(problem, stay=Stay(vehicle, np.full(40, price, np.int32))), hasty, vehicle


@pytest.mark.parametrize("seed", [3, 4])
def test_nobody_moves_where_moving_costs_more_than_it_can_save(seed: int) -> None:
    problem, hasty, before = settled(seed, 100_000)
    found = solve(problem, seed=1, iterations=4_000, start=sequences(hasty, problem))
    after = has(problem, found)
    assert (after[before >= 0] == before[before >= 0]).all()
    assert found.cost <= hasty.cost


@pytest.mark.parametrize("workers", [1, 2])
def test_fewer_move_the_dearer_it_is_and_each_is_paid_for(workers: int) -> None:
    moved, free = [], []
    for price in (0, 1_000, 5_000):
        problem, hasty, before = settled(5, price)
        found = solve(problem, seed=1, iterations=6_000, workers=workers, start=sequences(hasty, problem))
        after = has(problem, found)
        moved.append(int(((after != before) & (after >= 0) & (before >= 0)).sum()))
        others = found.driving + sum(int(problem.vehicle_cost[r.vehicle]) for r in found.routes)
        others += int(problem.relaxed_cost[found.relaxed].sum()) + int(problem.unserved_cost[found.unserved].sum())
        assert found.cost == others + price * moved[-1]
        free.append(others)
    assert moved[0] > moved[1] > moved[2]
    assert free[0] < free[2]


def test_ortools_refuses_a_price_it_does_not_know() -> None:
    problem, _, _ = settled(3, 10)
    with pytest.raises(ValueError, match="moving"):
        solve(problem, engine="ortools", budget_s=1)
