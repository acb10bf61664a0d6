"""The problem as other solvers get it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.peers.retime import legs
from benchmarks.peers.shipments import VARIANTS, as_shipments, longest_drive
from solver.problem import Problem
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_leg_takes_as_long_as_in_the_problem(seed: int) -> None:
    problem = random_problem(16, 2, seed, gap=120 * (seed % 2))
    stops, _ = grown_route(problem, 0, np.random.default_rng(seed))
    shipments = as_shipments(problem, VARIANTS["relaxed"])
    place = np.concatenate([shipments.pickup_place, shipments.dropoff_place])
    path = [shipments.start_place[0], *place[stops], shipments.end_place[0]]
    transit = [int(shipments.transit[a, b]) for a, b in pairwise(path)]
    exact = [leg for _, leg in legs(problem, 0, stops)]
    assert all(t >= e for t, e in zip(transit, exact, strict=True))
    if not problem.block_gap:
        assert transit == exact


@pytest.mark.parametrize("variant", ["tight", "targets"])
@pytest.mark.parametrize("seed", SEEDS)
def test_tight_windows_keep_every_ride_limit_whatever_the_times(seed: int, variant: str) -> None:
    problem = random_problem(30, 2, seed)
    shipments = as_shipments(problem, VARIANTS[variant])
    longest = shipments.dropoff_window[:, 1] - shipments.pickup_window[:, 0] - problem.pickup_service
    assert (longest <= problem.ride_limit[1]).all()
    assert (shipments.pickup_window[:, 0] >= problem.pickup_window[1, :, 0]).all()
    assert (shipments.dropoff_window[:, 1] <= problem.dropoff_window[1, :, 1]).all()


def loads(problem: Problem, amount: np.ndarray, stops: list[int]) -> np.ndarray:
    n = problem.n_requests
    return np.cumsum([amount[s] if s < n else -amount[s - n] for s in stops], axis=0)


@pytest.mark.parametrize("seed", SEEDS)
def test_relaxed_capacity_has_room_for_every_sound_route(seed: int) -> None:
    problem = random_problem(20, 2, seed)
    shipments = as_shipments(problem, VARIANTS["relaxed"])
    for vehicle in range(2):
        stops, _ = grown_route(problem, vehicle, np.random.default_rng(seed + vehicle))
        assert (loads(problem, shipments.amount, stops) <= shipments.capacity[vehicle]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_has_room_in_the_tight_variant_keeps_layouts_groups_and_privacy(seed: int) -> None:
    problem = random_problem(20, 2, seed)
    shipments = as_shipments(problem, VARIANTS["tight"])
    rng = np.random.default_rng(seed)
    for _ in range(30):
        a, b = rng.choice(20, size=2, replace=False).tolist()
        stops = [a, b, 20 + a, 20 + b]
        if (loads(problem, shipments.amount, stops) <= shipments.capacity[0]).all():
            assert problem.group[a] == problem.group[b]
            assert not problem.exclusive[[a, b]].any()
            load = problem.demand[a] + problem.demand[b]
            layouts = problem.layouts[problem.vehicle_class[0]]
            assert any((load <= layout).all() for layout in layouts)


def test_needs_tell_who_may_serve_whom() -> None:
    problem = random_problem(20, 4, 3)
    shipments = as_shipments(problem, VARIANTS["relaxed"])
    assert (shipments.allowed[shipments.need] == problem.compatible).all()
    assert [shipments.restricted(k) for k in range(len(shipments.allowed))] == (~shipments.allowed.all(1)).tolist()


def test_within_the_longest_drive_no_range_is_passed() -> None:
    problem = random_problem(20, 1, 4, distance=60_000)
    shipments = as_shipments(problem, VARIANTS["tight"])
    limit = longest_drive(problem, shipments, 0, VARIANTS["tight"])
    assert limit is not None
    driven = shipments.drive > 0
    assert (shipments.metres[driven] * (limit / shipments.drive[driven]) <= 60_000 + 1e-6).all()
    assert longest_drive(problem, shipments, 0, VARIANTS["relaxed"]) is None
