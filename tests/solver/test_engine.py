"""Whole solves on small problems: nothing lost, rules kept, runs that repeat, starts that are never made worse."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from solver.engine import solve
from solver.problem import Problem
from solver.progress import Progress
from solver.reference import driving, schedule_route
from solver.solution import Sequences, Solution, sequences
from tests.solver.problems import random_problem

VARIANTS = {
    "breaks": {},
    "no breaks": {"breaks": False},
    "clean-down": {"gap": 300},
    "no targets": {"targets": False},
    "range": {"distance": 90_000},
    "duration limit": {"breaks": False, "duration": 5 * 3600, "long_shifts": True},
}


def same(a: Solution, b: Solution) -> bool:
    return (
        a.cost == b.cost
        and a.unserved.tolist() == b.unserved.tolist()
        and [(r.vehicle, r.stops.tolist(), r.begin.tolist()) for r in a.routes]
        == [(r.vehicle, r.stops.tolist(), r.begin.tolist()) for r in b.routes]
    )


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("workers", [1, 2])
def test_every_request_is_served_once_or_left_out_and_the_cost_adds_up(variant: str, workers: int) -> None:
    problem = random_problem(50, 7, 11, **VARIANTS[variant])
    n = problem.n_requests
    solution = solve(problem, seed=3, iterations=2_000, workers=workers)
    picked = [int(s) for route in solution.routes for s in route.stops if s < n]
    assert sorted([*picked, *solution.unserved.tolist()]) == list(range(n))
    assert set(solution.relaxed.tolist()) <= set(picked)
    relaxed = frozenset(solution.relaxed.tolist())
    cost = sum(problem.unserved_cost[r] for r in solution.unserved) + sum(problem.relaxed_cost[r] for r in relaxed)
    for route in solution.routes:
        stops = [int(s) for s in route.stops if s != 2 * n]
        assert schedule_route(problem, route.vehicle, stops, relaxed) is not None
        assert (2 * n in route.stops) == bool(problem.break_length[route.vehicle])
        cost += driving(problem, route.vehicle, stops) + problem.vehicle_cost[route.vehicle]
    assert cost == solution.cost


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_seed_and_iterations_give_the_same_solution(workers: int) -> None:
    problem = random_problem(60, 8, 5)
    first = solve(problem, seed=7, iterations=1_500, workers=workers)
    again = solve(problem, seed=7, iterations=1_500, workers=workers)
    other = solve(problem, seed=8, iterations=1_500, workers=workers)
    assert same(first, again)
    assert not same(first, other)


@pytest.mark.parametrize("seed", range(3))
def test_a_start_is_never_made_worse(seed: int) -> None:
    problem = random_problem(60, 8, seed)
    start = solve(problem, seed=seed, iterations=3_000)
    for iterations in (0, 200):
        after = solve(problem, seed=seed + 50, iterations=iterations, start=sequences(start, problem))
        assert after.cost <= start.cost


def test_a_start_that_breaks_rules_is_taken_apart_not_trusted() -> None:
    problem = random_problem(30, 4, 2)
    backwards = [[30, 0, 31, 1], [], [], []]
    solution = solve(problem, seed=1, iterations=200, start=Sequences(backwards, frozenset()))
    assert sorted([*(int(s) for r in solution.routes for s in r.stops if s < 30), *solution.unserved.tolist()]) == list(
        range(30)
    )


def test_more_iterations_do_not_make_it_worse_and_progress_only_falls() -> None:
    problem = random_problem(60, 7, 21)
    seen: list[Progress] = []
    short = solve(problem, seed=1, iterations=100)
    long = solve(problem, seed=1, iterations=6_000, on_progress=seen.append)
    assert long.cost <= short.cost
    assert [p.cost for p in seen] == sorted((p.cost for p in seen), reverse=True)
    assert seen[-1].cost == long.cost


def test_stopping_early_keeps_the_best_so_far() -> None:
    problem = random_problem(40, 6, 4)
    stopped = solve(problem, seed=1, iterations=1_000_000, should_stop=lambda: True)
    assert stopped.iterations == 0
    assert len(stopped.routes) > 0


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_any_requests(n: int) -> None:
    full = random_problem(7, 2, 3)
    problem = _first(full, n)
    solution = solve(problem, seed=1, iterations=50)
    assert len(solution.unserved) + sum(len([s for s in r.stops if s < n]) for r in solution.routes) == n


def _first(problem: Problem, n: int) -> Problem:
    values = {name: getattr(problem, name) for name in problem.__dataclass_fields__}
    for name, array in values.items():
        if isinstance(array, np.ndarray) and array.shape[0] == problem.n_requests:
            values[name] = array[:n].copy()
    values |= {name: values[name][:, :n].copy() for name in ("pickup_window", "dropoff_window", "ride_limit")}
    return Problem(**values)


@pytest.mark.parametrize("seed", range(6))
def test_tiny_problems_are_solved_to_the_exact_optimum(seed: int) -> None:
    problem = random_problem(4, 2, 400 + seed)
    assert solve(problem, seed=1, iterations=3_000).cost == optimum(problem)


def optimum(problem: Problem) -> int:
    """Least cost over every assignment and every order, timed by the reference."""
    n = problem.n_requests

    @cache
    def best_route(vehicle: int, members: frozenset[int]) -> int:
        if not members:
            return 0
        least = 1 << 40
        for relaxed in subsets(members):
            for stops in orders(members, n):
                if schedule_route(problem, vehicle, stops, relaxed) is not None:
                    price = driving(problem, vehicle, stops) + int(problem.vehicle_cost[vehicle])
                    least = min(least, price + sum(int(problem.relaxed_cost[r]) for r in relaxed))
        return least

    least = 1 << 40
    for assignment in np.ndindex(*(3,) * n):
        groups = [frozenset(r for r in range(n) if assignment[r] == v) for v in range(2)]
        left = sum(int(problem.unserved_cost[r]) for r in range(n) if assignment[r] == 2)
        least = min(least, left + sum(best_route(v, members) for v, members in enumerate(groups)))
    return least


def subsets(members: frozenset[int]) -> list[frozenset[int]]:
    items = sorted(members)
    return [frozenset(r for k, r in enumerate(items) if mask >> k & 1) for mask in range(1 << len(items))]


def orders(members: frozenset[int], n: int) -> list[list[int]]:
    """Every stop order with pick-ups before drop-offs."""
    found: list[list[int]] = []

    def grow(prefix: list[int], left: set[int]) -> None:
        if not left:
            found.append(prefix)
        for stop in sorted(left):
            if stop < n or stop - n not in left:
                grow([*prefix, stop], left - {stop})

    grow([], {*members, *(n + r for r in members)})
    return found
