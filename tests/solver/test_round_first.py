"""A search that begins round some requests: never worse, and the vehicles that pass near come first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.engine import solve, timed
from solver.problem import Stay
from solver.round_first import EACH, VEHICLES, Effort, nearest_vehicles, search_near, search_round_first
from solver.solution import Sequences, sequences

from .problems import random_problem

EFFORT = Effort(0.0, 1, 1, 0.05, 600)


@pytest.mark.parametrize("seed", range(4))
def test_the_start_is_never_made_worse_and_the_same_again(seed: int) -> None:
    problem = random_problem(60, 12, seed)
    start = sequences(solve(problem, seed=1, iterations=200), problem)
    home = np.full(60, -1, np.int32)
    for v, row in enumerate(start.stops):
        home[[stop for stop in row if stop < 60]] = v
    problem = replace(problem, stay=Stay(home, np.full(60, 100, np.int32)))
    about = timed(problem, start, 0).unserved.tolist() or [3]
    found = search_round_first(problem, start, about, EFFORT)
    assert timed(problem, found, 0).cost <= timed(problem, start, 0).cost
    assert search_round_first(problem, start, about, EFFORT) == found


@pytest.mark.parametrize("seed", range(4))
def test_a_search_near_some_requests_leaves_the_other_vehicles_as_they_are(seed: int) -> None:
    problem = random_problem(60, 30, seed)
    start = sequences(solve(problem, seed=1, iterations=50), problem)
    about = timed(problem, start, 0).unserved.tolist()[:1] or [3]
    near = nearest_vehicles(problem, start, about)
    found = search_near(problem, start, about, EFFORT)
    assert timed(problem, found, 0).cost <= timed(problem, start, 0).cost
    assert {v for v in range(30) if found.stops[v] != start.stops[v]} <= set(near)
    placed = {stop for row in found.stops for stop in row if stop < 60}
    assert placed <= set(about).union(*start.stops)


def test_who_serves_a_request_is_among_the_vehicles_near_and_none_that_could_not() -> None:
    problem = random_problem(60, 30, 5)
    start = sequences(solve(problem, seed=1, iterations=200), problem)
    served = {stop: v for v, row in enumerate(start.stops) for stop in row if stop < 60}
    r, own = next(iter(served.items()))
    near = nearest_vehicles(problem, start, [r])
    assert own in near
    assert len(near) <= EACH + 1
    assert problem.compatible[r, near].all()
    assert len(nearest_vehicles(problem, start, list(served))) <= max(VEHICLES, len(set(served.values())))
    assert nearest_vehicles(problem, Sequences([[] for _ in range(30)], frozenset()), []) == []
