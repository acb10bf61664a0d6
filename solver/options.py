"""Where one request fits in a plan, on every vehicle, and who would have to make room where it fits nowhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from solver.kernels.block import LINE
from solver.kernels.insertion import PLACE
from solver.kernels.places import find_places, find_room
from solver.kernels.recreate import adopt, try_alone
from solver.kernels.recreate import insert as put_in
from solver.kernels.tables import Array, Packed, pack
from solver.kernels.work import set_tier, workspace
from solver.problem import NEVER, Problem
from solver.reference import carries
from solver.solution import Sequences, as_int
from solver.spare import Newcomer, Spare

TARGET, HARD = 0, 1


@dataclass(frozen=True, slots=True)
class Place:
    """Pick-up before stop ``pickup`` and drop-off before stop ``dropoff`` of the vehicle's stops as they are.

    ``cost`` is in seconds of driving, with what the vehicle costs where it was unused and what moving the request
    costs; ``price`` is that and, in the hard tier, the price of a missed target.
    """

    vehicle: int
    tier: int
    cost: int
    price: int
    pickup: int
    dropoff: int


@dataclass(frozen=True, slots=True)
class Room:
    """``leaves`` goes to ``to`` (None: nowhere), and then the request to ``place``, whose positions are those without
    ``leaves``. ``price`` is all that this costs besides the request's own absence."""

    leaves: int
    place: Place
    to: Place | None
    price: int


