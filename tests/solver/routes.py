"""Random feasible routes, grown one request at a time and judged only by the plain reference."""

from __future__ import annotations

import numpy as np

from solver.problem import Problem
from solver.reference import schedule_route


def with_request(stops: list[int], n: int, r: int, i: int, j: int) -> list[int]:
    """``stops`` with request r's pick-up before position i and its drop-off before position j ≥ i."""
    return [*stops[:i], r, *stops[i:j], n + r, *stops[j:]]


def grown_route(
    problem: Problem, vehicle: int, rng: np.random.Generator, tries: int = 60
) -> tuple[list[int], frozenset[int]]:
    """A random feasible route and the requests in it that are held to their hard limits only."""
    n = problem.n_requests
    stops: list[int] = []
    relaxed: frozenset[int] = frozenset()
    for _ in range(tries):
        r = int(rng.integers(n))
        if r in stops:
            continue
        i = int(rng.integers(len(stops) + 1))
        j = int(rng.integers(i, min(len(stops), i + 4) + 1))
        looser = relaxed | {r} if rng.random() < 0.4 else relaxed
        longer = with_request(stops, n, r, i, j)
        if schedule_route(problem, vehicle, longer, looser) is not None:
            stops, relaxed = longer, looser
    return stops, relaxed
