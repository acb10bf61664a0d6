"""Plain insertion: one journey after another, each where it costs least at that moment, and nothing is moved later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pts_optimiser.domain.journey import Journey
from solver import Problem, Sequences
from solver.options import Board


def insertion(problem: Problem, _journeys: Sequence[Journey]) -> Sequences:
    """Journeys in the order of their earliest pick-ups, as in Jaw, Odoni, Psaraftis and Wilson (1986)."""
    board = empty_board(problem)
    fit_in(board, np.argsort(problem.pickup_window[0, :, 0], kind="stable").tolist())
    return plan_on(board)


def empty_board(problem: Problem) -> Board:
    return Board(problem, Sequences([[] for _ in range(problem.n_vehicles)], frozenset()))


def fit_in(board: Board, requests: Iterable[int]) -> None:
    """Give each request the cheapest of all its places, inside its targets unless that costs more than they do.

    Who has no place stays out.
    """
    for request in requests:
        for place in board.ask(request, 1):
            board.put(request, place)


def plan_on(board: Board) -> Sequences:
    """The plan that stands on a board."""
    stops = [board.stops(v) for v in range(board.problem.n_vehicles)]
    return Sequences(stops, frozenset().union(*map(board.relaxed, stops)))