class Board:
    """A plan held ready to be asked, one request after another; no array is made or copied for a question.

    Parameters
    ----------
    spare : keep room for a request that the problem does not hold: it is the last of ``problem``, whose numbers of
        drop-offs are one higher for it.

    Raises
    ------
    ValueError
        A route of the plan that does not hold.
    """

    def __init__(self, problem: Problem, plan: Sequences, *, spare: bool = False) -> None:
        self._spare = Spare(problem) if spare else None
        if self._spare is not None:
            plan, problem = self._spare.renumbered(plan), self._spare.problem
        packed: Packed = self._spare.packed if self._spare is not None else pack(problem, 0)
        self.problem, self.tables, self.state = problem, packed.tables, packed.state
        self._free = packed.state._replace(
            **{name: getattr(packed.state, name).copy() for name in ("visits", "blocks", "routes", "deadline")}
        )
        n, v = problem.n_requests, problem.n_vehicles
        self._work = workspace(self.state, np.arange(v, dtype=np.int32), np.zeros(n, np.int32), 0, 0, 0)
        self.tier: Array = np.zeros(n, np.int32)
        self.tier[list(plan.relaxed)] = HARD
        self.places: Array = np.zeros((2, v), PLACE)
        """By tier and vehicle, the answer to the last question; cost NEVER where there is no place."""
        for vehicle, stops in enumerate(plan.stops):
            if stops and not (carries(problem, vehicle, stops) and self.give(vehicle, stops)):
                raise ValueError(f"the route of vehicle {vehicle} does not hold: {stops}")

    def stops(self, vehicle: int) -> list[int]:
        visits = self.state.routes[vehicle]["visits"]
        found: list[int] = self.state.visits[vehicle, :visits]["stop"].tolist()
        return found

    def relaxed(self, stops: Collection[int]) -> frozenset[int]:
        """Those of a route's requests that are held to their hard limits only."""
        return frozenset(s for s in stops if s < len(self.tier) and self.tier[s])

    def give(self, vehicle: int, stops: list[int]) -> bool:
        """Give a vehicle its stops; where they do not hold it has none then."""
        return bool(adopt(self.tables, self.state, self._work, vehicle, as_int(stops), self.tier))

    def take_in(self, newcomer: Newcomer) -> int:
        """A request that the problem does not hold, in place of the last such; its number."""
        if self._spare is None:
            raise ValueError("this board has no room for newcomers")
        self._spare.take_in(newcomer)
        return self._spare.request

    def take_out(self, request: int) -> bool:
        """Take a served request off its vehicle; false, and nothing changed, where the others cannot go on so."""
        vehicle = int(self.state.requests[request]["vehicle"])
        n, stops = self.problem.n_requests, self.stops(vehicle)
        if not self.give(vehicle, [s for s in stops if s % n != request]):
            self.give(vehicle, stops)
            return False
        self.state.requests[request]["vehicle"] = -1
        return True

    def ask(self, request: int, most: int | None = None) -> list[Place]:
        """The best place of an unserved request on each vehicle, the least price first, ``most`` of them."""
        find_places(self.tables, self.state, self._work, request, self.places)
        cost = self.places["cost"].astype(np.int64)
        cost[HARD] += np.where(cost[HARD] < NEVER, int(self.state.requests[request]["relaxed_cost"]), 0)
        tier, price = cost.argmin(axis=0), cost.min(axis=0)
        found = []
        for v in np.argsort(price, kind="stable")[:most].tolist():
            if price[v] < NEVER:
                cheapest, *_, pickup, dropoff = self.places[tier[v], v].tolist()
                found.append(Place(v, int(tier[v]), cheapest, int(price[v]), pickup, dropoff))
        return found

    def alone(self, request: int) -> Array:
        """Whether a request, within its hard limits, fits each vehicle while that is free: bool [v]."""
        found: Array = np.zeros((1, self.problem.n_vehicles), np.bool_)
        line = np.zeros(self._free.visits.shape[1] + 2, LINE)
        try_alone(self.tables, self._free, line, request, found)
        set_tier(self.tables, self.state, request, int(self.tier[request]))
        row: Array = found[0]
        return row

    def put(self, request: int, place: Place) -> None:
        """Serve an unserved request at a place found for it, as the plan still is."""
        self.tier[request] = place.tier
        set_tier(self.tables, self.state, request, place.tier)
        record = np.zeros(1, PLACE)
        record[0] = place.cost, place.vehicle, place.pickup, place.dropoff
        if not put_in(self.tables, self.state, self._work, request, record[0]):
            raise AssertionError(f"request {request} does not fit its place {place}")

    def make_room(self, request: int, kept: Collection[int] = (), most: int = 5, tried: int = 100) -> list[Room]:
        """Requests whose leaving lets an unserved one in, the cheapest exchange first.

        Of those that let it in most cheaply ``tried`` are looked at. Requests ``kept`` stay where they are. A request
        that leaves may come back on the same vehicle, behind or before.
        """
        n = self.problem.n_requests
        stays = np.zeros(n, np.bool_)
        stays[list(kept)] = True
        found = np.zeros(n, PLACE)
        scratch = np.zeros((2, self.state.visits.shape[1]), np.int32)
        find_room(self.tables, self.state, self._work, request, self.tier, stays, scratch, found)
        nearest = [q for q in np.argsort(found["cost"], kind="stable")[:tried].tolist() if found[q]["cost"] < NEVER]
        rooms = [self._exchanged(request, q, int(found[q]["cost"])) for q in nearest]
        return sorted(rooms, key=lambda room: room.price)[:most]

    def _exchanged(self, request: int, leaves: int, cost: int) -> Room:
        """The request in the place of another, and that one at its best new place; afterwards all is as before."""
        vehicle, tier = int(self.state.requests[leaves]["vehicle"]), int(self.tier[leaves])
        stops = self.stops(vehicle)
        self.take_out(leaves)
        here = next(place for place in self.ask(request) if place.vehicle == vehicle)
        self.put(request, here)
        to = next(iter(self.ask(leaves, 1)), None)
        self.tier[leaves], self.tier[request] = tier, TARGET
        self.give(vehicle, stops)
        self.state.requests[request]["vehicle"] = -1
        set_tier(self.tables, self.state, request, TARGET)
        away = to.price if to else int(self.problem.unserved_cost[leaves])
        return Room(leaves, here, to, cost + away)
