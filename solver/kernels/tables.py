"""A ``Problem`` packed for the kernels, and the working state of a search.

Stops are numbered 0..n-1 (pick-ups), n..2n-1 (drop-offs), 2n + v (start of vehicle v), 2n + nv + v (its end).
A load is a *code*: its resource counts times strides so wide that adding one request to a load that fits overflows no
digit; ``carries[class, code]`` is the bit mask of the layouts that can carry it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.kernels.legs import copy_legs
from solver.kernels.near import nearest
from solver.kernels.parts import in_parts
from solver.problem import NEVER, Problem

Array = NDArray[Any]


def _record(indices: str, values: str) -> np.dtype[Any]:
    """A record of int32 values; what indexes an array is unsigned, so that compiled code need not test its sign."""
    return np.dtype([(name, np.uint32) for name in indices.split()] + [(name, np.int32) for name in values.split()])


STOP = _record("location node request", "service overhead load earliest latest")
"""One stop. A *node* is a location in a travel band; ``earliest`` and ``latest`` follow the tier in force."""

VISIT = _record("stop location node load block", "service earliest latest drive leg soonest")
"""A stop on a route. ``drive`` and ``leg`` (drive + overhead) come from the stop before; ``soonest`` bounds its begin;
``load`` is the code when leaving it; ``block`` the block it belongs to."""

BLOCK = _record("", "first last group finish span latest done_before done_after start_before start_after")
"""From empty to empty. A block entered at time t ≤ ``latest`` finishes at max(``finish``, t + ``span``). ``done_*`` is
its earliest finish and ``start_*`` its latest start with the break still to come (before) or behind it (after)."""

ROUTE = _record("", "visits blocks drive metres end_drive version")

VEHICLE = _record(
    "kind start end",
    "shift_start shift_end max_duration max_metres break_length break_earliest break_latest cost",
)

REQUEST = _record(
    "", "position ride group exclusive tier vehicle unserved_cost relaxed_cost home move_cost direct hardness absence"
)
"""``position`` is scratch: where its pick-up stands in the block under test. Serving it by another vehicle than the
one at ``home`` costs ``move_cost``."""


class Tables(NamedTuple):
    """What a search reads. ``outbound[node, location]`` and ``inbound[location, node]`` are the same travel times, so
    that the times from one stop to all and from all to one each lie side by side, in as few bytes as hold them."""

    outbound: Array  # int16 or int32 [nodes, m]
    inbound: Array  # the same transposed
    metres: Array  # int32 [m, m]
    carries: Array  # int32 [c, codes]
    compatible: Array  # uint8 [n, v]
    vehicles: Array  # VEHICLE [v]
    near: Array  # int32 [n, k] nearest requests in space and time, nearest first, -1 where fewer
    window: Array  # int32 [tier, 2n, 2]
    ride: Array  # int32 [tier, n]
    gap: int
    moves_cost: bool  # whether another vehicle than the one that a request is known to can cost more
    absence_step: int
    absence_most: int
    string_most: int
    related_most: int
    absent_most: int
    trades: int


class State(NamedTuple):
    """What a search changes. Workers write to disjoint rows."""

    stops: Array  # STOP [2n + 2v]
    requests: Array  # REQUEST [n]
    visits: Array  # VISIT [v, width]
    blocks: Array  # BLOCK [v, width // 2]
    routes: Array  # ROUTE [v]
    deadline: Array  # int32 [v, width] latest begin of each visit
    failed: Array  # int32 [tier, n, v] version of the route at which a request was last found to fit nowhere on it


ABSENCE_STEP, ABSENCE_MOST = 1 / 150, 4000.0
"""How the search's price for leaving a request out grows with each vain attempt, and how far, in mean direct drives."""


class Round(NamedTuple):
    """What an iteration does: how much it takes out at most (stops in a string, requests related to a seed), how many
    of those that are left out it tries again, and how many pairs of requests it looks at for a trade of blocks."""

    string_most: int
    related_most: int
    absent_most: int
    trades: int


