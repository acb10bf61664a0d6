"""Where a request comes back: inside its targets, unless that costs more than missing them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.kernels.recreate import put_back
from solver.kernels.work import workspace
from solver.lns import search_neighbourhoods
from solver.options import HARD, TARGET, Board
from solver.problem import NEVER
from tests.solver.problems import random_problem

N, PRICE = 24, 120


def test_a_place_inside_the_targets_is_not_taken_at_any_price() -> None:
    chosen = {TARGET: 0, HARD: 0}
    for seed in range(6):
        problem = random_problem(N, 1, seed, metric=True)
        problem = replace(problem, relaxed_cost=np.full(N, PRICE, np.int32))
        plan, _ = search_neighbourhoods(problem, budget_s=1, seed=1, iterations=400)
        board = Board(problem, plan)
        work = workspace(board.state, np.zeros(1, np.int32), np.zeros(N, np.int32), 0, 1, 0)
        for r in [s for s in plan.stops[0] if s < N]:
            stops = board.stops(0)
            if not board.take_out(r):
                continue
            board.ask(r)
            inside, outside = board.places["cost"][:, 0].tolist()
            if inside < NEVER:
                assert put_back(board.tables, board.state, work, r, 0.0, False)
                tier = int(board.state.requests[r]["tier"])
                assert tier == (HARD if outside + PRICE < inside else TARGET)
                chosen[tier] += 1
            board.give(0, stops)
    assert min(chosen.values()) > 0
