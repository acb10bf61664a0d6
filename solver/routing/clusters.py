"""Parts of a day: requests and vehicles that are near each other, drawn anew for every round.

Parts are cut in space only: a vehicle works all day, so a part must have work for it all day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem

LANDMARKS = 6
HOUR = 3600
FAR = 1.0  # hours of work for which a vehicle goes an hour's drive from its start
SPARE = 0.1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """Requests and vehicles that are solved together; vehicles of no part keep their (empty) routes."""

    requests: list[int]
    vehicles: list[int]


class Map:
    """Requests and vehicles as points: driving seconds to some landmarks."""

    def __init__(self, problem: Problem) -> None:
        travel = problem.seconds[0]
        marks = [int(problem.start_location[0])]
        for _ in range(LANDMARKS - 1):
            marks.append(int(travel[:, marks].min(axis=1).argmax()))
        place = travel[:, marks] / np.sqrt(len(marks))
        self.requests: Floats = (place[problem.pickup_location] + place[problem.dropoff_location]) / 2
        self.vehicles: Floats = place[problem.start_location]


def draw_parts(
    problem: Problem, points: Map, routes: Sequence[Sequence[int]], size: int, rng: np.random.Generator
) -> list[Part]:
    """Cut the day into parts of at most ``size`` requests where routes allow.

    A route stays whole; requests that are not served and vehicles that are not used are dealt out to the parts, the
    vehicles to where the most work that they can do waits for them.
    """
    n = problem.n_requests
    members = [[stop for stop in stops if stop < n] for stops in routes]
    used = [vehicle for vehicle, requests in enumerate(members) if requests]
    served = {r for requests in members for r in requests}
    units = [members[vehicle] for vehicle in used] + [[r] for r in range(n) if r not in served]
    owners: list[list[int]] = [[vehicle] for vehicle in used] + [[] for _ in range(n - len(served))]
    if not units:
        return []
    centres = np.array([points.requests[requests].mean(axis=0) for requests in units])
    weights = np.array([len(requests) for requests in units])
    count = -(-int(weights.sum()) // size)
    groups = _cut(centres, weights, np.arange(len(units)), count, rng)
    parts = [Part([r for u in group for r in units[u]], [k for u in group for k in owners[u]]) for group in groups]
    _deal_out(problem, points, parts, [vehicle for vehicle in range(problem.n_vehicles) if not members[vehicle]])
    return [part for part in parts if part.vehicles]


def _cut(
    centres: Floats, weights: NDArray[np.intp], group: NDArray[np.intp], count: int, rng: np.random.Generator
) -> list[NDArray[np.intp]]:
    """Cut into ``count`` groups of like weight, each time across a random direction, longer spreads likelier."""
    if count == 1 or len(group) == 1:
        return [group]
    spread = centres[group] - centres[group].mean(axis=0)
    direction = spread.T @ (spread @ rng.normal(size=spread.shape[1]))
    order = group[np.argsort(spread @ direction, kind="stable")]
    along, less = weights[order].cumsum(), count // 2
    cut = int(np.clip(np.searchsorted(along, along[-1] * less / count) + 1, 1, len(order) - 1))
    return [*_cut(centres, weights, order[:cut], less, rng), *_cut(centres, weights, order[cut:], count - less, rng)]


def _deal_out(problem: Problem, points: Map, parts: list[Part], vehicles: list[int]) -> None:
    """Give every idle vehicle to a part, those that few requests can use first: to where the most work that it can
    do waits in the hours of its shift, each hour's work shared among all vehicles that are there in it."""
    middle = _middles(problem)
    hours = np.clip((middle - problem.shift[:, 0].min()) // HOUR, 0, None).astype(np.intp)
    first = int(problem.shift[:, 0].min())
    begins = first + HOUR * np.arange(hours.max() + 1)
    there = (problem.shift[:, :1] < begins + HOUR) & (problem.shift[:, 1:] > begins)  # [v, hour]
    direct = problem.seconds[problem.pickup_band, problem.pickup_location, problem.dropoff_location]
    work = (direct + problem.pickup_service + problem.dropoff_service).astype(np.float64)
    in_hour = np.bincount(hours, work, len(begins))
    unmet = work * (there.sum(axis=0) / np.maximum(in_hour, 1.0))[hours]  # in vehicles
    able = problem.compatible & there[:, hours].T
    where = np.full(problem.n_requests, -1)
    for number, part in enumerate(parts):
        where[part.requests] = number
    centres = np.array([points.requests[part.requests].mean(axis=0) for part in parts])
    shape = len(parts), len(begins)
    cell = np.where(where < 0, len(parts), where) * len(begins) + hours

    def waiting(vehicle: int) -> Floats:
        mine = np.where(able[:, vehicle] & (where >= 0), unmet, 0.0)
        sums: Floats = np.bincount(cell, mine, (len(parts) + 1) * len(begins)).astype(np.float64)
        return sums[: len(parts) * len(begins)].reshape(shape)

    def take(vehicle: int, number: int, work_there: NDArray[np.float64]) -> None:
        left = np.clip(1 - 1 / np.maximum(work_there[number], 1e-9), 0.0, 1.0)
        mine = able[:, vehicle] & (where == number)
        unmet[mine] *= left[hours[mine]]

    for number, part in enumerate(parts):
        for vehicle in part.vehicles:
            take(vehicle, number, waiting(vehicle))
    for vehicle in sorted(vehicles, key=lambda k: (int(able[:, k].sum()), k)):
        there_now = waiting(vehicle)
        far = np.linalg.norm(centres - points.vehicles[vehicle], axis=1) / HOUR
        best = int((np.minimum(there_now, 1.0).sum(axis=1) + SPARE * there_now.sum(axis=1) - FAR * far).argmax())
        parts[best].vehicles.append(vehicle)
        take(vehicle, best, there_now)


def _middles(problem: Problem) -> Floats:
    """Roughly when each request is aboard."""
    ends = np.stack([problem.pickup_window[0], problem.dropoff_window[0]])  # [end, n, 2]
    tight = np.where(ends[0, :, 1] - ends[0, :, 0] <= ends[1, :, 1] - ends[1, :, 0], 0, 1)
    middle: Floats = ends[tight, np.arange(problem.n_requests)].mean(axis=1)
    return middle
