"""Where a vehicle costs more than any driving, vehicles are saved first, and nobody pays for it with a seat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver import lns
from solver.lns import search_neighbourhoods
from solver.problem import Problem
from solver.solution import Sequences
from tests.solver.problems import random_problem

N, V = 40, 14


def dear_vehicles(seed: int) -> Problem:
    problem = random_problem(N, V, seed, breaks=False)
    return replace(
        problem,
        compatible=np.ones((N, V), np.bool_),
        vehicle_cost=np.full(V, 2_000_000, np.int32),
        unserved_cost=np.full(N, 4_000_000, np.int32),
    )


def served(plan: Sequences) -> set[int]:
    return {stop for row in plan.stops for stop in row if stop < N}


def used(plan: Sequences) -> int:
    return sum(1 for row in plan.stops if row)


@pytest.mark.parametrize("seed", range(3))
def test_vehicles_are_saved_and_nobody_is_left_out_for_it(seed: int) -> None:
    problem = dear_vehicles(seed)
    start, _ = search_neighbourhoods(problem, budget_s=9, seed=1, iterations=0)
    found, _ = search_neighbourhoods(problem, budget_s=9, seed=1, iterations=8_000)
    assert used(found) < used(start)
    assert served(start) <= served(found)


@pytest.mark.parametrize("workers", [1, 2])
def test_saving_vehicles_repeats_with_the_seed(workers: int) -> None:
    problem = dear_vehicles(5)
    first = search_neighbourhoods(problem, budget_s=9, seed=7, iterations=3_000, workers=workers)
    assert first == search_neighbourhoods(problem, budget_s=9, seed=7, iterations=3_000, workers=workers)
    assert first != search_neighbourhoods(problem, budget_s=9, seed=8, iterations=3_000, workers=workers)


def test_the_temperature_falls_from_hot_by_warm_to_cold() -> None:
    heats = [lns.temperature(share / 100, lns.HOT) for share in range(101)]
    assert heats[0] == lns.HOT
    assert heats[round(100 * lns.QUENCH)] == pytest.approx(lns.WARM)
    assert heats[-1] == pytest.approx(lns.COLD)
    assert heats == sorted(heats, reverse=True)
