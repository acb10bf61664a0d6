"""Small parts around a request, and the day that they are cut from."""

from __future__ import annotations

import numpy as np

from solver.routing.around import LEFT_OUT, Surroundings
from solver.routing.day import Day
from solver.routing.judge import judged, priced
from solver.routing.solve import solve_routing
from tests.solver.problems import random_problem

N, V = 40, 8


def test_a_request_is_nearest_to_itself_and_time_sets_apart() -> None:
    problem = random_problem(N, V, seed=1)
    near = Surroundings(problem).of(5)
    assert near[5] == near.min() == 0
    assert near.shape == (N,)
    assert (near[np.arange(N) != 5] > 0).all()


def test_a_part_takes_whole_routes_of_free_vehicles_and_a_few_unserved() -> None:
    problem = random_problem(N, V, seed=1)
    routes = [[stop for r in range(5 * k, 5 * k + 3) for stop in (r, N + r)] for k in range(V)]
    unserved = [r for r in range(N) if r % 5 > 2]
    part = Surroundings(problem).draw(3, routes, {1, 2, 4, 5}, unserved, 7, np.random.default_rng(1))
    assert set(part.vehicles) < {1, 2, 4, 5}
    assert len(part.vehicles) == 2
    waiting = set(part.requests) & set(unserved)
    assert 3 in waiting
    assert len(waiting) == LEFT_OUT
    assert set(part.requests) - waiting == {5 * k + i for k in part.vehicles for i in range(3)}


def test_parts_that_are_out_together_share_nothing_and_a_dearer_answer_changes_nothing() -> None:
    problem = random_problem(N, V, seed=2)
    routes = solve_routing(problem, seconds=600, searches=1)
    plan = judged(problem, routes)
    day = Day(problem, plan, seed=1)
    one, other = day.next_part(), day.next_part()
    assert not day.covering
    assert one is not None
    if other is not None:
        assert not set(one.vehicles) & set(other.vehicles)
        assert not set(one.requests) & set(other.requests)
    piece, old = day.piece_of(one)
    day.put_back(one, piece, old, priced(piece, [[] for _ in one.vehicles], frozenset()))
    assert day.best == plan
    assert day.piece_of(one)[1] == old


def test_who_was_tried_in_vain_costs_more_but_not_in_the_plan() -> None:
    problem = random_problem(N, V, seed=2)
    empty = judged(problem, [[] for _ in range(V)])
    plan = judged(problem, solve_routing(problem, seconds=600, searches=1, requests=range(25)))
    day = Day(problem, plan, seed=1)
    for _ in range(6):
        part = day.next_part()
        assert part is not None
        piece, old = day.piece_of(part)
        day.put_back(part, piece, old, old)
    dearer = piece.unserved_cost > problem.unserved_cost[part.requests]
    assert dearer.any()
    assert {part.requests[i] for i in np.flatnonzero(dearer)} <= set(range(N)) - {
        s for stops in plan.routes for s in stops
    }
    assert day.best == plan
    assert plan.cost < empty.cost
