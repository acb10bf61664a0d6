"""A peer on parts of a day, side by side on all cores, cut anew while time is left: what large days are to most."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from benchmarks.peers.clock import Clock
from benchmarks.peers.registry import PEERS
from benchmarks.peers.shipments import Variant
from solver.problem import Problem
from solver.reference import driving
from solver.routing.clusters import Map, draw_parts
from solver.subproblem import subproblem, to_part, to_whole

ROUNDS = 6
FIRST_SHARE = 0.5  # of the time, for the round from nothing,
PLENTY_S = 3.0  # unless a part would get less than this
LEAST_S = 0.5  # a part that gets less is not worth starting again


@dataclass(frozen=True, slots=True)
class _Task:
    peer: str
    problem: Problem
    variant: Variant
    seconds: float
    share: float
    seed: int


def solve_in_parts(peer: str, problem: Problem, variant: Variant, clock: Clock, seed: int) -> list[list[int]]:
    """Stops of every vehicle. A part's new routes replace the old ones where they serve more or drive less."""
    routes: list[list[int]] = [[] for _ in range(problem.n_vehicles)]
    rng, points, n = np.random.default_rng(seed), Map(problem), problem.n_requests
    with ProcessPoolExecutor(clock.cores, get_context("spawn")) as pool:
        for number in range(ROUNDS):
            parts = draw_parts(problem, points, routes, PEERS[peer].parts, rng)
            each = clock.left() * clock.share * min(1.0, clock.cores / len(parts))
            if number == 0 and each * FIRST_SHARE >= PLENTY_S:
                each *= FIRST_SHARE
            elif number and each < LEAST_S:
                break
            running = {}
            for part in parts:
                piece = subproblem(problem, part.requests, part.vehicles)
                task = _Task(peer, piece, variant, each, clock.share, seed + number)
                running[pool.submit(_solved, task)] = (part, piece)
            for future in as_completed(running):
                part, piece = running[future]
                old = [to_part(routes[vehicle], part.requests, n) for vehicle in part.vehicles]
                if price(piece, found := future.result()) < price(piece, old):
                    for vehicle, stops in zip(part.vehicles, found, strict=True):
                        routes[vehicle] = to_whole(stops, part.requests, n)
                clock.served(sum(map(len, routes)) // 2)
    return routes


def price(problem: Problem, routes: list[list[int]]) -> int:
    """Unserved requests, vehicles and driving in seconds of driving, whatever rules the routes break."""
    used = [(vehicle, stops) for vehicle, stops in enumerate(routes) if stops]
    served = [stop for _, stops in used for stop in stops if stop < problem.n_requests]
    left_out = int(problem.unserved_cost.sum(dtype=np.int64)) - int(problem.unserved_cost[served].sum(dtype=np.int64))
    return left_out + sum(int(problem.vehicle_cost[v]) + driving(problem, v, stops) for v, stops in used)


def _solved(task: _Task) -> list[list[int]]:
    clock = Clock(task.seconds, 1, task.problem.n_requests, share=task.share)
    return PEERS[task.peer].load()(task.problem, task.variant, clock, task.seed)
