from __future__ import annotations

from pts_optimiser.planning.baselines.insertion import empty_board, fit_in, insertion, plan_on
from solver.engine import timed
from solver.options import Board
from tests.planning.baselines.days import day_and_problem


def test_who_is_left_out_has_no_place_in_the_plan() -> None:
    day, _, problem = day_and_problem()
    plan = insertion(problem, day.journeys)
    left = timed(problem, plan, 0).unserved.tolist()
    board = Board(problem, plan)
    assert left
    assert [board.ask(request) for request in left] == [[]] * len(left)


def test_one_journey_goes_where_it_costs_least() -> None:
    _, _, problem = day_and_problem()
    board = empty_board(problem)
    request, cheapest = next((r, places[0]) for r in range(problem.n_requests) if (places := board.ask(r)))
    fit_in(board, [request])
    plan = plan_on(board)
    assert [v for v, stops in enumerate(plan.stops) if stops] == [cheapest.vehicle]
    assert cheapest.cost == timed(problem, plan, 0).driving + problem.vehicle_cost[cheapest.vehicle]


def test_the_plan_is_the_same_every_time() -> None:
    day, _, problem = day_and_problem()
    assert insertion(problem, day.journeys) == insertion(problem, day.journeys)
