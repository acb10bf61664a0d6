"""Stops that carry the choice between target and hard limit, and the windows of both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.routing.targets import Limits, doubled_stops
from tests.solver.problems import random_problem


def test_the_stop_that_carries_the_choice_is_the_one_whose_window_has_a_target() -> None:
    problem = random_problem(12, 3, seed=1)
    inward = (problem.dropoff_window[0] != problem.dropoff_window[1]).any(axis=1)
    assert inward.any()
    assert not inward.all()
    assert doubled_stops(problem).tolist() == [12 + r if inward[r] else r for r in range(12)]


def test_where_only_the_ride_has_a_target_the_pickup_carries_the_choice() -> None:
    problem = random_problem(6, 2, seed=1, targets=False)
    assert doubled_stops(problem).tolist() == list(range(6))
    same = replace(problem, ride_limit=np.stack([problem.ride_limit[1]] * 2))
    assert doubled_stops(same).tolist() == []


def test_a_stop_keeps_its_target_and_its_double_the_hard_limit() -> None:
    problem = random_problem(12, 3, seed=1)
    doubled = doubled_stops(problem)
    limits = Limits.of(problem, doubled)
    given = np.concatenate([problem.pickup_window, problem.dropoff_window], axis=1)
    for double, stop in enumerate(doubled.tolist()):
        for node, tier in ((stop, 0), (24 + double, 1)):
            low, high = limits.window[node]
            assert given[tier, stop, 0] <= low <= high <= given[tier, stop, 1]
    assert limits.longest.tolist() == (problem.ride_limit + problem.pickup_service).tolist()


def test_a_window_that_the_ride_limit_can_not_reach_is_empty() -> None:
    problem = random_problem(4, 2, seed=1, targets=False)
    early, late = problem.pickup_window.copy(), problem.dropoff_window.copy()
    early[:, 2], late[:, 2] = [3600, 3700], [30_000, 30_100]
    limits = Limits.of(replace(problem, pickup_window=early, dropoff_window=late), np.zeros(0, np.int32))
    low, high = limits.window.T
    assert (low > high).tolist() == [False, False, True, False] * 2
