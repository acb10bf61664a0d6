"""Places, costs and times of the nodes of a model."""

from __future__ import annotations

import numpy as np

from solver.routing.nodes import Nodes
from tests.solver.problems import random_problem

N, V, REST = 6, 3, 12


def test_a_break_lies_where_the_stop_before_it_lies() -> None:
    problem = random_problem(N, V, seed=1)
    nodes = Nodes.of(problem, [[0, N, REST, 1, N + 1], [], [REST, 2, N + 2]])
    assert nodes.resting.tolist() == [0, 2]
    first, second = nodes.first_break, nodes.first_break + 1
    assert nodes.first_start == second + 1
    assert nodes.location[first] == problem.dropoff_location[0]
    assert nodes.location[second] == problem.start_location[2]
    there, to = int(problem.dropoff_location[0]), int(problem.pickup_location[1])
    leg = problem.travel(int(problem.dropoff_band[0]), there, to)
    assert nodes.cost[first, 1] == nodes.cost[N, 1] == leg
    overhead = int(problem.pickup_overhead[1]) if there != to else 0
    assert nodes.transit[first, 1] == leg + overhead + problem.break_length[0]


def test_a_double_costs_the_target_and_leaving_for_a_request_the_vehicle() -> None:
    problem = random_problem(N, V, seed=1, gap=100)
    nodes = Nodes.of(problem, [[0, N, REST], [], []])
    for double, stop in enumerate(nodes.doubled.tolist(), start=2 * N):
        assert nodes.location[double] == nodes.location[stop]
        others = np.delete(np.arange(2 * N), stop)
        assert (nodes.cost[double, others] == nodes.cost[stop, others] + problem.relaxed_cost[stop % N]).all()
        assert (nodes.transit[double] == nodes.transit[stop]).all()
        start = nodes.first_start
        assert nodes.cost[start, double] == nodes.cost[start, stop]
    bare = problem.travel(int(problem.vehicle_band[1]), int(problem.start_location[1]), int(problem.pickup_location[2]))
    assert nodes.cost[nodes.first_start + 1, 2] == bare + problem.vehicle_cost[1]
    assert nodes.cost[nodes.first_start, nodes.first_break] == nodes.transit[nodes.first_start, nodes.first_break]


def test_the_gap_between_blocks_passes_before_a_pickup_that_follows_no_pickup() -> None:
    given = random_problem(N, V, seed=1)
    plain = Nodes.of(given, [[0, N, REST], [], []])
    gap = Nodes.of(random_problem(N, V, seed=1, gap=100), [[0, N, REST], [], []])
    more = gap.transit - plain.transit
    assert more[N, 1] == more[plain.first_break, 1] == 100
    assert more[0, 1] == more[N, N + 1] == more[plain.first_start, 1] == more[0, N] == 0
