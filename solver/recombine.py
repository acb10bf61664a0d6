"""Recombination: the best plan made of routes that the search has driven, by set partitioning.

A search heated up again and again ends in another valley each time; the best choice of routes from all of them is often
better than any of their plans (Rochat and Taillard 1995). A linear program over all routes prices the requests, and
those that are cheap at these prices go to CP-SAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from solver.kernels.archive import STOPS_MOST, Archive
from solver.kinds import kinds
from solver.problem import Problem
from solver.reference import driving
from solver.solution import Sequences

FIRST, MORE = 300, 800  # routes that the linear program starts with, and gets at a time
CHOICE = 1000  # routes that go to CP-SAT
EFFORT = 1.0  # its deterministic time

Values = NDArray[np.float64]


class _Routes(NamedTuple):
    """Routes to choose from, the ``own`` of the plan first, with their rows: the requests, then n + the kind of
    vehicle."""

    own: int
    cost: Values  # [k]
    vehicle: NDArray[np.int32]  # [k]
    stops: NDArray[np.int16]  # [k, STOPS_MOST] as in the archive
    rows: list[NDArray[np.int64]]  # [k]


def recombined(problem: Problem, plan: Sequences, cost: int, archives: Sequence[Archive]) -> Sequences:
    """The cheapest plan found of the routes of ``plan``, which costs ``cost``, and of the archives; or the same object.

    It repeats on any machine. Requests may be left out at their price.
    """
    n = problem.n_requests
    kind = kinds(problem)
    count = np.bincount(kind)
    routes = _gathered(problem, plan, kind, archives)
    if not len(routes.cost):
        return plan
    least, reduced = _priced(problem, routes, count)
    cheap = np.argsort(reduced, kind="stable")[:CHOICE]
    offered = np.union1d(cheap[reduced[cheap] < cost - least], np.arange(routes.own))
    chosen = _chosen(problem, routes, offered, count)
    if chosen is None or chosen[0] >= cost:
        return plan
    free = [np.flatnonzero(kind == k).tolist() for k in range(len(count))]
    stops: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    relaxed: set[int] = set()
    for route in chosen[1]:
        vehicle = free[kind[routes.vehicle[route]]].pop()
        row = [int(stop) for stop in routes.stops[route] if stop >= 0]
        relaxed.update(stop - 2 * n for stop in row if stop >= 2 * n)
        stops[vehicle] = [stop % (2 * n) for stop in row]
    return Sequences(stops, frozenset(relaxed))


def _gathered(problem: Problem, plan: Sequences, kind: NDArray[np.int64], archives: Sequence[Archive]) -> _Routes:
    n = problem.n_requests
    own = [(v, row) for v, row in enumerate(plan.stops) if 0 < len(row) <= STOPS_MOST]
    planned = np.full((len(own), STOPS_MOST), -1, np.int16)
    price = np.zeros(len(own))
    for k, (v, row) in enumerate(own):
        outside = plan.relaxed.intersection(row)
        planned[k, : len(row)] = [stop + 2 * n if stop in outside else stop for stop in row]
        price[k] = driving(problem, v, row) + problem.vehicle_cost[v] + problem.relaxed_cost[list(outside)].sum()
    used = [np.flatnonzero(archive.key) for archive in archives]
    stops = np.concatenate([planned, *(a.stops[u] for a, u in zip(archives, used, strict=True))])
    vehicle = np.concatenate(
        [np.array([v for v, _ in own], np.int32), *(a.vehicle[u] for a, u in zip(archives, used, strict=True))]
    )
    route, at = np.nonzero(((stops >= 0) & (stops < n)) | (stops >= 2 * n))
    requests = np.split(stops[route, at].astype(np.int64) % (2 * n), np.flatnonzero(np.diff(route)) + 1)[: len(vehicle)]
    return _Routes(
        own=len(own),
        cost=np.concatenate([price, *(a.cost[u] for a, u in zip(archives, used, strict=True))]),
        vehicle=vehicle,
        stops=stops,
        rows=[np.append(served, n + kind[v]) for served, v in zip(requests, vehicle, strict=True)],
    )


def _priced(problem: Problem, routes: _Routes, count: NDArray[np.int64]) -> tuple[float, Values]:
    """The cost of the linear program over all routes, and what each route costs above its prices [k]."""
    n = problem.n_requests
    solver: Any = pywraplp.Solver.CreateSolver("GLOP")
    endless = solver.infinity()
    goal = solver.Objective()
    rows = [solver.Constraint(1, 1) for _ in range(n)] + [solver.Constraint(-endless, int(most)) for most in count]

    def add(cost: float, entries: Sequence[int]) -> None:
        column = solver.NumVar(0, endless, "")
        goal.SetCoefficient(column, cost)
        for row in entries:
            rows[row].SetCoefficient(column, 1)

    for request in range(n):
        add(float(problem.unserved_cost[request]), [request])
    lengths = np.array([len(entries) for entries in routes.rows])
    row_of, first = np.concatenate(routes.rows), np.cumsum(lengths) - lengths
    inside = np.zeros(len(lengths), np.bool_)
    wanted = np.argsort(routes.cost / lengths, kind="stable")[:FIRST]
    while len(wanted):
        inside[wanted] = True
        for route in wanted:
            add(float(routes.cost[route]), routes.rows[route].tolist())
        solver.Solve()
        reduced = routes.cost - np.add.reduceat(np.array([row.dual_value() for row in rows])[row_of], first)
        better = np.flatnonzero(~inside & (reduced < -1e-6 * routes.cost))
        wanted = better[np.argsort(reduced[better], kind="stable")[:MORE]]
    return goal.Value(), reduced


def _chosen(
    problem: Problem, routes: _Routes, offered: NDArray[np.int64], count: NDArray[np.int64]
) -> tuple[int, list[int]] | None:
    """Which of the routes offered make up the cheapest plan, and its cost; None where none was found in time."""
    n = problem.n_requests
    model = cp_model.CpModel()
    serving: list[list[Any]] = [[model.new_bool_var("")] for _ in range(n)]
    cost = [(literals[0], int(problem.unserved_cost[r])) for r, literals in enumerate(serving)]
    using: list[list[Any]] = [[] for _ in count]
    taken = []
    for route in offered.tolist():
        literal = model.new_bool_var("")
        *requests, vehicle = routes.rows[route].tolist()
        for request in requests:
            serving[request].append(literal)
        using[vehicle - n].append(literal)
        cost.append((literal, int(routes.cost[route])))
        taken.append((route, literal))
        model.add_hint(literal, route < routes.own)
    for literals in serving:
        model.add_exactly_one(literals)
    for literals, most in zip(using, count.tolist(), strict=True):
        model.add(sum(literals) <= most)
    model.minimize(sum(price * literal for literal, price in cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    return round(solver.objective_value), [route for route, literal in taken if solver.boolean_value(literal)]
