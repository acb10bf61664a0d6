from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solver.problem import NEVER, Problem
from solver.rechain import rechained
from solver.reference import driving, schedule_route
from solver.solution import Sequences, as_int
from tests.solver.problems import HOUR, random_problem
from tests.solver.routes import with_request

WEST, EAST, DEPOT = (0, 1), (2, 3), 7


def crossed() -> tuple[Problem, Sequences]:
    """Two vehicles, two hours, a ride on each side of town in each; both vehicles cross town between their two."""
    line = np.array([0, 300, 6000, 6300, 0, 0, 0, 3150])
    seconds = np.abs(line[:, None] - line[None])
    rows = 4
    sides = [WEST, EAST, EAST, WEST]  # vehicle 0: west then east, vehicle 1: east then west
    order = [0, 1, 2, 3]
    hour = np.array([3, 3, 7, 7]) * HOUR
    begin = np.stack([hour, hour + 600], 1)
    p = random_problem(rows, 2, 0, breaks=False, targets=False)
    problem = replace(
        p,
        pickup_location=as_int([sides[r][0] for r in order]),
        dropoff_location=as_int([sides[r][1] for r in order]),
        pickup_window=as_int(np.stack([begin, begin])),
        dropoff_window=as_int(np.stack([begin + np.array([0, 1800])] * 2)),
        exclusive=np.ones(rows, np.bool_),
        demand=as_int(np.tile([1, 0, 1], (rows, 1))),
        compatible=np.ones((rows, 2), np.bool_),
        start_location=as_int([DEPOT, DEPOT]),
        end_location=as_int([DEPOT, DEPOT]),
        shift=as_int(np.tile([0, 12 * HOUR], (2, 1))),
        vehicle_class=as_int([0, 0]),
        seconds=as_int(np.stack([seconds, seconds])),
        pickup_overhead=as_int([0] * rows),
        dropoff_overhead=as_int([0] * rows),
        pickup_service=as_int([600] * rows),
        dropoff_service=as_int([600] * rows),
    )
    return problem, Sequences([[0, 4, 2, 6], [1, 5, 3, 7]], frozenset())


def grown_plan(problem: Problem, seed: int) -> Sequences:
    """Every request offered to random vehicles, at random places, until one takes it."""
    rng = np.random.default_rng(seed)
    stops: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    relaxed: frozenset[int] = frozenset()
    for r in range(problem.n_requests):
        looser = relaxed | {r} if rng.random() < 0.3 else relaxed
        for _ in range(10):
            v = int(rng.integers(problem.n_vehicles))
            i = int(rng.integers(len(stops[v]) + 1))
            j = int(rng.integers(i, min(len(stops[v]), i + 3) + 1))
            longer = with_request(stops[v], problem.n_requests, r, i, j)
            if schedule_route(problem, v, longer, looser) is not None:
                stops[v], relaxed = longer, looser
                break
    return Sequences(stops, relaxed)


def cost(problem: Problem, plan: Sequences) -> int:
    return sum(driving(problem, v, row) + int(problem.vehicle_cost[v]) for v, row in enumerate(plan.stops) if row)


def alike(problem: Problem) -> Problem:
    """The same problem with interchangeable vehicles."""
    v = problem.n_vehicles
    return replace(
        problem,
        start_location=problem.start_location[[0] * v],
        end_location=problem.end_location[[0] * v],
        shift=problem.shift[[0] * v],
        break_length=problem.break_length[[0] * v],
        break_window=problem.break_window[[0] * v],
        vehicle_class=problem.vehicle_class[[0] * v],
        compatible=problem.compatible[:, [0] * v],
    )


def test_vehicles_that_cross_one_another_swap_tails() -> None:
    problem, plan = crossed()
    better = rechained(problem, plan)
    assert sorted(better.stops) == [[0, 4, 3, 7], [1, 5, 2, 6]]
    assert cost(problem, plan) - cost(problem, better) == 5700 + 6300 - 300 - 300


def test_in_the_crossed_plan_no_ride_can_move_alone() -> None:
    problem, plan = crossed()
    for v, row in enumerate(plan.stops):
        assert schedule_route(problem, v, row, frozenset()) is not None
        for r in (s for s in row if s < 4):
            other = plan.stops[1 - v]
            for i in range(len(other) + 1):
                assert schedule_route(problem, 1 - v, with_request(other, 4, r, i, i), frozenset()) is None


def test_a_plan_that_cannot_gain_is_the_same_object() -> None:
    problem, plan = crossed()
    best = rechained(problem, plan)
    assert rechained(problem, best) is best
    empty = Sequences([[], []], frozenset())
    assert rechained(problem, empty) is empty


def test_vehicles_of_different_classes_or_barred_ones_do_not_swap() -> None:
    problem, plan = crossed()
    assert rechained(replace(problem, vehicle_class=as_int([0, 1])), plan) is plan
    barred = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.bool_)
    assert rechained(replace(problem, compatible=barred), plan) is plan


def test_a_swap_that_a_rule_of_the_whole_route_forbids_is_rejected() -> None:
    problem, plan = crossed()
    metres = np.zeros_like(problem.metres)
    metres[EAST[1], EAST[0]] = 10_000  # on the way from ride 1 to ride 2 only
    rough = replace(problem, metres=metres, max_distance=as_int([5_000, 5_000]))
    assert rechained(rough, plan) is plan
    assert rechained(replace(rough, max_distance=as_int([NEVER, NEVER])), plan) is not plan


@pytest.mark.parametrize("kind", ["mixed", "alike"])
@pytest.mark.parametrize("seed", range(8))
def test_never_dearer_and_every_route_holds(seed: int, kind: str) -> None:
    problem = random_problem(24, 4, seed, gap=120 * (seed % 2), duration=8 * HOUR, distance=300_000)
    if kind == "alike":
        problem = alike(problem)
    plan = grown_plan(problem, seed)
    better = rechained(problem, plan)
    assert better is plan or cost(problem, better) < cost(problem, plan)
    assert better.relaxed == plan.relaxed
    assert sorted(s for row in better.stops for s in row) == sorted(s for row in plan.stops for s in row)
    for v, row in enumerate(better.stops):
        assert not row or schedule_route(problem, v, row, better.relaxed) is not None


def test_random_plans_of_vehicles_alike_gain() -> None:
    gains = 0
    for seed in range(6):
        problem = alike(random_problem(24, 4, seed))
        plan = grown_plan(problem, seed)
        gains += rechained(problem, plan) is not plan
    assert gains == 6
