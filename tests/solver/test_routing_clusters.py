import numpy as np
import pytest

from solver.routing.clusters import Map, draw_parts

from .problems import random_problem


@pytest.mark.parametrize("seed", range(3))
def test_parts_hold_every_request_and_vehicle_once_and_whole_routes(seed):
    problem = random_problem(60, 9, seed)
    routes = [[] for _ in range(9)]
    routes[2], routes[5] = [4, 64, 7, 8, 68, 67], [1, 61]
    parts = draw_parts(problem, Map(problem), routes, 20, np.random.default_rng(seed))
    assert sorted(r for part in parts for r in part.requests) == list(range(60))
    assert sorted(k for part in parts for k in part.vehicles) == list(range(9))
    assert all(len(part.requests) <= 20 + 3 for part in parts)
    for members, vehicle in (({4, 7, 8}, 2), ({1}, 5)):
        home = next(part for part in parts if vehicle in part.vehicles)
        assert members <= set(home.requests)


def test_the_seed_decides_the_parts_and_rounds_differ():
    problem = random_problem(60, 9, seed=1)
    rng, idle = np.random.default_rng(5), [[] for _ in range(9)]
    first, second = (draw_parts(problem, Map(problem), idle, 20, rng) for _ in range(2))
    assert first == draw_parts(problem, Map(problem), idle, 20, np.random.default_rng(5))
    assert first != second
