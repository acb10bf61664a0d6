import numpy as np

from solver.reference import driving, schedule_route
from solver.subproblem import subproblem, to_part, to_whole

from .problems import random_problem


def test_a_part_keeps_the_rules_of_its_requests_and_vehicles():
    whole = random_problem(12, 4, seed=1, gap=60)
    requests, vehicles = [7, 2, 9], [3, 1]
    part = subproblem(whole, requests, vehicles)
    assert (part.n_requests, part.n_vehicles, part.block_gap) == (3, 2, 60)
    assert part.seconds.shape[1] < whole.seconds.shape[1]
    for vehicle, same in enumerate(vehicles):
        for request, original in enumerate(requests):
            here, there = [request, 3 + request], [original, 12 + original]
            assert driving(part, vehicle, here) == driving(whole, same, there)
            alone = schedule_route(part, vehicle, here, frozenset({request}))
            expected = schedule_route(whole, same, there, frozenset({original}))
            assert (alone is None) == (expected is None)
            if alone is not None and expected is not None:
                assert np.array_equal(alone.begin, expected.begin)


def test_stops_are_renumbered_there_and_back():
    requests = [7, 2, 9]
    assert to_part([7, 9, 19, 21], requests, 12) == [0, 2, 3, 5]
    assert to_whole([0, 2, 3, 5], requests, 12) == [7, 9, 19, 21]
