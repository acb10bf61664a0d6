"""One problem as an OR-Tools routing model: nodes, dimensions and constraints, no search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from solver.problem import NEVER, Problem
from solver.routing.nodes import Nodes
from solver.routing.room import Room
from solver.routing.targets import Limits

NO_BREAK = 10_000_000  # price of a break left out: more than all that its vehicle could serve instead


@dataclass(frozen=True, slots=True)
class Model:
    """A routing model and what its nodes stand for."""

    routing: Any
    manager: Any
    nodes: Nodes
    n: int

    def index(self, node: int) -> int:
        return int(self.manager.NodeToIndex(node))

    def read(self, assignment: Any) -> tuple[list[list[int]], frozenset[int]]:
        """Stops of every vehicle without breaks, and the requests let off their targets."""
        routes, relaxed, doubled = [], set(), self.nodes.doubled.tolist()
        for vehicle in range(self.routing.vehicles()):
            index, stops = assignment.Value(self.routing.NextVar(self.routing.Start(vehicle))), []
            while not self.routing.IsEnd(index):
                node = self.manager.IndexToNode(index)
                if 2 * self.n <= node < self.nodes.first_break:
                    node = doubled[node - 2 * self.n]
                    relaxed.add(node % self.n)
                if node < 2 * self.n:
                    stops.append(node)
                index = assignment.Value(self.routing.NextVar(index))
            routes.append(stops)
        return routes, frozenset(relaxed)

    def write(self, routes: Sequence[Sequence[int]], relaxed: frozenset[int]) -> list[list[int]]:
        """The reverse, of routes with their breaks, as the indices of the model."""
        n = self.n
        double = {stop: 2 * n + d for d, stop in enumerate(self.nodes.doubled.tolist()) if stop % n in relaxed}
        rest = {vehicle: self.nodes.first_break + b for b, vehicle in enumerate(self.nodes.resting.tolist())}
        return [
            [self.index(rest[vehicle] if stop == 2 * n else double.get(stop, stop)) for stop in stops]
            for vehicle, stops in enumerate(routes)
        ]


def build_model(problem: Problem, nodes: Nodes, room: Room) -> Model:
    """A model in which every request and every break may be left out at a price.

    Left to the filters of the search, which keep them: one vehicle, pick-up first, the ride limit. As constraints they
    would cost a quarter of the time.
    Stricter than the rules: the place of a break is given; with several groups all but the commonest travel as if
    exclusive; ``block_gap`` passes between every drop-off and a pick-up that follows it. Looser: a block may need
    several layouts, and the layouts of some classes are bounded by their hull (see ``Hull``). So judge each route.
    """
    v = problem.n_vehicles
    starts = list(range(nodes.first_start, nodes.first_start + v))
    manager = pywrapcp.RoutingIndexManager(len(nodes.location), v, starts, [start + v for start in starts])
    parameters = pywrapcp.DefaultRoutingModelParameters()
    parameters.solver_parameters.compress_trail = parameters.solver_parameters.NO_COMPRESSION  # a fifth of the time
    routing = pywrapcp.RoutingModel(manager, parameters)
    model = Model(routing, manager, nodes, problem.n_requests)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(nodes.cost.tolist()))
    if (problem.max_distance < NEVER).any():
        metres = routing.RegisterTransitMatrix(problem.metres[nodes.location[:, None], nodes.location].tolist())
        routing.AddDimensionWithVehicleCapacity(metres, 0, problem.max_distance.tolist(), True, "distance")
    _add_loads(model, problem, room)
    time = _add_time(routing, problem, nodes)
    _add_requests(model, problem, time)
    _add_breaks(model, problem, time)
    return model


def can_work(problem: Problem, vehicle: int) -> bool:
    """Whether a vehicle could spend its shift with nothing but its break and the way from start to end."""
    start, end = problem.shift[vehicle].tolist()
    ends = int(problem.start_location[vehicle]), int(problem.end_location[vehicle])
    rest, away = int(problem.break_length[vehicle]), problem.travel(int(problem.vehicle_band[vehicle]), *ends)
    earliest, latest = problem.break_window[vehicle].tolist()
    return (
        away + rest <= min(end - start, int(problem.max_duration[vehicle]))
        and int(problem.metres[ends]) <= int(problem.max_distance[vehicle])
        and (not rest or max(earliest, start) <= min(latest, end - rest))
    )


def _add_time(routing: Any, problem: Problem, nodes: Nodes) -> Any:
    """Begin of service, counted from the start of the first shift; waiting is free."""
    origin, horizon = int(problem.shift[:, 0].min()), int(problem.shift[:, 1].max() - problem.shift[:, 0].min())
    routing.AddDimension(routing.RegisterTransitMatrix(nodes.transit.tolist()), horizon, horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    for vehicle, (start, end) in enumerate((problem.shift - origin).tolist()):
        time.CumulVar(routing.Start(vehicle)).SetRange(start, end)
        time.CumulVar(routing.End(vehicle)).SetRange(start, end)
        if problem.max_duration[vehicle] < NEVER:
            time.SetSpanUpperBoundForVehicle(int(problem.max_duration[vehicle]), vehicle)
    return time


def _add_loads(model: Model, problem: Problem, room: Room) -> None:
    """A dimension for each bound of the places, and one of the requests aboard: an exclusive one fills the vehicle,
    and a break begins with nobody aboard."""
    routing, nodes, n, v = model.routing, model.nodes, problem.n_requests, problem.n_vehicles
    groups = np.unique(problem.group, return_inverse=True)[1]
    alone = problem.exclusive | (groups != np.bincount(groups).argmax())
    dimensions = [(problem.demand @ weights, limits) for weights, limits in zip(room.weights, room.limits, strict=True)]
    if alone.any() or len(nodes.resting):
        dimensions.append((np.where(alone, n, 1), np.full(v, n)))
    for number, (units, limits) in enumerate(dimensions):
        change = np.concatenate([units, -units])
        rest = np.zeros(len(nodes.location) - nodes.first_break, np.int64)
        along = routing.RegisterUnaryTransitVector(np.concatenate([change, change[nodes.doubled], rest]).tolist())
        routing.AddDimensionWithVehicleCapacity(along, 0, limits.tolist(), True, f"load {number}")
    if len(nodes.resting):
        aboard = routing.GetDimensionOrDie(f"load {len(dimensions) - 1}")
        for node in range(nodes.first_break, nodes.first_start):
            aboard.CumulVar(model.index(node)).SetMax(0)


def _add_requests(model: Model, problem: Problem, time: Any) -> None:
    routing, n = model.routing, problem.n_requests
    limits = Limits.of(problem, model.nodes.doubled)
    first = int(problem.shift[:, 0].min())
    choices = {stop: [stop, 2 * n + d] for d, stop in enumerate(model.nodes.doubled.tolist())}
    for r in range(n):
        ends = []
        allowed = np.flatnonzero(problem.compatible[r]).tolist()
        for stop, price in ((r, max(int(problem.unserved_cost[r]), 1)), (n + r, 0)):
            indices = [model.index(node) for node in choices.get(stop, [stop])]
            ends.append(routing.AddDisjunction(indices, price))
            for node, index in zip(choices.get(stop, [stop]), indices, strict=True):
                low, high = limits.window[node].tolist()
                if low <= high:
                    time.CumulVar(index).SetRange(low - first, high - first)
                if low > high or len(allowed) < problem.n_vehicles:
                    routing.VehicleVar(index).SetValues([-1, *allowed] if low <= high else [-1])
        routing.AddPickupAndDeliverySets(*ends)
        strict, loose = (
            limits.longest[:, r].tolist() if choices.keys() & {r, n + r} else [int(limits.longest[1, r])] * 2
        )
        time.SetPickupToDeliveryLimitFunctionForPair(
            lambda pickup, dropoff, both=(strict, loose): both[pickup or dropoff], r
        )


def _add_breaks(model: Model, problem: Problem, time: Any) -> None:
    first = int(problem.shift[:, 0].min())
    for number, vehicle in enumerate(model.nodes.resting.tolist()):
        index = model.index(model.nodes.first_break + number)
        model.routing.AddDisjunction([index], NO_BREAK)
        model.routing.VehicleVar(index).SetValues([-1, vehicle])
        time.CumulVar(index).SetRange(*(problem.break_window[vehicle] - first).tolist())
