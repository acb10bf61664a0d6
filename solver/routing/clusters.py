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
    groups = _halve(centres, weights, np.arange(len(units)), size, rng)
    parts = [Part([r for u in group for r in units[u]], [k for u in group for k in owners[u]]) for group in groups]
    _deal_out(problem, points, parts, [vehicle for vehicle in range(problem.n_vehicles) if not members[vehicle]])
    return [part for part in parts if part.vehicles]


def _halve(
    centres: Floats, weights: NDArray[np.intp], group: NDArray[np.intp], size: int, rng: np.random.Generator
) -> list[NDArray[np.intp]]:
    """Cut across a random direction, longer spreads likelier, until each side is small enough."""
    if weights[group].sum() <= size or len(group) == 1:
        return [group]
    spread = centres[group] - centres[group].mean(axis=0)
    direction = spread.T @ (spread @ rng.normal(size=spread.shape[1]))
    order = group[np.argsort(spread @ direction, kind="stable")]
    along = weights[order].cumsum()
    cut = int(np.clip(np.searchsorted(along, along[-1] / 2) + 1, 1, len(order) - 1))
    return [side for half in (order[:cut], order[cut:]) for side in _halve(centres, weights, half, size, rng)]


def _deal_out(problem: Problem, points: Map, parts: list[Part], vehicles: list[int]) -> None:
    """Give every idle vehicle to a part; those that few requests can use choose first."""
    direct = problem.seconds[problem.pickup_band, problem.pickup_location, problem.dropoff_location]
    work = (2 * direct + problem.pickup_service + problem.dropoff_service).astype(np.float64)
    shift = (problem.shift[:, 1] - problem.shift[:, 0]).astype(np.float64)
    unmet = work.copy()
    centres = np.array([points.requests[part.requests].mean(axis=0) for part in parts])
    for part in parts:
        unmet[part.requests] *= max(0.0, 1 - shift[part.vehicles].sum() / max(work[part.requests].sum(), 1.0))
    opens, closes = problem.pickup_window[1, :, 1], problem.dropoff_window[1, :, 0]
    can = problem.compatible & (opens[:, None] > problem.shift[:, 0]) & (closes[:, None] < problem.shift[:, 1])
    for vehicle in sorted(vehicles, key=lambda k: (int(can[:, k].sum()), k)):
        able = can[:, vehicle]
        waiting = np.array([unmet[part.requests] @ able[part.requests] for part in parts])
        far = np.linalg.norm(centres - points.vehicles[vehicle], axis=1)
        best = int((np.minimum(waiting, shift[vehicle]) - far).argmax())
        parts[best].vehicles.append(vehicle)
        mine = [r for r in parts[best].requests if able[r]]
        unmet[mine] *= max(0.0, 1 - shift[vehicle] / max(waiting[best], 1.0))
