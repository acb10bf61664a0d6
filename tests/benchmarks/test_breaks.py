"""Duties cut in two at their break."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.peers.breaks import joined, split_at_breaks
from benchmarks.peers.judge import judge
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route


@pytest.mark.parametrize("seed", range(20))
def test_halves_that_hold_make_a_whole_that_holds(seed: int) -> None:
    problem = random_problem(20, 3, seed, metric=True, targets=False)
    halves, owner = split_at_breaks(problem)
    rng = np.random.default_rng(seed)
    routes: list[list[int]] = []
    for vehicle in range(halves.n_vehicles):
        stops, _ = grown_route(halves, vehicle, rng, tries=15)
        taken = {stop % 20 for route in routes for stop in route}
        routes.append([stop for stop in stops if stop % 20 not in taken])
    assert not judge(problem, joined(routes, owner)).broken


def test_a_vehicle_without_break_stays_whole() -> None:
    problem = random_problem(6, 4, 2, breaks=False)
    halves, owner = split_at_breaks(problem)
    assert owner == [0, 1, 2, 3]
    assert (halves.shift == problem.shift).all()


def test_halves_meet_at_the_base_with_the_break_between_them() -> None:
    problem = random_problem(6, 4, 2)
    halves, owner = split_at_breaks(problem)
    for vehicle in np.flatnonzero(problem.break_length):
        first, second = (k for k, of in enumerate(owner) if of == vehicle)
        pause = halves.shift[second, 0] - halves.shift[first, 1]
        assert pause == problem.break_length[vehicle]
        assert halves.end_location[first] == halves.start_location[second] == problem.start_location[vehicle]
        assert problem.break_window[vehicle, 0] <= halves.shift[first, 1] <= problem.break_window[vehicle, 1]