ROUND, ROUND_WITH_TARGETS = Round(8, 16, 12, 0), Round(5, 8, 40, 80)
"""Where targets have a price small removals do better, and trades; public instances gain nothing by them."""


@dataclass(frozen=True, slots=True)
class Packed:
    tables: Tables
    state: State


def pack(problem: Problem, near: int) -> Packed:
    """Tables of a problem, with ``near`` neighbours of each request, and a state with every route empty."""
    n, v = problem.n_requests, problem.n_vehicles
    if ((problem.max_duration < NEVER) & (problem.break_length > 0)).any():
        raise ValueError("a vehicle with both a break and a longest duration is beyond the kernels")
    carries, load = _carries(problem)
    vehicles = np.zeros(v, VEHICLE)
    vehicles["kind"] = problem.vehicle_class
    vehicles["start"] = 2 * n + np.arange(v)
    vehicles["end"] = 2 * n + v + np.arange(v)
    vehicles["shift_start"], vehicles["shift_end"] = problem.shift.T
    vehicles["max_duration"] = problem.max_duration
    vehicles["max_metres"] = problem.max_distance
    vehicles["break_length"] = problem.break_length
    vehicles["break_earliest"], vehicles["break_latest"] = problem.break_window.T
    vehicles["cost"] = problem.vehicle_cost

    scale = mean_direct(problem)
    window = np.concatenate([problem.pickup_window, problem.dropoff_window], axis=1)
    fits_somewhere = load >= 0
    node, outbound, inbound = _legs(problem)
    tables = Tables(
        outbound=outbound,
        inbound=inbound,
        metres=problem.metres.copy(),
        carries=carries,
        compatible=(problem.compatible & fits_somewhere[:, None]).astype(np.uint8),
        vehicles=vehicles,
        near=nearest(problem, node, outbound, inbound, near),
        window=np.ascontiguousarray(window),
        ride=problem.ride_limit.copy(),
        gap=int(problem.block_gap),
        moves_cost=problem.stay is not None,
        absence_step=max(1, int(ABSENCE_STEP * scale)),
        absence_most=int(ABSENCE_MOST * scale),
        **(ROUND_WITH_TARGETS if problem.relaxed_cost.any() else ROUND)._asdict(),
    )
    return Packed(tables, _empty_state(problem, node, np.where(fits_somewhere, load, 0), window, tables.compatible))


