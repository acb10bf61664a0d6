"""One judge for all: what a plan serves, what it costs, and which rules its best times still break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from benchmarks.peers.retime import retime
from solver.problem import Problem
from solver.reference import blocks, driving, location, schedule_route

KINDS = ("ride", "window", "break", "shift", "duration", "layout", "company", "compatible", "distance")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken`` counts rules by kind (see ``KINDS``); ``missed`` the served requests outside their targets."""

    served: int
    requests: int
    broken: Counter[str]
    missed: int
    driving: int
    vehicles: int

    @property
    def driven_hours(self) -> float:
        return self.driving / 3600

    @property
    def minutes_a_request(self) -> float:
        """Driving per served request."""
        return self.driving / 60 / self.served if self.served else float("nan")


def judge(problem: Problem, routes: Sequence[Sequence[int]]) -> Verdict:
    """Judge one route a vehicle, each of stops without break (see ``solution.Sequences``).

    Every route is timed as favourably as possible. Where no times keep every rule, those that break the fewest count.

    Raises
    ------
    ValueError
        Routes that are no plan at all: a request served twice, dropped off elsewhere or before it is picked up.
    """
    n = problem.n_requests
    _refuse_nonsense(routes, problem.n_vehicles, n)
    broken: Counter[str] = Counter()
    missed = 0
    for vehicle, stops in enumerate(routes):
        if not stops or schedule_route(problem, vehicle, stops, frozenset()) is not None:
            continue
        times = retime(problem, vehicle, stops)
        amiss = times.broken + _misplaced(problem, vehicle, stops)
        broken += amiss
        missed += times.missed
        everybody = frozenset(stop for stop in stops if stop < n)
        if not amiss and schedule_route(problem, vehicle, stops, everybody) is None:
            raise AssertionError(f"the reference refuses a route that breaks nothing: {vehicle} {list(stops)}")
    return Verdict(
        served=sum(len(stops) for stops in routes) // 2,
        requests=n,
        broken=broken,
        missed=missed,
        driving=sum(driving(problem, vehicle, list(stops)) for vehicle, stops in enumerate(routes)),
        vehicles=sum(1 for stops in routes if stops),
    )


def _refuse_nonsense(routes: Sequence[Sequence[int]], vehicles: int, n: int) -> None:
    if len(routes) != vehicles:
        raise ValueError(f"{len(routes)} routes for {vehicles} vehicles")
    seen: set[int] = set()
    for stops in routes:
        aboard: set[int] = set()
        for stop in stops:
            request = stop % n
            if stop in seen or not 0 <= stop < 2 * n or (stop >= n and request not in aboard):
                raise ValueError(f"stop {stop} is out of place in {list(stops)}")
            seen.add(stop)
            aboard.symmetric_difference_update({request})
        if aboard:
            raise ValueError(f"requests {sorted(aboard)} stay aboard in {list(stops)}")


def _misplaced(problem: Problem, vehicle: int, stops: Sequence[int]) -> Counter[str]:
    """Rules that no times can mend: per request compatibility, per block layout and company, per route distance."""
    n = problem.n_requests
    broken: Counter[str] = Counter()
    for block in blocks(stops, n):
        members = [stop for stop in block if stop < n]
        groups = {int(problem.group[r]) for r in members}
        broken["compatible"] += sum(not problem.compatible[r, vehicle] for r in members)
        broken["company"] += len(groups) > 1 or (len(members) > 1 and any(problem.exclusive[r] for r in members))
        broken["layout"] += not _one_layout_carries(problem, vehicle, block)
    places = [
        int(problem.start_location[vehicle]),
        *(location(problem, stop) for stop in stops),
        int(problem.end_location[vehicle]),
    ]
    metres = sum(int(problem.metres[a, b]) for a, b in pairwise(places))
    broken["distance"] += metres > int(problem.max_distance[vehicle])
    return +broken


def _one_layout_carries(problem: Problem, vehicle: int, block: Sequence[int]) -> bool:
    """Whether one layout has room for every load of the block, by Hall's condition on the sets of resources."""
    n, resources = problem.n_requests, range(problem.demand.shape[1])
    loads = np.cumsum([problem.demand[s] if s < n else -problem.demand[s - n] for s in block], axis=0)
    usable = problem.substitutes | np.eye(len(resources), dtype=np.bool_)
    sets = [list(some) for size in resources for some in combinations(resources, size + 1)]
    return any(
        all(loads[:, some].sum(axis=1).max() <= layout[usable[some].any(axis=0)].sum() for some in sets)
        for layout in problem.layouts[problem.vehicle_class[vehicle]]
        if layout.min() >= 0
    )
