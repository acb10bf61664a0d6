"""What the judge leaves out, lets off its target, and charges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.routing.judge import holds, judged, least_relaxed, repaired, with_breaks
from tests.solver.problems import random_problem
from tests.solver.routes import grown_route


def test_repair_leaves_out_the_request_that_costs_least() -> None:
    problem = random_problem(10, 3, seed=4, breaks=False)
    apart = replace(
        problem,
        group=np.arange(10, dtype=np.int32),
        compatible=np.ones((10, 3), np.bool_),
        unserved_cost=np.arange(1, 11, dtype=np.int32),
    )
    first, second = next(
        (a, b) for a in range(10) for b in range(a + 1, 10) if all(holds(apart, 0, [r, 10 + r]) for r in (a, b))
    )
    assert repaired(apart, 0, [first, second, 10 + second, 10 + first]) == [second, 10 + second]
    assert repaired(apart, 0, [first, 10 + first]) == [first, 10 + first]


def test_only_those_hinted_at_leave_their_targets_where_that_is_enough() -> None:
    rng, missed = np.random.default_rng(1), 0
    problem = random_problem(20, 3, seed=1)
    for _ in range(20):
        stops, outside = grown_route(problem, 0, rng)
        relaxed = least_relaxed(problem, 0, stops, outside)
        assert relaxed <= outside
        missed += len(relaxed)
        plan = judged(problem, [stops, [], []], outside)
        assert plan.routes[0] == stops
        assert plan.relaxed == relaxed
        unserved = sum(int(problem.unserved_cost[r]) for r in range(20) if r not in stops)
        prices = sum(int(problem.relaxed_cost[r]) for r in relaxed) + bool(stops) * int(problem.vehicle_cost[0])
        assert plan.cost == unserved + prices + plan.driving
        assert (40 in with_breaks(problem, plan)[0]) == bool(stops and problem.break_length[0])
    assert missed > 0
