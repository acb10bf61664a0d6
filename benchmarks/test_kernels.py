"""Micro-benchmarks of the kernels on fixed work: iterations, not seconds, so that what is timed never changes."""

from __future__ import annotations

from datetime import date
from itertools import cycle

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.newcomers import as_newcomer
from pts_optimiser.demand.day import generate_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from solver import Problem
from solver.alone import fits_alone
from solver.engine import solve
from solver.kernels.near import nearest
from solver.kernels.tables import pack
from solver.lns import search_neighbourhoods
from solver.options import Board, Place

DAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def stress_day() -> Problem:
    """About 3,900 journeys."""
    day = generate_day(DAY, 1, scale=1.13, known="all")
    policy = load_policy()
    places = places_of(day.journeys, day.duties)
    travel = formula_travel(places, policy, DAY)
    return build(day.journeys, day.duties, policy, travel, places, DAY)


def test_neighbour_lists(benchmark: BenchmarkFixture, stress_day: Problem) -> None:
    packed = pack(stress_day, 0)
    node = packed.state.stops["node"].astype(np.int64)
    near = benchmark(nearest, stress_day, node, packed.tables.outbound, packed.tables.inbound, 60)
    assert (near >= 0).any(axis=1).all()


def test_packing(benchmark: BenchmarkFixture, stress_day: Problem) -> None:
    packed = benchmark(pack, stress_day, 0)
    assert packed.tables.near.shape == (stress_day.n_requests, 0)


def test_who_could_serve_whom(benchmark: BenchmarkFixture, stress_day: Problem) -> None:
    found = benchmark(fits_alone, stress_day)
    assert found.any(axis=1).mean() > 0.95


@pytest.mark.parametrize("iterations", [0, 10_000])
def test_search(benchmark: BenchmarkFixture, stress_day: Problem, iterations: int) -> None:
    """From nothing: neighbour lists, packing, greedy construction, then so many iterations on one core."""
    start, done = benchmark.pedantic(
        search_neighbourhoods,
        (stress_day,),
        {"budget_s": 1, "seed": 1, "iterations": iterations},
        rounds=3,
        warmup_rounds=1,
    )
    assert done >= iterations
    assert np.sum([len(stops) for stops in start.stops]) > 0


def test_timing_by_the_reference(benchmark: BenchmarkFixture, stress_day: Problem) -> None:
    solution = benchmark.pedantic(solve, (stress_day,), {"seed": 1, "iterations": 0}, rounds=3)
    assert solution.routes


def test_options_for_one_journey_more(benchmark: BenchmarkFixture, stress_day: Problem) -> None:
    """Over all duties of a full plan, in both tiers, ranked; its travel times, from two new places, are given."""
    plan, _ = search_neighbourhoods(stress_day, budget_s=1, seed=1, iterations=0)
    board = Board(stress_day, plan, spare=True)
    newcomers = cycle([as_newcomer(stress_day, r, (0, 1)) for r in range(0, stress_day.n_requests, 40)])

    def ask() -> list[Place]:
        return board.ask(board.take_in(next(newcomers)), 10)

    assert sum(len(ask()) for _ in range(100)) > 10
    benchmark(ask)
