"""OR-Tools on parts and whole days: whatever it answers, the plain reference must pass it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count, pairwise

import numpy as np
import pytest

from solver.engine import solve
from solver.problem import NEVER, Problem
from solver.progress import Progress
from solver.reference import schedule_route
from solver.routing import day, solve_decomposed, solve_routing, subproblem
from solver.routing.judge import judged
from solver.routing.model import can_work
from solver.solution import Sequences, sequences
from tests.solver.problems import random_problem
from tests.solver.test_engine import optimum

PLENTY = 600.0  # seconds: the number of searches ends these runs, so that a slow machine answers the same


def after(looks: int) -> Callable[[], bool]:
    """A ``should_stop`` that says yes after so many looks."""
    looked = count()
    return lambda: next(looked) >= looks


def assert_holds(problem: Problem, plan: Sequences) -> None:
    """Every route passes with the targets kept by all but the relaxed, and nobody travels twice."""
    n = problem.n_requests
    stops = [stop for route in plan.stops for stop in route]
    assert len(plan.stops) == problem.n_vehicles
    assert len(set(stops)) == len(stops)
    for vehicle, route in enumerate(plan.stops):
        if route:
            relaxed = plan.relaxed & frozenset(s for s in route if s < n)
            assert schedule_route(problem, vehicle, route, relaxed) is not None


def assert_routes_hold(problem: Problem, routes: Sequence[Sequence[int]]) -> None:
    """The judge finds nothing to repair."""
    plan = judged(problem, routes)
    assert plan.routes == [list(stops) for stops in routes]
    assert_holds(problem, Sequences(plan.routes, plan.relaxed))


@pytest.mark.parametrize("seed", range(4))
def test_answers_with_every_rule_on_hold(seed: int) -> None:
    problem = random_problem(16, 4, seed, gap=120, distance=150_000)
    routes = solve_routing(problem, seconds=PLENTY, searches=2)
    assert_routes_hold(problem, routes)
    assert sum(map(len, routes)) > 2 * 12


def test_a_limit_on_duration_holds() -> None:
    problem = random_problem(12, 3, seed=5, duration=5 * 3600, breaks=False)
    routes = solve_routing(problem, seconds=PLENTY, searches=2)
    assert_routes_hold(problem, routes)
    assert any(routes)


def test_times_may_count_from_any_origin() -> None:
    problem = random_problem(8, 2, seed=3, targets=False)
    windows = {name: getattr(problem, name) - 20_000 for name in ("pickup_window", "dropoff_window", "shift")}
    moved = replace(problem, **windows, break_window=problem.break_window - 20_000)
    routes = solve_routing(moved, seconds=PLENTY, searches=2)
    assert_routes_hold(moved, routes)
    assert routes == solve_routing(problem, seconds=PLENTY, searches=2)


def test_only_the_requests_and_vehicles_named_are_planned() -> None:
    problem = random_problem(14, 4, seed=2)
    requests, vehicles = [1, 3, 5, 7, 9], [2, 0]
    routes = solve_routing(problem, seconds=PLENTY, searches=1, requests=requests, vehicles=vehicles)
    assert_routes_hold(problem, routes)
    assert {stop % 14 for route in routes for stop in route} <= set(requests)
    assert routes[1] == routes[3] == []
    assert any(routes)


def test_a_start_is_never_made_worse() -> None:
    problem = random_problem(16, 4, seed=6)
    start = solve_routing(problem, seconds=PLENTY, searches=1)
    again = solve_routing(problem, seconds=PLENTY, searches=2, start=start)
    assert_routes_hold(problem, again)
    assert judged(problem, again).cost <= judged(problem, start).cost
    assert solve_routing(problem, seconds=0, start=start) == start


def test_a_vehicle_that_no_break_fits_and_a_request_of_no_time_spoil_nothing() -> None:
    problem = random_problem(8, 2, seed=3)
    length, limit = problem.break_length.copy(), problem.pickup_window.copy()
    length[0] = NEVER
    limit[:, 5] = [100, 50]
    odd = replace(problem, break_length=length, pickup_window=limit)
    assert not can_work(odd, 0)
    routes = solve_routing(odd, seconds=PLENTY, searches=2)
    assert_routes_hold(odd, routes)
    assert routes[0] == []
    assert routes[1]
    assert 5 not in routes[1]
    assert solve_decomposed(odd, seconds=PLENTY, should_stop=after(3)).stops[0] == []


def test_nothing_to_do_gives_empty_routes() -> None:
    problem = random_problem(4, 2, seed=1)
    assert solve_routing(problem, seconds=PLENTY, requests=[]) == [[], []]
    assert solve_routing(problem, seconds=PLENTY, vehicles=[]) == [[], []]
    assert solve_decomposed(subproblem(problem, [], [0, 1]), seconds=PLENTY).stops == [[], []]
    assert solve_decomposed(subproblem(problem, [0, 1], []), seconds=PLENTY).stops == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_whole_day_holds_and_its_cost_only_falls(workers: int) -> None:
    problem = random_problem(30, 6, seed=7)
    seen: list[Progress] = []
    plan = solve_decomposed(
        problem, seconds=PLENTY, workers=workers, on_progress=seen.append, should_stop=after(6 * workers)
    )
    assert_holds(problem, plan)
    assert all(later.cost <= earlier.cost for earlier, later in pairwise(seen))
    judgement = judged(problem, plan.stops, plan.relaxed)
    assert (seen[-1].cost, seen[-1].driving) == (judgement.cost, judgement.driving)
    assert seen[-1].served == sum(map(len, plan.stops)) // 2 > 20


def test_parts_around_the_unserved_find_places_that_the_covering_parts_did_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(day, "FIRST_SIZE", 8)
    problem = random_problem(40, 8, seed=3)
    covering = -(-40 // 8)
    seen: list[Progress] = []
    solve_decomposed(problem, seconds=PLENTY, on_progress=seen.append, should_stop=after(covering + 8))
    assert covering > 2
    assert seen[covering].served < seen[-1].served


def test_the_seed_decides_the_answer_of_one_worker() -> None:
    problem = random_problem(30, 6, seed=8)
    one, same, other = (
        solve_decomposed(problem, seconds=PLENTY, seed=seed, should_stop=after(4)) for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other


@pytest.mark.parametrize("workers", [1, 2])
def test_a_warm_start_is_never_made_worse(workers: int) -> None:
    problem = random_problem(30, 6, seed=9)
    start = solve(problem, engine="ortools", budget_s=PLENTY, should_stop=after(3))
    kept = solve(problem, engine="ortools", budget_s=PLENTY, start=sequences(start, problem), should_stop=after(0))
    assert kept.cost == start.cost
    better = solve(
        problem,
        engine="ortools",
        budget_s=PLENTY,
        workers=workers,
        start=sequences(start, problem),
        should_stop=after(4),
    )
    assert better.cost <= start.cost


def test_stopped_at_once_it_answers_with_nothing_served() -> None:
    problem = random_problem(10, 3, seed=1)
    stopped = solve(problem, engine="ortools", budget_s=PLENTY, should_stop=after(0))
    assert len(stopped.unserved) == 10
    stopped = solve(problem, engine="ortools", budget_s=0)
    assert len(stopped.unserved) == 10


@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_early_it_answers_with_what_it_has(workers: int) -> None:
    problem = random_problem(30, 6, seed=9)
    stopped = solve(problem, engine="ortools", budget_s=PLENTY, workers=workers, should_stop=after(2))
    assert len(stopped.routes) > 0
    assert len(stopped.unserved) < 30


def test_tiny_problems_come_to_the_exact_optimum_and_not_below() -> None:
    exact = 0
    for seed in range(3):
        problem = random_problem(4, 2, 400 + seed)
        least = optimum(problem)
        cost = solve(problem, engine="ortools", budget_s=PLENTY, should_stop=after(12)).cost
        assert cost >= least
        exact += cost == least
    assert exact >= 1


def test_a_target_dearer_than_the_request_is_never_missed() -> None:
    problem = random_problem(24, 3, seed=2, breaks=False)
    dear = replace(problem, relaxed_cost=np.full(24, 50_000, np.int32))
    kept, missed = (solve_decomposed(one, seconds=PLENTY, should_stop=after(5)) for one in (dear, problem))
    assert not kept.relaxed
    assert missed.relaxed
    assert_holds(problem, kept)
    assert_holds(problem, missed)
