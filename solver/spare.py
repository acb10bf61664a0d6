"""A problem with room for one request more, so that a new one costs only its own rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from solver.kernels.places import fill_slot
from solver.kernels.tables import Array, Packed, load_codes, pack
from solver.problem import AXES, Int, Problem, Stay
from solver.solution import Sequences


@dataclass(frozen=True, slots=True, eq=False)
class Newcomer:
    """A request that a problem of m locations does not hold; the first of each pair is its pick-up.

    A place that the problem does not have is location m for the pick-up, m + 1 for the drop-off; the travel times are
    theirs. ``group`` may be one that the problem does not have.
    """

    location: Int  # [2]
    band: Int  # [2]
    service: Int  # [2] seconds
    overhead: Int  # [2] seconds
    window: Int  # [tier, 2, 2] earliest and latest begin
    ride_limit: Int  # [tier] seconds aboard
    demand: Int  # [r]
    group: int
    exclusive: bool
    unserved_cost: int
    relaxed_cost: int
    compatible: Array  # bool [v]
    seconds_from: Int  # [b, 2, m + 2] from locations m and m + 1 to all
    seconds_to: Int  # [b, m + 2, 2] from all to locations m and m + 1
    metres_from: Int  # [2, m + 2]
    metres_to: Int  # [m + 2, 2]


class Spare:
    """The last request of a problem, kept free: written over with each newcomer, in the problem as in its tables."""

    def __init__(self, problem: Problem) -> None:
        self.arrays = _widened(problem)
        stay = problem.stay and Stay(
            np.append(problem.stay.vehicle, np.int32(-1)), np.append(problem.stay.cost, np.int32(0))
        )
        views: dict[str, Any] = {name: array.view() for name, array in self.arrays.items()}
        self.problem = replace(problem, **views, stay=stay)
        self.request = problem.n_requests
        self.location = len(problem.metres)
        self.packed = pack(self.problem, 0)
        self.nodes = _nodes(self.problem, self.packed)

    def renumbered(self, plan: Sequences) -> Sequences:
        """A plan of the problem as given, its drop-offs numbered as with one request more."""
        n = self.request
        return Sequences([[s + (s >= n) for s in row] for row in plan.stops], plan.relaxed)

    def take_in(self, newcomer: Newcomer) -> None:
        """Write a newcomer over what stands in the last request."""
        self._write(newcomer)
        tables, state = self.packed.tables, self.packed.state
        r, n = self.request, self.request + 1
        load = int(load_codes(self.problem, newcomer.demand[None])[0])
        tables.window[:, [r, n + r]] = newcomer.window
        tables.ride[:, r] = newcomer.ride_limit
        tables.compatible[r] = newcomer.compatible & (load >= 0)
        stops = state.stops[[r, n + r]]
        stops["service"], stops["overhead"] = newcomer.service, newcomer.overhead
        stops["location"] = newcomer.location
        stops["load"] = max(load, 0), -max(load, 0)
        state.stops[[r, n + r]] = stops
        request = state.requests[r]
        request["group"] = -1 - r if newcomer.exclusive else newcomer.group
        request["exclusive"] = newcomer.exclusive
        request["unserved_cost"], request["relaxed_cost"] = newcomer.unserved_cost, newcomer.relaxed_cost
        state.failed[:, r] = -1
        most = np.iinfo(tables.outbound.dtype).max  # an int16 holds nine hours, which no shift has for one drive
        tables.metres[:, self.location :], tables.metres[self.location :] = newcomer.metres_to, newcomer.metres_from
        fill_slot(
            tables, state, r, newcomer.band, newcomer.location, *self.nodes, self.arrays["seconds"],
            newcomer.seconds_to, most,
        )  # fmt: skip

    def _write(self, one: Newcomer) -> None:
        """The newcomer in the arrays that the problem shows."""
        arrays, r, m = self.arrays, self.request, self.location
        for k, end in enumerate(("pickup", "dropoff")):
            arrays[f"{end}_band"][r], arrays[f"{end}_location"][r] = one.band[k], one.location[k]
            arrays[f"{end}_service"][r], arrays[f"{end}_overhead"][r] = one.service[k], one.overhead[k]
            arrays[f"{end}_window"][:, r] = one.window[:, k]
        arrays["ride_limit"][:, r] = one.ride_limit
        for name in ("demand", "group", "exclusive", "unserved_cost", "relaxed_cost", "compatible"):
            arrays[name][r] = getattr(one, name)
        arrays["seconds"][:, :, m:] = one.seconds_to
        arrays["seconds"][:, m:] = one.seconds_from
        arrays["metres"][:, m:] = one.metres_to
        arrays["metres"][m:] = one.metres_from


def _widened(problem: Problem) -> dict[str, Array]:
    """The arrays of a problem with one request and two locations more, all zeros but for its locations."""
    more = {"n": 1, "m": 2}
    wide: dict[str, Any] = {}
    for name, axes in AXES.items():
        old = getattr(problem, name)
        wide[name] = np.zeros([size + more.get(axis, 0) for size, axis in zip(old.shape, axes, strict=True)], old.dtype)
        wide[name][tuple(slice(size) for size in old.shape)] = old
    m = len(problem.metres)
    wide["pickup_location"][-1], wide["dropoff_location"][-1] = m, m + 1
    return wide


def _nodes(problem: Problem, packed: Packed) -> tuple[Int, Int]:
    """Band and location of every node."""
    band = np.concatenate([problem.pickup_band, problem.dropoff_band, problem.vehicle_band])
    location = np.concatenate([problem.pickup_location, problem.dropoff_location, problem.start_location])
    node = packed.state.stops["node"][: len(band)]
    bands, locations = np.zeros((2, len(packed.tables.outbound)), np.int32)
    bands[node], locations[node] = band, location
    return bands, locations
