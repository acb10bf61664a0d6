"""The linear program of one route: the rules are difference constraints, the prices piecewise linear and convex.

Its dual is a network flow, so with whole seconds in the data every vertex has whole seconds too: no rounding is lost.
"""

from __future__ import annotations

from itertools import accumulate

from ortools.linear_solver import pywraplp

from solver.problem import Problem
from solver.reference import constraints
from solver.solution import Route
from solver.timing.prices import Prices, TimingWishes


class RouteTiming:
    """Times routes one after another with one GLOP solver, which is the quickest way to build many small programs."""

    def __init__(self, problem: Problem, wishes: TimingWishes, prices: Prices) -> None:
        self.problem = problem
        self.prices = prices
        self.late = [*wishes.late_pickup.tolist(), *wishes.late_dropoff.tolist(), 1.0]  # by stop; the break is the last
        self.wait = wishes.wait.tolist()
        self.early = wishes.early.tolist()
        self.promised = [-1] * problem.n_requests if wishes.promised is None else wishes.promised.tolist()
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        slacks = sorted(prices.late, reverse=True)
        ends = [*(slack for slack, _ in slacks[1:]), -self.solver.infinity()]
        sums = accumulate(price for _, price in slacks)
        self.steps = [(slack - end, price) for (slack, _), end, price in zip(slacks, ends, sums, strict=False)]
        self.comfort = slacks[0][0] if slacks else 0

    def times(self, route: Route) -> list[int] | None:
        """Departure, begin of every stop, arrival; None where GLOP finds no optimum.

        All targets are kept. Where the given times miss one, they are its limit instead.
        """
        stops = route.stops.tolist()
        bounds, arcs = constraints(self.problem, route.vehicle, stops, frozenset())
        given = [route.departure, *route.begin.tolist(), route.arrival]
        solver = self.solver
        solver.Clear()
        objective = solver.Objective()
        begin = [
            solver.NumVar(min(low, now), max(high, now), "") for (low, high), now in zip(bounds, given, strict=True)
        ]
        last = len(begin) - 1
        for a, b, gap in arcs:
            least = min(gap, given[b] - given[a])
            tight = (a, b) in {(0, 1), (last - 1, last)}  # no waiting at either end of the duty
            row = solver.Constraint(least, least if tight else solver.infinity())
            row.SetCoefficient(begin[b], 1)
            row.SetCoefficient(begin[a], -1)
        for variable, price in zip(begin, self._slopes(stops), strict=True):
            objective.SetCoefficient(variable, price)
        for variable, (_, latest), factor in zip(begin[1:], bounds[1:], self._factors(stops), strict=True):
            if factor:
                self._hurry(variable, latest, factor)
        for variable, stop in zip(begin[1:-1], stops, strict=True):
            if stop < self.problem.n_requests and self.promised[stop] >= 0:
                self._keep(variable, self.promised[stop])
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return None
        return [round(variable.solution_value()) for variable in begin]

    def _slopes(self, stops: list[int]) -> list[float]:
        """What one second later costs at the departure, each stop and the arrival, slack aside."""
        n, prices = self.problem.n_requests, self.prices
        slopes = [-prices.duty]
        for stop in stops:
            if stop == 2 * n:
                slopes.append(prices.soon)
            elif stop < n:
                slopes.append(prices.soon - prices.aboard + prices.wait * self.wait[stop])
            else:
                slopes.append(prices.soon + prices.aboard - prices.early * self.early[stop - n])
        return [*slopes, prices.duty]

    def _factors(self, stops: list[int]) -> list[float]:
        """How much slack matters at each stop and at the arrival."""
        return [*(self.late[stop] for stop in stops), 1.0]

    def _keep(self, variable: pywraplp.Variable, promised: int) -> None:
        """Price every second between a moment and the one that was told."""
        row = self.solver.Constraint(promised, promised)
        row.SetCoefficient(variable, 1)
        for sign in (1, -1):
            off = self.solver.NumVar(0, self.solver.infinity(), "")
            row.SetCoefficient(off, sign)
            self.solver.Objective().SetCoefficient(off, self.prices.promise)

    def _hurry(self, variable: pywraplp.Variable, latest: int, factor: float) -> None:
        """Price the slack to ``latest`` that is missing, each step of it dearer than the one before."""
        row = self.solver.Constraint(-self.solver.infinity(), latest - self.comfort)
        row.SetCoefficient(variable, 1)
        for width, price in self.steps:
            missing = self.solver.NumVar(0, width, "")
            row.SetCoefficient(missing, -1)
            self.solver.Objective().SetCoefficient(missing, price * factor)
