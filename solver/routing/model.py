"""One problem as an OR-Tools routing model: nodes, dimensions and constraints, no search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp

from solver.problem import NEVER, Problem
from solver.routing.nodes import Nodes
from solver.routing.rests import Rests
from solver.routing.room import Room

NO_BREAK = 10_000_000  # price of a vehicle's break left out: more than all that it could serve instead

Tier = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Model:
    """Node i is the pick-up of request i, n + i its drop-off; then come the breaks and the ends of the vehicles."""

    routing: Any
    manager: Any
    n: int
    rests: Rests

    def sequences(self, assignment: Any) -> list[list[int]]:
        """Stops of every vehicle in an assignment, without the breaks."""
        routes = []
        for vehicle in range(self.routing.vehicles()):
            index, stops = assignment.Value(self.routing.NextVar(self.routing.Start(vehicle))), []
            while not self.routing.IsEnd(index):
                node = self.manager.IndexToNode(index)
                if node < 2 * self.n:
                    stops.append(node)
                index = assignment.Value(self.routing.NextVar(index))
            routes.append(stops)
        return routes

    def indices(self) -> list[list[int]]:
        """The routes of ``rests`` as the model numbers them; vehicles without requests take just their break."""
        number = {vehicle: k for k, vehicle in enumerate(self.rests.vehicle.tolist())}
        routes = []
        for vehicle, stops in enumerate(self.rests.stops):
            nodes: list[int] = []
            for stop in stops or [2 * self.n]:
                if stop < 2 * self.n:
                    nodes.append(stop)
                elif vehicle in number:
                    begin = 2 * self.n + number[vehicle]
                    nodes += [begin, begin + len(number)]
            routes.append([self.manager.NodeToIndex(node) for node in nodes])
        return routes


def build_model(problem: Problem, tier: Tier, rests: Rests, room: Room, turn: int) -> Model:
    """A model whose requests keep the windows and ride limits of their ``tier`` (0 target, 1 hard limit).

    Every vehicle must be able to work a shift without requests, its break included (see ``can_work``).

    Stricter than the rules: breaks are taken at a place given beforehand (see ``Rests``); some vehicles keep one layout
    all day (the ``turn``-th of those that carry the route, see ``Room``); with several groups all but the commonest
    travel as if exclusive; ``block_gap`` passes between every drop-off and a pick-up that follows it. Looser: a block
    may need several layouts. So each route must be judged.
    """
    n, v, k = problem.n_requests, problem.n_vehicles, len(rests.vehicle)
    nodes = Nodes.of(problem, rests)
    ends = 2 * n + 2 * k
    manager = pywrapcp.RoutingIndexManager(
        ends + 2 * v, v, list(range(ends, ends + v)), list(range(ends + v, ends + 2 * v))
    )
    parameters = pywrapcp.DefaultRoutingModelParameters()
    parameters.solver_parameters.compress_trail = parameters.solver_parameters.NO_COMPRESSION  # a fifth of the time
    routing = pywrapcp.RoutingModel(manager, parameters)
    model = Model(routing, manager, n, rests)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(nodes.cost.tolist()))
    if (problem.max_distance < NEVER).any():
        metres = routing.RegisterTransitMatrix(problem.metres[nodes.location[:, None], nodes.location].tolist())
        routing.AddDimensionWithVehicleCapacity(metres, 0, problem.max_distance.tolist(), True, "distance")
    _add_loads(routing, problem, rests, room, turn)
    time = _add_time(routing, problem, nodes)
    for request in range(n):
        _add_request(model, problem, time, request, int(tier[request]))
    for number, vehicle in enumerate(rests.vehicle.tolist()):
        _add_break(model, problem, time, vehicle, 2 * n + number)
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


def _add_loads(routing: Any, problem: Problem, rests: Rests, room: Room, turn: int) -> None:
    """A dimension for each bound of the places, filled by a break, and one that an exclusive request fills."""
    n, v = problem.n_requests, problem.n_vehicles
    routes = [[stop for stop in stops if stop < 2 * n] for stops in rests.stops]
    dimensions = [
        (problem.demand @ weights, limits[rests.vehicle], limits)
        for weights, limits in zip(room.weights, room.of_vehicles(problem, routes, turn), strict=True)
    ]
    groups = np.unique(problem.group, return_inverse=True)[1]
    alone = problem.exclusive | (groups != np.bincount(groups).argmax())
    if alone.any():
        dimensions.append((np.where(alone, n, 1), np.zeros(len(rests.vehicle), np.int64), np.full(v, n)))
    for number, (units, rest, limits) in enumerate(dimensions):
        change = np.concatenate([units, -units, rest, -rest, np.zeros(2 * v, np.int64)])
        along = routing.RegisterUnaryTransitVector(change.tolist())
        routing.AddDimensionWithVehicleCapacity(along, 0, limits.tolist(), True, f"load {number}")


def _add_request(model: Model, problem: Problem, time: Any, r: int, tier: int) -> None:
    routing, solver, n = model.routing, model.routing.solver(), problem.n_requests
    first, last = int(problem.shift[:, 0].min()), int(problem.shift[:, 1].max())
    price = int(problem.unserved_cost[r]) - tier * int(problem.relaxed_cost[r])
    pickup, dropoff = _add_pair(model, r, n + r, max(price, 1), time)
    begin, end = time.CumulVar(pickup), time.CumulVar(dropoff)
    longest = int(problem.pickup_service[r]) + int(problem.ride_limit[tier, r])
    time.SetPickupToDeliveryLimitFunctionForPair(lambda _pickup, _dropoff: longest, r)
    board = np.clip(problem.pickup_window[tier, r], [first, -NEVER], [NEVER, last])
    alight = np.clip(problem.dropoff_window[tier, r], [first, -NEVER], [NEVER, last])
    board[0], alight[1] = max(board[0], alight[0] - longest), min(alight[1], board[1] + longest)
    allowed = np.flatnonzero(problem.compatible[r]).tolist()
    if board[0] > board[1] or alight[0] > alight[1] or board[0] > alight[1]:
        allowed = []  # its constraints would contradict each other even while it is not served
    else:
        solver.Add(end - begin <= longest)
        begin.SetRange(*(board - first).tolist())
        end.SetRange(*(alight - first).tolist())
    if len(allowed) < problem.n_vehicles:
        routing.VehicleVar(pickup).SetValues([-1, *allowed])
        routing.VehicleVar(dropoff).SetValues([-1, *allowed])


def _add_break(model: Model, problem: Problem, time: Any, vehicle: int, node: int) -> None:
    """A break as a request of one vehicle that nobody shares and nobody is aboard of."""
    first = int(problem.shift[:, 0].min())
    begin, end = _add_pair(model, node, node + len(model.rests.vehicle), NO_BREAK, time)
    (opens, closes), (earliest, latest) = problem.shift[vehicle].tolist(), problem.break_window[vehicle].tolist()
    time.CumulVar(begin).SetRange(
        max(earliest, opens) - first, min(latest, closes - int(problem.break_length[vehicle])) - first
    )
    for index in (begin, end):
        model.routing.VehicleVar(index).SetValues([-1, vehicle])


def _add_pair(model: Model, pickup_node: int, dropoff_node: int, price: int, time: Any) -> tuple[int, int]:
    """Two nodes that one vehicle visits in this order, or none at a price. Without such optional pairs OR-Tools
    finds no first solution of a tight day."""
    routing, solver = model.routing, model.routing.solver()
    pickup, dropoff = model.manager.NodeToIndex(pickup_node), model.manager.NodeToIndex(dropoff_node)
    routing.AddPickupAndDelivery(pickup, dropoff)
    routing.AddDisjunction([pickup], price)
    routing.AddDisjunction([dropoff], 0)
    solver.Add(routing.VehicleVar(pickup) == routing.VehicleVar(dropoff))
    solver.Add(time.CumulVar(pickup) <= time.CumulVar(dropoff))
    return pickup, dropoff
