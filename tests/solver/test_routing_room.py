from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from solver.reference import seated
from solver.routing.room import load_bounds

from .problems import random_problem


def with_layouts(layouts, substitutes=()):
    allowed = np.zeros((3, 3), np.bool_)
    for unit, place in substitutes:
        allowed[unit, place] = True
    problem = random_problem(4, 2, seed=1)
    return replace(problem, layouts=np.array(layouts, np.int32), substitutes=allowed)


@pytest.mark.parametrize(
    ("problem", "exact"),
    [
        (with_layouts([[[6, 0, 0], [4, 1, 0], [2, 2, 0]], [[2, 1, 1], [-1, -1, -1], [-1, -1, -1]]]), True),
        (with_layouts([[[1, 6, 0]], [[2, 1, 1]]], {(0, 1), (0, 2), (1, 2)}), True),
        (with_layouts([[[6, 0, 3], [0, 2, 3]]]), False),
        (with_layouts([[[4, 0, 0], [0, 3, 0], [1, 1, 0]]]), False),
    ],
    ids=[
        "steps",
        "substitutes",
        "seats or wheelchairs, between which lies 3 + 1",
        "a hull with a load that no layout carries",
    ],
)
def test_every_load_that_a_layout_carries_keeps_the_bounds(problem, exact):
    bounds = load_bounds(problem)
    for vehicle_class, layouts in enumerate(problem.layouts.tolist()):
        for load in product(range(8), repeat=3):
            carried = any(min(layout) >= 0 and seated(problem, load, layout) for layout in layouts)
            bounded = all(np.dot(weights, load) <= limits[vehicle_class] for weights, limits in bounds)
            assert bounded or not carried
            assert not exact or bounded == carried
