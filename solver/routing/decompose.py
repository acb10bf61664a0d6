"""A whole day with OR-Tools: parts that are solved side by side, cut anew in every round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

import numpy as np

from solver.problem import Problem
from solver.progress import OnProgress, Progress, silent
from solver.reference import driving
from solver.routing.clusters import Map, Part, draw_parts
from solver.routing.judge import cost
from solver.routing.solve import solve_routing
from solver.routing.subproblem import subproblem, to_part, to_whole

FIRST_SIZE, SIZE = 100, 80  # most requests of a part in the first round and later
FIRST_SHARE, ROUNDS = 0.5, 4  # time of the first round, and number of rounds that share the rest


@dataclass(frozen=True, slots=True)
class _Task:
    problem: Problem
    start: list[list[int]]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Answer:
    """Routes of a part, and by how much they change the day."""

    routes: list[list[int]]
    cost: int
    driving: int
    served: int


def solve_decomposed(
    problem: Problem, *, seconds: float, seed: int = 1, workers: int = 1, on_progress: OnProgress = silent
) -> list[list[int]]:
    """Stop sequences of every vehicle (see ``solution.sequences``) that keep all hard rules.

    The first round solves parts of the day from nothing; later ones are cut across other directions, with the
    requests left out, and start from the routes at hand, so the cost never rises. Parts run in ``workers`` processes
    (in this one if there is only one). The seed decides the cuts; OR-Tools itself goes by the clock.
    """
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    if not routes:
        return routes
    began, rng, points = perf_counter(), np.random.default_rng(seed), Map(problem)
    total, driven, served, solved = int(problem.unserved_cost.sum(dtype=np.int64)), 0, 0, 0
    on_progress(Progress(0.0, 0, total, 0, 0))
    with ProcessPoolExecutor(workers, get_context("spawn")) if workers > 1 else nullcontext() as pool:
        for number in range(1 + ROUNDS):
            left = seconds - (perf_counter() - began)
            parts = draw_parts(problem, points, routes, SIZE if number else FIRST_SIZE, rng)
            share = left / (ROUNDS + 1 - number) if number else left * FIRST_SHARE
            each = share * min(workers, len(parts)) / max(len(parts), 1)
            if left <= 0:
                break
            for part, answer in _answers(problem, parts, routes, each, pool):
                for vehicle, stops in zip(part.vehicles, answer.routes, strict=True):
                    routes[vehicle] = to_whole(stops, part.requests, problem.n_requests)
                total, driven = total + answer.cost, driven + answer.driving
                served, solved = served + answer.served, solved + 1
                on_progress(Progress(perf_counter() - began, solved, total, served, driven))
    return routes


def _answers(
    problem: Problem, parts: list[Part], routes: list[list[int]], seconds: float, pool: ProcessPoolExecutor | None
) -> Iterator[tuple[Part, _Answer]]:
    """Answers of all parts, as they come."""
    tasks = (
        _Task(
            problem=subproblem(problem, part.requests, part.vehicles),
            start=[to_part(routes[vehicle], part.requests, problem.n_requests) for vehicle in part.vehicles],
            seconds=seconds,
        )
        for part in parts
    )
    if pool is None:
        yield from ((part, _solved(task)) for part, task in zip(parts, tasks, strict=True))
        return
    running = {pool.submit(_solved, task): part for part, task in zip(parts, tasks, strict=True)}
    for future in as_completed(running):
        yield running[future], future.result()


def _solved(task: _Task) -> _Answer:
    routes = solve_routing(task.problem, seconds=task.seconds, start=task.start)
    return _Answer(
        routes,
        cost(task.problem, routes) - cost(task.problem, task.start),
        _driven(task.problem, routes) - _driven(task.problem, task.start),
        (sum(map(len, routes)) - sum(map(len, task.start))) // 2,
    )


def _driven(problem: Problem, routes: Sequence[Sequence[int]]) -> int:
    return sum(driving(problem, vehicle, list(stops)) for vehicle, stops in enumerate(routes))
