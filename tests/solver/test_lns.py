"""Where a vehicle costs more than any driving, vehicles are saved first, and nobody pays for it with a seat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver import lns
from solver.lns import search_neighbourhoods
from solver.problem import Problem
from solver.shared_plan import SharedPlan
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


def test_a_cooling_in_cycles_begins_hot_again_each_time() -> None:
    heats = [lns.temperature(share / 360, lns.HOT, cycles=3) for share in range(361)]
    begins = [k for k in range(1, 361) if heats[k] > heats[k - 1]]
    assert len(begins) == 2
    assert min(heats[k] for k in begins) > 0.9 * lns.HOT
    assert heats[round(360 * lns.QUENCH)] == pytest.approx(lns.WARM)
    assert heats[-1] == pytest.approx(lns.COLD)


@pytest.mark.parametrize("workers", [1, 2])
def test_routes_are_recombined_alike_with_the_same_seed(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[int] = []

    def recombine(plan: SharedPlan) -> None:
        recombine_truly(plan)
        costs.append(plan.best.cost)

    recombine_truly = SharedPlan.recombine
    monkeypatch.setattr(SharedPlan, "recombine", recombine)
    problem = random_problem(12, 3, 3)
    first, again = (
        search_neighbourhoods(problem, budget_s=9, seed=7, iterations=30_000, workers=workers) for _ in range(2)
    )
    assert first == again
    assert len(costs) == 2 * len(lns.RECOMBINE)
    assert costs == costs[:2] * 2
