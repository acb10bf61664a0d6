"""A ``Problem`` as what most solvers know: shipments with time windows for a mixed fleet. Pure; no solver is called.

What a peer cannot model is dropped in the *relaxed* variant and always kept in the *tight* one, by narrower windows,
one fixed layout a vehicle and less company. *Targets* is tight with everybody's target as the limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.hull import load_bounds
from solver.problem import NEVER, Bool, Int, Problem

PICKUP, DROPOFF, BASE = range(3)


@dataclass(frozen=True, slots=True)
class Variant:
    """``tier`` gives the windows (0 target, 1 hard limit); ``holds`` whether rules hold that a peer cannot model."""

    name: str
    tier: int
    holds: bool


VARIANTS = {
    variant.name: variant
    for variant in (Variant("relaxed", 1, False), Variant("tight", 1, True), Variant("targets", 0, True))
}


@dataclass(frozen=True, slots=True, eq=False)
class Shipments:
    """n requests and v vehicles over p places.

    A place is a location together with all that travel depends on besides it: the band in which it is left, the
    overhead on arrival and, with a gap between blocks, what is done there. ``transit`` is driving, overhead and gap,
    ``drive`` driving alone. ``amount`` may at no moment exceed ``capacity``. ``need`` numbers the distinct rows of
    ``compatible``; ``allowed[need, vehicle]``.
    """

    pickup_place: Int  # [n]
    dropoff_place: Int  # [n]
    start_place: Int  # [v]
    end_place: Int  # [v]
    drive: Int  # [p, p] seconds
    transit: Int  # [p, p] seconds
    metres: Int  # [p, p]
    pickup_window: Int  # [n, 2]
    dropoff_window: Int  # [n, 2]
    amount: Int  # [n, d]
    capacity: Int  # [v, d]
    need: Int  # [n]
    allowed: Bool  # [needs, v]

    def restricted(self, need: int) -> bool:
        """Whether some vehicle may not serve the requests of this need."""
        return not self.allowed[need].all()


def as_shipments(problem: Problem, variant: Variant) -> Shipments:
    """The problem in a variant."""
    places, (pickup, dropoff, start, end) = _places(problem)
    location, band, overhead, kind = places.T
    drive = problem.seconds[band[:, None], location[:, None], location]
    transit = drive + np.where(location[:, None] != location, overhead, 0)
    transit = transit + problem.block_gap * ((kind[:, None] == DROPOFF) & (kind == PICKUP))
    np.fill_diagonal(transit, 0)
    amount, capacity = _loads(problem, variant)
    pickup_window, dropoff_window = _windows(problem, variant)
    allowed, need = np.unique(problem.compatible, axis=0, return_inverse=True)
    return Shipments(
        pickup_place=pickup,
        dropoff_place=dropoff,
        start_place=start,
        end_place=end,
        drive=drive,
        transit=transit.astype(np.int32),
        metres=problem.metres[location[:, None], location],
        pickup_window=pickup_window,
        dropoff_window=dropoff_window,
        amount=amount,
        capacity=capacity,
        need=need.reshape(-1).astype(np.int32),
        allowed=allowed,
    )


def _places(problem: Problem) -> tuple[NDArray[np.intp], list[Int]]:
    n, v = problem.n_requests, problem.n_vehicles
    rows = np.concatenate([
        np.stack([problem.pickup_location, problem.pickup_band, problem.pickup_overhead, np.full(n, PICKUP)], 1),
        np.stack([problem.dropoff_location, problem.dropoff_band, problem.dropoff_overhead, np.full(n, DROPOFF)], 1),
        np.stack([problem.start_location, problem.vehicle_band, np.zeros(v), np.full(v, BASE)], 1),
        np.stack([problem.end_location, problem.vehicle_band, np.zeros(v), np.full(v, BASE)], 1),
    ]).astype(np.intp)  # fmt: skip
    if not problem.block_gap:
        rows[:, 3] = BASE
    places, place = np.unique(rows, axis=0, return_inverse=True)
    return places, np.split(place.reshape(-1).astype(np.int32), np.cumsum([n, n, v]))


def _windows(problem: Problem, variant: Variant) -> tuple[Int, Int]:
    """Windows of both ends. Where the ride limit has to hold, the latest drop-off is at most that limit after the
    earliest pick-up: the end with the wider window gives way. A target that leaves no time is not asked for."""
    tiers = [variant.tier, 1]
    options = [
        (problem.pickup_window[t].copy(), problem.dropoff_window[t].copy(), problem.ride_limit[t]) for t in tiers
    ]
    if variant.holds:
        for board, alight, ride in options:
            longest = problem.pickup_service + ride
            inward = alight[:, 1] - alight[:, 0] <= board[:, 1] - board[:, 0]
            board[:, 0] = np.where(inward, np.maximum(board[:, 0], alight[:, 1] - longest), board[:, 0])
            alight[:, 1] = np.where(inward, alight[:, 1], np.minimum(alight[:, 1], board[:, 0] + longest))
    direct = problem.seconds[problem.pickup_band, problem.pickup_location, problem.dropoff_location]
    least = problem.pickup_service + direct
    (board, alight, _), (wide_board, wide_alight, _) = options
    in_time = board[:, 0] + least <= alight[:, 1]
    possible = (board[:, 0] <= board[:, 1]) & (alight[:, 0] <= alight[:, 1]) & in_time
    possible = possible[:, None]
    return np.where(possible, board, wide_board), np.where(possible, alight, wide_alight)


def _loads(problem: Problem, variant: Variant) -> tuple[Int, Int]:
    """Amounts and capacities: the convex hull of a vehicle's layouts, or one layout each; and exclusive requests.

    Where groups must not mix, all but the largest travel alone.
    """
    n, v = problem.n_requests, problem.n_vehicles
    amounts: list[Int] = []
    capacities: list[Int] = []
    if variant.holds and (problem.layouts.min(axis=2) >= 0).sum(axis=1).max() > 1:
        layout = _fixed_layouts(problem)
        amounts += list(problem.demand.T)
        capacities += list(layout.T)
    else:
        for weights, limits in load_bounds(problem):
            amounts.append(problem.demand @ weights)
            capacities.append(limits[problem.vehicle_class])
    groups = np.unique(problem.group, return_inverse=True)[1].reshape(-1)
    alone = problem.exclusive | (groups != np.bincount(groups).argmax() if variant.holds else False)
    if alone.any():
        amounts.append(np.where(alone, n, 1))
        capacities.append(np.full(v, n))
    return np.stack(amounts, 1).astype(np.int32), np.stack(capacities, 1).astype(np.int32)


def _fixed_layouts(problem: Problem) -> Int:
    """One layout a vehicle: of its class, the one that could carry most requests alone, then the most places."""
    best = [
        max(
            (layout for layout in layouts if layout.min() >= 0),
            key=lambda layout: (int((problem.demand <= layout).all(axis=1).sum()), int(layout.sum())),
        )
        for layouts in problem.layouts
    ]
    return np.array(best, np.int32)[problem.vehicle_class]


def longest_drive(problem: Problem, shipments: Shipments, vehicle: int, variant: Variant) -> int | None:
    """Driving seconds within which the distance limit holds for sure (tight), None where no limit is asked for."""
    if problem.max_distance[vehicle] >= NEVER or not variant.holds:
        return None
    driving = shipments.drive > 0
    speed = float((shipments.metres[driving] / shipments.drive[driving]).max())
    return int(problem.max_distance[vehicle] / speed)
