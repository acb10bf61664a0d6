"""Bounds on what vehicles carry at once, and the one layout that some keep while OR-Tools plans them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from solver.problem import Problem
from solver.reference import seated
from solver.routing.room import Hull
from tests.solver.problems import random_problem

SEATS_OR_WHEELCHAIRS = [[[5, 0, 0], [1, 2, 0]]]  # between which lies 3 + 1


def with_layouts(layouts: Sequence[object], substitutes: Iterable[tuple[int, int]] = ()) -> Problem:
    allowed = np.zeros((3, 3), np.bool_)
    for unit, place in substitutes:
        allowed[unit, place] = True
    problem = random_problem(4, 2, seed=1)
    demand = np.array([[5, 0, 0], [1, 0, 0], [1, 1, 0], [0, 2, 0]], np.int32)
    return replace(
        problem,
        layouts=np.array(layouts, np.int32),
        substitutes=allowed,
        demand=demand,
        vehicle_class=np.zeros(2, np.int32),
    )


@pytest.mark.parametrize(
    ("problem", "loose"),
    [
        (with_layouts([[[6, 0, 0], [4, 1, 0], [2, 2, 0]], [[2, 1, 1], [-1, -1, -1], [-1, -1, -1]]]), [False, False]),
        (with_layouts([[[1, 6, 0]], [[2, 1, 1]]], {(0, 1), (0, 2), (1, 2)}), [False, False]),
        (with_layouts([[[6, 0, 3], [0, 2, 3]]]), [True]),
        (with_layouts([[[4, 0, 0], [0, 3, 0], [1, 1, 0]]]), [True]),
    ],
    ids=[
        "steps",
        "substitutes",
        "seats or wheelchairs, between which lies 3 + 1",
        "a hull with a load that no layout carries",
    ],
)
def test_every_load_that_a_layout_carries_keeps_the_bounds(problem: Problem, loose: list[bool]) -> None:
    hull = Hull.of(problem)
    assert hull.loose.tolist() == loose
    for vehicle_class, layouts in enumerate(problem.layouts.tolist()):
        for load in product(range(8), repeat=3):
            carried = any(min(layout) >= 0 and seated(problem, load, layout) for layout in layouts)
            bounded = bool((hull.weights @ load <= hull.limits[:, vehicle_class]).all())
            assert bounded or not carried
            assert loose[vehicle_class] or bounded == carried


def test_a_vehicle_of_a_loose_class_keeps_by_turns_each_layout_that_carries_its_route() -> None:
    problem = with_layouts(SEATS_OR_WHEELCHAIRS)
    hull = Hull.of(problem)

    def carried(stops: list[int], load: list[int]) -> list[bool]:
        rooms = [hull.room(problem, [stops, []], turn) for turn in range(6)]
        return [bool((room.weights @ load <= room.limits[:, 0]).all()) for room in rooms]

    assert carried([], [5, 0, 0]) == [True, True, False] * 2
    assert carried([], [1, 2, 0]) == [True, False, True] * 2
    assert carried([], [3, 1, 0]) == [True, False, False] * 2
    assert carried([0, 4], [1, 2, 0]) == [True, False] * 3
    assert carried([0, 4, 3, 7], [3, 1, 0]) == [True] * 6


def test_bounds_that_bind_nobody_are_left_out() -> None:
    problem = replace(with_layouts(SEATS_OR_WHEELCHAIRS), demand=np.array([[1, 0, 0]] * 4, np.int32))
    assert len(Hull.of(problem).room(problem, [[], []], 0).weights) == 0
