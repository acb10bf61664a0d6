"""A route as it stands, gap by gap: what an insertion meets there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.problem import Int, Problem
from solver.reference import blocks, location
from solver.solution import as_int


@dataclass(frozen=True, slots=True)
class Node:
    """A stop or an end of the route: ``stop`` is None at the ends."""

    stop: int | None
    location: int
    band: int
    service: int
    overhead: int


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """``nodes`` run from start to end; gap g lies between node g and the next.

    ``members[g]`` are the requests of the block that gap g is inside of, empty where nobody is aboard;
    ``loads[g]`` what rides through it [gap, resource].
    """

    nodes: tuple[Node, ...]
    members: tuple[frozenset[int], ...]
    loads: Int


def course(problem: Problem, vehicle: int, stops: Sequence[int]) -> Course:
    """The course of one vehicle; ``stops`` without the break."""
    n = problem.n_requests
    band = int(problem.vehicle_band[vehicle])
    nodes = [
        Node(None, int(problem.start_location[vehicle]), band, 0, 0),
        *(node(problem, stop) for stop in stops),
        Node(None, int(problem.end_location[vehicle]), band, 0, 0),
    ]
    members = [frozenset[int]()]
    for block in blocks(stops, n):
        inside = frozenset(stop % n for stop in block)
        members += [inside] * (len(block) - 1) + [frozenset()]
    change = [problem.demand[stop] if stop < n else -problem.demand[stop - n] for stop in stops]
    loads = np.cumsum([np.zeros(problem.demand.shape[1], np.int32), *change], axis=0)
    return Course(tuple(nodes), tuple(members), as_int(loads))


def node(problem: Problem, stop: int) -> Node:
    n = problem.n_requests
    r, at = stop % n, location(problem, stop)
    if stop < n:
        return Node(
            stop, at, int(problem.pickup_band[r]), int(problem.pickup_service[r]), int(problem.pickup_overhead[r])
        )
    return Node(
        stop, at, int(problem.dropoff_band[r]), int(problem.dropoff_service[r]), int(problem.dropoff_overhead[r])
    )


def leg(problem: Problem, origin: Node, destination: Node) -> int:
    """Drive, and overhead where the places differ, in seconds."""
    moved = origin.location != destination.location
    return problem.travel(origin.band, origin.location, destination.location) + (destination.overhead if moved else 0)
