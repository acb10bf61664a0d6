"""Changes that save less than telling the crews costs are taken back, whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pts_optimiser.planning.replan.worth import only_for, taken_back, worth_telling
from solver.engine import solve, timed
from solver.problem import Problem, Stay
from solver.solution import Sequences, sequences
from tests.solver.problems import random_problem


def settled(seed: int) -> tuple[Problem, Sequences, Sequences]:
    """A hasty plan, and a better one of the same requests."""
    problem = random_problem(60, 12, seed)
    hasty = sequences(solve(problem, seed=1, iterations=1), problem)
    vehicle = np.full(60, -1, np.int32)
    for v, row in enumerate(hasty.stops):
        vehicle[[stop for stop in row if stop < 60]] = v
    problem = replace(problem, stay=Stay(vehicle, np.full(60, 100, np.int32)))
    return problem, hasty, sequences(solve(problem, seed=1, iterations=3_000, start=hasty, hot=0.05), problem)


def served(plan: Sequences) -> set[int]:
    return {stop for row in plan.stops for stop in row}


@pytest.mark.parametrize("seed", range(6))
def test_everybody_keeps_a_place_and_no_little_change_stays(seed: int) -> None:
    problem, hasty, better = settled(seed)
    for told in (0, 200, 2_000):
        kept = worth_telling(problem, hasty, better, told, most=60, spare=60)
        assert kept is not None
        assert served(kept) == served(better)
        assert len(served(kept)) == sum(map(len, kept.stops))
        assert timed(problem, kept, 0).cost <= timed(problem, better, 0).cost + told * 12
    if served(hasty) == served(better):
        assert worth_telling(problem, hasty, better, 10**9, most=60, spare=60) == hasty


@pytest.mark.parametrize("seed", range(6))
def test_of_too_many_moves_those_are_taken_back_that_save_least(seed: int) -> None:
    problem, hasty, better = settled(seed)
    least = served(better) != served(hasty)
    for most in (1, 3, 8, 60):
        kept = worth_telling(problem, hasty, better, 0, most, spare=60)
        if kept is None:
            assert least
            continue
        assert moved(problem, kept) <= most
        assert served(kept) == served(better)
        assert timed(problem, kept, 0).cost <= timed(problem, hasty, 0).cost


@pytest.mark.parametrize("seed", range(6))
def test_no_more_move_for_less_driving_alone_than_the_day_can_spare(seed: int) -> None:
    problem, hasty, better = settled(seed)
    least = worth_telling(problem, hasty, better, 0, most=60, spare=0)
    assert least is not None
    assert served(least) == served(better)
    for spare in (0, 2, 5):
        kept = worth_telling(problem, hasty, better, 0, most=60, spare=spare)
        assert kept is not None
        assert moved(problem, kept) <= moved(problem, least) + spare
    if served(hasty) == served(better):
        assert moved(problem, least) == 0


def moved(problem: Problem, plan: Sequences) -> int:
    assert problem.stay is not None
    return sum(problem.stay.costs(r, v) > 0 for v, row in enumerate(plan.stops) for r in row if r < 60)


def test_a_plan_that_is_the_same_stays() -> None:
    problem, hasty, _ = settled(3)
    assert worth_telling(problem, hasty, hasty, 300, most=0, spare=0) == hasty


@pytest.mark.parametrize("seed", range(6))
def test_what_one_vehicle_gives_back_all_give_back_that_have_exchanged_with_it(seed: int) -> None:
    problem, hasty, better = settled(seed)
    n = problem.n_requests
    changed = [v for v in range(problem.n_vehicles) if hasty.stops[v] != better.stops[v]]
    for v in changed:
        kept = taken_back(hasty, better, [v], n)
        assert kept.stops[v] == hasty.stops[v]
        assert all(row in (hasty.stops[u], better.stops[u]) for u, row in enumerate(kept.stops))
        requests = [stop for row in kept.stops for stop in row if stop < n]
        assert len(requests) == len(set(requests))
        timed(problem, kept, 0)
    assert taken_back(hasty, better, [], n) == better
    assert taken_back(hasty, better, changed, n) == hasty


@pytest.mark.parametrize("seed", range(6))
def test_of_a_better_plan_only_what_gives_some_a_place_can_be_kept(seed: int) -> None:
    problem, hasty, better = settled(seed)
    n = problem.n_requests
    new = served(better) - served(hasty)
    for r in (stop for stop in new if stop < n):
        kept = only_for(hasty, better, [r], n)
        assert r in served(kept)
        assert served(hasty) <= served(kept) <= served(better)
        timed(problem, kept, 0)
    assert only_for(hasty, better, [], n) == hasty
