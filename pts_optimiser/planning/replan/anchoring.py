"""Stops that a re-plan moves far from the moment whose traffic they were planned in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.planning.replan.limits import begin_of
from pts_optimiser.planning.replan.remainder import Remainder
from pts_optimiser.planning.standards import HOUR, timing
from solver import Problem, Solution


def anchored_anew(
    problem: Problem, solution: Solution, left: Remainder, plan: Plan
) -> tuple[Problem, Remainder] | None:
    """The problem in the bands of the solution, where stops begin more than an hour from their anchors; else None."""
    n = problem.n_requests
    anchored = dict(left.anchored)
    bands = {StopKind.PICKUP: problem.pickup_band.copy(), StopKind.DROPOFF: problem.dropoff_band.copy()}
    ride = problem.ride_limit.copy()
    for route in solution.routes:
        for stop, begin in zip(route.stops.tolist(), route.begin.tolist(), strict=True):
            if stop == 2 * n or stop < left.riders:
                continue
            kind, r = (StopKind.PICKUP if stop < n else StopKind.DROPOFF), stop % n
            at = anchored.get((left.journeys[r].journey_id, kind))
            if at is not None and abs(begin - plan.seconds(at)) > HOUR:
                anchored[left.journeys[r].journey_id, kind] = plan.moment(begin)
                bands[kind][r] = band = left.travel.band_at(begin)
                if kind is StopKind.PICKUP:
                    ride[:, r] = _ride_limits(problem, r, band, left.journeys[r], plan)
    if anchored == left.anchored:
        return None
    moved = replace(problem, pickup_band=bands[StopKind.PICKUP], dropoff_band=bands[StopKind.DROPOFF], ride_limit=ride)
    return moved, replace(left, anchored=anchored)


def _ride_limits(problem: Problem, r: int, band: int, journey: Journey, plan: Plan) -> tuple[int, int]:
    """Target and limit of a ride that begins in another band: the same beyond what the direct drive allows."""
    ends = int(problem.pickup_location[r]), int(problem.dropoff_location[r])
    was, will = (
        timing(journey, plan.policy, plan.origin, problem.travel(b, *ends)).ride
        for b in (int(problem.pickup_band[r]), band)
    )
    target, hard = (int(given) + new - old for given, old, new in zip(problem.ride_limit[:, r], was, will, strict=True))
    return min(target, hard), hard


def rebanded(problem: Problem, moved: Problem) -> frozenset[int]:
    """The requests of which a stop is in another band in one problem than in the other."""
    other = (problem.pickup_band != moved.pickup_band) | (problem.dropoff_band != moved.dropoff_band)
    return frozenset(np.flatnonzero(other).tolist())


def begins(problem: Problem, solution: Solution) -> list[dict[int, int]]:
    """By vehicle, when each stop of its route begins (see ``begin_of``)."""
    found: list[dict[int, int]] = [{} for _ in range(problem.n_vehicles)]
    for route in solution.routes:
        found[route.vehicle] = begin_of(problem, route)
    return found
