"""One call for every engine: a problem in, a timed and judged solution out."""

from __future__ import annotations

from collections.abc import Collection
from time import perf_counter
from typing import Literal

from solver.lns import search_neighbourhoods
from solver.problem import Problem
from solver.progress import Clock, OnProgress, ShouldStop, never, silent
from solver.reference import driving, schedule_route
from solver.solution import Route, Sequences, Solution, as_int

Engine = Literal["hybrid", "ortools"]


def solve(
    problem: Problem,
    *,
    engine: Engine = "hybrid",
    budget_s: float = 60.0,
    seed: int = 1,
    iterations: int | None = None,
    workers: int = 1,
    start: Sequences | None = None,
    hot: float | None = None,
    clock: Clock = perf_counter,
    on_progress: OnProgress = silent,
    should_stop: ShouldStop = never,
) -> Solution:
    """Solve a problem.

    Parameters
    ----------
    engine : ``hybrid`` is our own search; ``ortools`` uses OR-Tools routing alone.
    budget_s : seconds of search by ``clock`` (``ortools``: always of wall-clock time); not used by ``hybrid`` where
        ``iterations`` is given.
    iterations : with it, the same seed and number of workers give the same solution on any machine.
    start : a plan to start from (see ``solution.sequences``), never made worse; routes that break a rule are dropped.

    hot : temperature of ``hybrid`` at the beginning, in mean direct drives; low where the start is to be kept in the
        main.

    Raises
    ------
    ValueError
        ``ortools`` and a problem with ``stay``.
    AssertionError
        A route of the search that the plain reference refuses: a defect, never an answer.
    """
    if engine == "ortools":
        if problem.stay is not None:
            raise ValueError("OR-Tools here knows no price for moving a request")
        from solver.routing import solve_decomposed  # noqa: PLC0415  (loads OR-Tools)

        planned = solve_decomposed(
            problem,
            seconds=budget_s,
            seed=seed,
            workers=workers,
            start=sound(problem, start) if start else None,
            on_progress=on_progress,
            should_stop=should_stop,
        )
        return timed(problem, planned, 0)
    found, done = search_neighbourhoods(
        problem,
        budget_s=budget_s,
        seed=seed,
        iterations=iterations,
        workers=workers,
        start=start,
        hot=hot,
        clock=clock,
        on_progress=on_progress,
        should_stop=should_stop,
    )
    return timed(problem, found, done)


def sound(problem: Problem, plan: Sequences) -> Sequences:
    """The plan without the routes that break a rule."""
    stops = [
        row if schedule_route(problem, vehicle, row, plan.relaxed) is not None else []
        for vehicle, row in enumerate(plan.stops)
    ]
    return Sequences(stops, plan.relaxed & {s for row in stops for s in row})


def timed(problem: Problem, found: Sequences, iterations: int, only: Collection[int] | None = None) -> Solution:
    """Time every route by the plain reference and add the cost up from nothing.

    Where ``only`` some vehicles are named the solution has their routes alone; the others are known to hold, and count
    in its cost, driving, unserved and relaxed requests.
    """
    n = problem.n_requests
    rows = [(vehicle, stops) for vehicle, stops in enumerate(found.stops) if stops]
    routes: list[Route] = []
    for vehicle, stops in rows:
        if only is not None and vehicle not in only:
            continue
        route = schedule_route(problem, vehicle, stops, found.relaxed.intersection(stops))
        if route is None:
            raise AssertionError(f"the route of vehicle {vehicle} does not hold: {stops}")
        routes.append(route)
    vehicle_of = {s: vehicle for vehicle, stops in rows for s in stops if s < n}
    relaxed = found.relaxed & vehicle_of.keys()
    unserved = [r for r in range(n) if r not in vehicle_of]
    driven = sum(driving(problem, vehicle, stops) for vehicle, stops in rows)
    cost = (
        driven
        + sum(int(problem.vehicle_cost[vehicle]) for vehicle, _ in rows)
        + sum(int(problem.relaxed_cost[r]) for r in relaxed)
        + sum(int(problem.unserved_cost[r]) for r in unserved)
        + (sum(problem.stay.costs(r, vehicle) for r, vehicle in vehicle_of.items()) if problem.stay else 0)
    )
    return Solution(tuple(routes), as_int(unserved), as_int(sorted(relaxed)), cost, driven, iterations)
