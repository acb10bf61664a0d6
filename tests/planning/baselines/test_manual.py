from __future__ import annotations

from pts_optimiser.planning.baselines.manual import manual
from pts_optimiser.planning.baselines.rounds import rounds
from solver.engine import timed
from solver.reference import blocks
from tests.planning.baselines.days import day_and_problem


def test_no_duty_serves_a_contract_that_is_not_its_own() -> None:
    day, duties, problem = day_and_problem()
    plan = manual(problem, day.journeys)
    assert sum(map(bool, plan.stops)) > 3
    for duty, stops in zip(duties, plan.stops, strict=True):
        assert {day.journeys[stop].contract for stop in stops if stop < problem.n_requests} <= duty.contracts


def test_patients_of_one_list_ride_together() -> None:
    day, _, problem = day_and_problem()
    n = problem.n_requests
    list_of = {r: k for k, round_ in enumerate(rounds(problem, day.journeys)) for r in round_.members}
    aboard = [
        {list_of[stop] for stop in block if stop < n}
        for stops in manual(problem, day.journeys).stops
        for block in blocks(stops, n)
        if len(block) > 2
    ]
    assert sum(len(lists) == 1 for lists in aboard) >= 3


def test_most_are_served() -> None:
    day, _, problem = day_and_problem()
    solution = timed(problem, manual(problem, day.journeys), 0)
    assert len(solution.unserved) < problem.n_requests / 2


def test_the_plan_is_the_same_every_time() -> None:
    day, _, problem = day_and_problem()
    assert manual(problem, day.journeys) == manual(problem, day.journeys)
