"""The linear program over routes known so far: what each request is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

UNROUTED = 1 << 20
"""Seconds of driving that a request without any route costs; no real one comes near."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """The optimum and its dual values: of each request, and of one more vehicle of each group (≤ 0)."""

    cost: float
    requests: NDArray[np.float64]
    vehicles: NDArray[np.float64]


class Master:
    """Cover every request at least once with routes, of each group at most as many as it has vehicles."""

    def __init__(self, requests: int, vehicles: Sequence[int]) -> None:
        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        endless = self._solver.infinity()
        self._cost = self._solver.Objective()
        self._cost.SetMinimization()
        self._cover = [self._solver.Constraint(1, endless) for _ in range(requests)]
        self._use = [self._solver.Constraint(-endless, count) for count in vehicles]
        for r in range(requests):
            self._column(UNROUTED, [r])

    def _column(self, cost: int, requests: Sequence[int]) -> Any:
        column = self._solver.NumVar(0, self._solver.infinity(), "")
        self._cost.SetCoefficient(column, cost)
        for r in set(requests):
            self._cover[r].SetCoefficient(column, requests.count(r))
        return column

    def add(self, group: int, cost: int, requests: Sequence[int]) -> None:
        """A route of a group and its driving."""
        self._use[group].SetCoefficient(self._column(cost, requests), 1)

    def solve(self) -> Prices:
        self._solver.Solve()
        return Prices(
            self._cost.Value(),
            np.array([max(row.dual_value(), 0.0) for row in self._cover]),
            np.array([row.dual_value() for row in self._use]),
        )
