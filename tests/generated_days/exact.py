"""The exact optimum of a tiny problem: every route of every vehicle by the plain reference, chosen by CP-SAT."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ortools.sat.python import cp_model

from solver import Problem
from solver.reference import driving, schedule_route

MOST = 3
"""Journeys; every route of four takes seconds to write down."""


def least_cost(problem: Problem) -> int:
    """Least cost of any plan: each journey on one route or left out, each vehicle on one route at most."""
    n = problem.n_requests
    model = cp_model.CpModel()
    left_out = [model.new_bool_var(f"left out {r}") for r in range(n)]
    served: list[list[cp_model.IntVar]] = [[] for _ in range(n)]
    prices = [(left_out[r], int(problem.unserved_cost[r])) for r in range(n)]
    for vehicle in range(problem.n_vehicles):
        own = []
        for members, price in _routes(problem, vehicle):
            taken = model.new_bool_var(f"{vehicle} {members}")
            own.append(taken)
            prices.append((taken, price))
            for r in members:
                served[r].append(taken)
        model.add_at_most_one(own)
    for r in range(n):
        model.add_exactly_one([left_out[r], *served[r]])
    model.minimize(sum(price * chosen for chosen, price in prices))
    search = cp_model.CpSolver()
    search.parameters.num_workers = 1
    if search.solve(model) != cp_model.OPTIMAL:
        raise AssertionError("to leave everybody out is a plan")
    return round(search.objective_value)


def _routes(problem: Problem, vehicle: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """The cheapest route for every set of journeys that the vehicle can serve."""
    n = problem.n_requests
    for size in range(1, n + 1):
        for members in combinations(range(n), size):
            least = None
            for relaxed in _subsets(members):
                extra = int(problem.vehicle_cost[vehicle]) + sum(int(problem.relaxed_cost[r]) for r in relaxed)
                for stops in _orders(members, n):
                    if schedule_route(problem, vehicle, stops, relaxed) is not None:
                        price = extra + driving(problem, vehicle, stops)
                        least = price if least is None else min(least, price)
            if least is not None:
                yield members, least


def _subsets(members: tuple[int, ...]) -> Iterator[frozenset[int]]:
    for size in range(len(members) + 1):
        yield from map(frozenset, combinations(members, size))


def _orders(members: tuple[int, ...], n: int) -> Iterator[list[int]]:
    """Every order of pick-ups and drop-offs with each journey's in theirs."""

    def grown(stops: list[int], waiting: tuple[int, ...], aboard: tuple[int, ...]) -> Iterator[list[int]]:
        if not waiting and not aboard:
            yield stops
        for r in waiting:
            yield from grown([*stops, r], tuple(w for w in waiting if w != r), (*aboard, r))
        for r in aboard:
            yield from grown([*stops, n + r], waiting, tuple(a for a in aboard if a != r))

    yield from grown([], members, ())
