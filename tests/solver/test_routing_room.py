"""The one layout that a vehicle keeps while OR-Tools plans it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.routing.room import rooms
from tests.solver.problems import random_problem


def test_a_vehicle_gets_a_layout_that_carries_its_route_another_each_turn() -> None:
    base = random_problem(4, 2, seed=1)
    layouts = np.array([[[4, 0, 0], [2, 1, 0], [0, 0, 1]]], np.int32)
    problem = replace(
        base,
        layouts=layouts,
        demand=np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0]], np.int32),
        substitutes=np.zeros((3, 3), np.bool_),
        vehicle_class=np.zeros(2, np.int32),
    )
    seen = {tuple(rooms(problem, [[0, 4], []], turn)[0].tolist()) for turn in range(4)}
    assert seen == {(4, 0, 0), (2, 1, 0)}
    assert {tuple(rooms(problem, [[1, 5], []], turn)[0].tolist()) for turn in range(4)} == {(2, 1, 0)}


def test_a_route_that_changes_its_layout_gets_the_most_of_each_kind() -> None:
    base = random_problem(4, 2, seed=1)
    problem = replace(
        base,
        layouts=np.array([[[4, 0, 0], [0, 0, 1]]], np.int32),
        demand=np.array([[1, 0, 0], [0, 0, 1], [1, 0, 0], [1, 0, 0]], np.int32),
        substitutes=np.zeros((3, 3), np.bool_),
        vehicle_class=np.zeros(2, np.int32),
    )
    assert rooms(problem, [[0, 4, 1, 5], []], 0)[0].tolist() == [4, 0, 1]