def _legs(problem: Problem) -> tuple[Array, Array, Array]:
    """The node of every stop that a leg can leave (pick-ups, drop-offs, starts), and the travel times both ways."""
    m = problem.seconds.shape[1]
    band = np.concatenate([problem.pickup_band, problem.dropoff_band, problem.vehicle_band])
    location = np.concatenate([problem.pickup_location, problem.dropoff_location, problem.start_location])
    nodes, node = np.unique(band.astype(np.int64) * m + location, return_inverse=True)
    small = problem.seconds.max(initial=0) <= np.iinfo(np.int16).max
    outbound = np.empty((len(nodes), m), np.int16 if small else np.int32)
    inbound = np.empty((m, len(nodes)), outbound.dtype)
    in_parts(
        lambda first, end: copy_legs(problem.seconds, nodes // m, nodes % m, first, end, outbound, inbound), len(nodes)
    )
    return node, outbound, inbound


def mean_direct(problem: Problem) -> float:
    """Mean drive of a request without a detour: the scale of all prices of the search."""
    direct = problem.seconds[problem.pickup_band, problem.pickup_location, problem.dropoff_location]
    return max(1.0, float(direct.mean())) if len(direct) else 1.0


def _empty_state(problem: Problem, node: Array, load: Array, window: Array, compatible: Array) -> State:
    n, v = problem.n_requests, problem.n_vehicles
    stops = np.zeros(2 * n + 2 * v, STOP)
    stops["location"] = np.concatenate(
        [problem.pickup_location, problem.dropoff_location, problem.start_location, problem.end_location]
    )
    stops["node"][: len(node)] = node
    stops["service"][: 2 * n] = np.concatenate([problem.pickup_service, problem.dropoff_service])
    stops["overhead"][: 2 * n] = np.concatenate([problem.pickup_overhead, problem.dropoff_overhead])
    stops["load"][: 2 * n] = np.concatenate([load, -load])
    stops["request"][: 2 * n] = np.tile(np.arange(n), 2)
    stops["earliest"][: 2 * n], stops["latest"][: 2 * n] = window[0].T
    stops["latest"][2 * n :] = NEVER

    requests = np.zeros(n, REQUEST)
    requests["ride"] = problem.ride_limit[0]
    requests["group"] = np.where(problem.exclusive, -1 - np.arange(n), problem.group)  # nobody joins an exclusive ride
    requests["exclusive"] = problem.exclusive
    requests["vehicle"] = -1
    requests["unserved_cost"] = problem.unserved_cost
    requests["relaxed_cost"] = problem.relaxed_cost
    if problem.stay is not None:
        requests["home"] = problem.stay.vehicle
        requests["move_cost"] = np.where(problem.stay.vehicle >= 0, problem.stay.cost, 0)
    requests["direct"] = problem.seconds[problem.pickup_band, problem.pickup_location, problem.dropoff_location]
    requests["hardness"] = -compatible.sum(axis=1, dtype=np.int32)

    width = int(min(2 * n + 2, 256))
    routes = np.zeros(v, ROUTE)
    return State(
        stops=stops,
        requests=requests,
        visits=np.zeros((v, width), VISIT),
        blocks=np.zeros((v, width // 2 + 1), BLOCK),
        routes=routes,
        deadline=np.zeros((v, width), np.int32),
        failed=np.full((2, n, v), -1, np.int32),
    )


def _carries(problem: Problem) -> tuple[Array, Array]:
    """The table of load codes and the load code of each request (-1 where no layout at all carries it).

    A load fits a layout if every set of resources finds room in the places that its units may use (Hall's theorem).
    """
    classes, _, resources = problem.layouts.shape
    room = _room(problem)
    digits = [2 * top + 1 for top in room]
    strides = np.array([int(np.prod(digits[:r])) for r in range(resources)], dtype=np.int64)
    codes = int(np.prod(digits))
    if codes > 50_000_000:
        raise ValueError("capacities are too large to tabulate; scale demands and layouts down")

    code = np.arange(codes)
    counts = [(code // strides[r]) % digits[r] for r in range(resources)]
    carries = np.zeros((classes, codes), np.int32)
    for c in range(classes):
        for bit, layout in enumerate(problem.layouts[c]):
            if layout.min(initial=0) < 0:
                continue
            fits = np.ones(codes, np.bool_)
            for chosen in product((False, True), repeat=resources):
                members = [r for r in range(resources) if chosen[r]]
                if not members:
                    continue
                places = sum(
                    int(layout[p])
                    for p in range(resources)
                    if any(p == r or problem.substitutes[r, p] for r in members)
                )
                fits &= sum(counts[r] for r in members) <= places
            carries[c, fits] |= 1 << bit

    return carries, load_codes(problem, problem.demand)


def load_codes(problem: Problem, demand: Array) -> Array:
    """The load code of each demand [k, r], -1 where no layout at all carries it."""
    room = np.array(_room(problem), np.int64)
    strides = np.concatenate([[1], np.cumprod(2 * room + 1)])[: len(room)]
    load: Array = (demand * strides).sum(axis=1).astype(np.int32)
    load[(demand > room).any(axis=1)] = -1
    return load


def _room(problem: Problem) -> list[int]:
    """The most units of each resource that any layout could ever carry."""
    classes, _, resources = problem.layouts.shape
    most = np.maximum(problem.layouts, 0).max(axis=(0, 1)) if classes else np.zeros(resources, np.int32)
    return [int(substituted_room(problem, r, most)) for r in range(resources)]


def substituted_room(problem: Problem, resource: int, most: Array) -> int:
    """The most units of one resource that any layout could ever carry."""
    usable = problem.substitutes[resource].copy()
    usable[resource] = True
    return int(most[usable].sum())
