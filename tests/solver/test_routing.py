"""OR-Tools on parts and whole days: whatever it answers, the plain reference must pass it."""

from dataclasses import replace

import numpy as np
import pytest

from solver.problem import NEVER
from solver.reference import schedule_route
from solver.routing import relaxed_requests, solve_decomposed, solve_routing, subproblem
from solver.routing.judge import cost, holds, repaired
from solver.routing.model import can_work

from .problems import random_problem

SECONDS = 0.6


def assert_holds(problem, routes):
    """Every route passes with the targets kept by all but the relaxed, and nobody travels twice."""
    n = problem.n_requests
    stops = [stop for route in routes for stop in route]
    assert len(routes) == problem.n_vehicles
    assert len(set(stops)) == len(stops)
    relaxed = relaxed_requests(problem, routes)
    for vehicle, route in enumerate(routes):
        if route:
            assert schedule_route(problem, vehicle, route, relaxed & frozenset(s for s in route if s < n)) is not None


@pytest.mark.parametrize("seed", range(4))
def test_answers_with_every_rule_on_hold(seed):
    problem = random_problem(16, 4, seed, gap=120, distance=150_000)
    routes = solve_routing(problem, seconds=SECONDS)
    assert_holds(problem, routes)
    assert any(routes)


def test_a_limit_on_duration_holds():
    problem = random_problem(12, 3, seed=5, duration=5 * 3600, breaks=False)
    routes = solve_routing(problem, seconds=SECONDS)
    assert_holds(problem, routes)
    assert any(routes)


def test_times_may_count_from_any_origin():
    problem = random_problem(8, 2, seed=3, targets=False)
    windows = {name: getattr(problem, name) - 20_000 for name in ("pickup_window", "dropoff_window", "shift")}
    moved = replace(problem, **windows, break_window=problem.break_window - 20_000)
    assert_holds(moved, solve_routing(moved, seconds=SECONDS))
    assert any(solve_routing(moved, seconds=SECONDS))


def test_only_the_requests_and_vehicles_named_are_planned():
    problem = random_problem(14, 4, seed=2)
    requests, vehicles = [1, 3, 5, 7, 9], [2, 0]
    routes = solve_routing(problem, seconds=SECONDS, requests=requests, vehicles=vehicles)
    assert_holds(problem, routes)
    assert {stop % 14 for route in routes for stop in route} <= set(requests)
    assert routes[1] == routes[3] == []
    assert any(routes)


def test_a_start_is_never_made_worse():
    problem = random_problem(16, 4, seed=6)
    start = solve_routing(problem, seconds=SECONDS)
    again = solve_routing(problem, seconds=SECONDS, start=start)
    assert_holds(problem, again)
    assert cost(problem, again) <= cost(problem, start)
    assert cost(problem, solve_routing(problem, seconds=0, start=start)) == cost(problem, start)


def test_a_vehicle_that_no_break_fits_and_a_request_of_no_time_spoil_nothing():
    problem = random_problem(8, 2, seed=3)
    length, limit = problem.break_length.copy(), problem.pickup_window.copy()
    length[0] = NEVER
    limit[:, 5] = [100, 50]
    odd = replace(problem, break_length=length, pickup_window=limit)
    assert not can_work(odd, 0)
    routes = solve_routing(odd, seconds=SECONDS)
    assert_holds(odd, routes)
    assert routes[0] == []
    assert routes[1]
    assert 5 not in routes[1]


def test_nothing_to_do_gives_empty_routes():
    problem = random_problem(4, 2, seed=1)
    assert solve_routing(problem, seconds=SECONDS, requests=[]) == [[], []]
    assert solve_routing(problem, seconds=SECONDS, vehicles=[]) == [[], []]
    assert solve_decomposed(subproblem(problem, [], [0, 1]), seconds=SECONDS) == [[], []]
    assert solve_decomposed(subproblem(problem, [0, 1], []), seconds=SECONDS) == []


def test_repair_leaves_out_the_request_that_costs_least():
    problem = random_problem(10, 3, seed=4, breaks=False)
    apart = replace(
        problem,
        group=np.arange(10, dtype=np.int32),
        compatible=np.ones((10, 3), np.bool_),
        unserved_cost=np.arange(1, 11, dtype=np.int32),
    )
    first, second = next(
        (a, b) for a in range(10) for b in range(a + 1, 10) if all(holds(apart, 0, [r, 10 + r]) for r in (a, b))
    )
    assert repaired(apart, 0, [first, second, 10 + second, 10 + first]) == [second, 10 + second]
    assert repaired(apart, 0, [first, 10 + first]) == [first, 10 + first]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_whole_day_holds_and_its_cost_only_falls(workers):
    problem = random_problem(30, 6, seed=7)
    seen = []
    routes = solve_decomposed(problem, seconds=3, seed=1, workers=workers, on_progress=seen.append)
    assert_holds(problem, routes)
    costs = [progress.cost for progress in seen]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == cost(problem, routes)
    assert seen[-1].served == sum(map(len, routes)) // 2
