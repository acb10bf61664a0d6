"""The judge of all solvers: it finds nothing in sound routes and names what is wrong with others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.peers.judge import judge
from benchmarks.peers.retime import retime
from solver.problem import Problem
from solver.reference import driving, schedule_route
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route

SEEDS = range(12)


def alone(problem: Problem, vehicle: int, stops: list[int]) -> list[list[int]]:
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    routes[vehicle] = stops
    return routes


@pytest.mark.parametrize("seed", SEEDS)
def test_sound_routes_break_nothing_and_miss_no_more_targets_than_needed(seed: int) -> None:
    problem = random_problem(16, 3, seed, gap=300 * (seed % 2))
    stops, relaxed = grown_route(problem, 0, np.random.default_rng(seed))
    verdict = judge(problem, alone(problem, 0, stops))
    assert not verdict.broken
    assert verdict.missed <= len(relaxed)
    assert verdict.served == len(stops) // 2
    assert verdict.driving == driving(problem, 0, stops)


@pytest.mark.parametrize("seed", SEEDS)
def test_times_break_a_rule_exactly_where_the_reference_finds_none(seed: int) -> None:
    problem = random_problem(16, 3, seed)
    roomy = replace(
        problem,
        compatible=np.ones_like(problem.compatible),
        exclusive=np.zeros_like(problem.exclusive),
        group=np.zeros_like(problem.group),
        demand=np.zeros_like(problem.demand),
    )
    rng = np.random.default_rng(seed)
    for _ in range(8):
        chosen = rng.choice(16, size=3, replace=False).tolist()
        chosen.sort(key=lambda r: int(problem.dropoff_window[1, r, 1]))
        stops = [chosen[0], chosen[1], 16 + chosen[0], 16 + chosen[1], chosen[2], 16 + chosen[2]]
        holds = schedule_route(roomy, 0, stops, frozenset(chosen)) is not None
        assert (not retime(roomy, 0, stops).broken) == holds


def sound_pair() -> tuple[Problem, list[int]]:
    """A route in which two requests share the vehicle."""
    for seed in range(200):
        problem = random_problem(14, 2, seed, long_shifts=True)
        stops, _ = grown_route(problem, 0, np.random.default_rng(seed))
        if any(a < 14 and b < 14 for a, b in pairwise(stops)):
            return problem, stops
    raise AssertionError("no such route")


def test_a_ride_beyond_its_limit_is_one_violation() -> None:
    problem, stops = sound_pair()
    limit = problem.ride_limit.copy()
    limit[:, stops[0]] = 0
    assert judge(replace(problem, ride_limit=limit), alone(problem, 0, stops)).broken == {"ride": 1}


def test_a_window_that_has_passed_is_one_violation() -> None:
    problem, stops = sound_pair()
    window = problem.pickup_window.copy()
    window[:, stops[0]] = (-7200, -3600)
    assert judge(replace(problem, pickup_window=window), alone(problem, 0, stops)).broken == {"window": 1}


def test_a_break_that_fits_nowhere_is_one_violation() -> None:
    problem, stops = sound_pair()
    length = np.full_like(problem.break_length, 12 * 3600)
    assert judge(replace(problem, break_length=length), alone(problem, 0, stops)).broken == {"break": 1}


def test_loads_company_and_compatibility_are_told_apart() -> None:
    problem, stops = sound_pair()
    members = [stop for stop in stops if stop < problem.n_requests]
    full = judge(replace(problem, layouts=np.zeros_like(problem.layouts)), alone(problem, 0, stops)).broken
    assert set(full) == {"layout"}
    unfit = judge(replace(problem, compatible=np.zeros_like(problem.compatible)), alone(problem, 0, stops)).broken
    assert unfit == {"compatible": len(members)}
    lonely = judge(replace(problem, exclusive=np.ones_like(problem.exclusive)), alone(problem, 0, stops)).broken
    assert set(lonely) == {"company"}


@pytest.mark.parametrize("stops", [[0], [14, 0], [0, 0, 14], [0, 1, 14]])
def test_what_is_no_plan_is_refused(stops: list[int]) -> None:
    problem = random_problem(14, 2, 1)
    with pytest.raises(ValueError, match=r"out of place|stay aboard"):
        judge(problem, alone(problem, 0, stops))
