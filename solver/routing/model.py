"""One problem as an OR-Tools routing model: nodes, dimensions and constraints, no search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.constraint_solver import pywrapcp

from solver.problem import NEVER, Problem
from solver.routing.nodes import Nodes
from solver.routing.room import load_bounds


@dataclass(frozen=True, slots=True)
class Model:
    """Node i is the pick-up of request i, n + i its drop-off; then the starts and the ends of the vehicles."""

    routing: Any
    manager: Any

    def sequences(self, assignment: Any) -> list[list[int]]:
        """Stops of every vehicle in an assignment."""
        routes = []
        for vehicle in range(self.routing.vehicles()):
            index, stops = assignment.Value(self.routing.NextVar(self.routing.Start(vehicle))), []
            while not self.routing.IsEnd(index):
                stops.append(self.manager.IndexToNode(index))
                index = assignment.Value(self.routing.NextVar(index))
            routes.append(stops)
        return routes

    def assignment(self, sequences: Sequence[Sequence[int]]) -> Any | None:
        """The reverse, None where the model does not take it."""
        indices = [[self.manager.NodeToIndex(stop) for stop in stops] for stops in sequences]
        return self.routing.ReadAssignmentFromRoutes(indices, True)


def build_model(problem: Problem, tier: NDArray[np.intp]) -> Model:
    """A model whose requests keep the windows and ride limits of their ``tier`` (0 target, 1 hard limit).

    Every vehicle must be able to work a shift without requests, its break included (see ``can_work``).

    Exact: bands, overheads, windows, ride limits, shifts, duration, distance, compatibility, exclusive requests,
    vehicle and unserved costs. Stricter than the rules: with several groups all but the commonest travel as if
    exclusive, and ``block_gap`` passes between every drop-off and a pick-up that follows it. Looser than the rules:
    layouts (see ``load_bounds``) and breaks, which may also interrupt a drive. So each route must be judged.
    """
    n, v = problem.n_requests, problem.n_vehicles
    nodes = Nodes.of(problem)
    manager = pywrapcp.RoutingIndexManager(
        2 * n + 2 * v, v, list(range(2 * n, 2 * n + v)), list(range(2 * n + v, 2 * n + 2 * v))
    )
    routing = pywrapcp.RoutingModel(manager)
    model = Model(routing, manager)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(nodes.travel.tolist()))
    for vehicle, price in enumerate(problem.vehicle_cost.tolist()):
        routing.SetFixedCostOfVehicle(price, vehicle)
    if (problem.max_distance < NEVER).any():
        metres = routing.RegisterTransitMatrix(problem.metres[nodes.location[:, None], nodes.location].tolist())
        routing.AddDimensionWithVehicleCapacity(metres, 0, problem.max_distance.tolist(), True, "distance")
    _add_loads(routing, problem)
    time = _add_time(routing, problem, nodes)
    _add_requests(model, problem, time, tier)
    _add_breaks(model, problem, time, nodes)
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
    transit = routing.RegisterTransitMatrix(nodes.transit.tolist())
    routing.AddDimension(transit, horizon, horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    for vehicle, (start, end) in enumerate((problem.shift - origin).tolist()):
        time.CumulVar(routing.Start(vehicle)).SetRange(start, end)
        time.CumulVar(routing.End(vehicle)).SetRange(start, end)
        if problem.max_duration[vehicle] < NEVER:
            time.SetSpanUpperBoundForVehicle(int(problem.max_duration[vehicle]), vehicle)
    return time


def _add_loads(routing: Any, problem: Problem) -> None:
    """A dimension for each bound of the layouts, and one in which an exclusive request fills the vehicle."""
    v, fill = problem.n_vehicles, problem.n_requests
    groups = np.unique(problem.group, return_inverse=True)[1]
    alone = problem.exclusive | (groups != np.bincount(groups).argmax())
    dimensions = [
        (problem.demand @ weights, limits[problem.vehicle_class].tolist()) for weights, limits in load_bounds(problem)
    ]
    if alone.any():
        dimensions.append((np.where(alone, fill, 1), [fill] * v))
    for number, (units, limits) in enumerate(dimensions):
        along = routing.RegisterUnaryTransitVector([*units.tolist(), *(-units).tolist(), *[0] * (2 * v)])
        routing.AddDimensionWithVehicleCapacity(along, 0, limits, True, f"load {number}")


def _add_requests(model: Model, problem: Problem, time: Any, tier: NDArray[np.intp]) -> None:
    routing, solver, n = model.routing, model.routing.solver(), problem.n_requests
    first, last = int(problem.shift[:, 0].min()), int(problem.shift[:, 1].max())
    for r in range(n):
        pickup, dropoff = model.manager.NodeToIndex(r), model.manager.NodeToIndex(n + r)
        begin, end = time.CumulVar(pickup), time.CumulVar(dropoff)
        routing.AddPickupAndDelivery(pickup, dropoff)
        price = int(problem.unserved_cost[r]) - int(tier[r]) * int(problem.relaxed_cost[r])
        routing.AddDisjunction([pickup], max(price, 1))
        routing.AddDisjunction([dropoff], 0)
        solver.Add(routing.VehicleVar(pickup) == routing.VehicleVar(dropoff))
        solver.Add(begin <= end)
        longest = int(problem.pickup_service[r]) + int(problem.ride_limit[tier[r], r])
        time.SetPickupToDeliveryLimitFunctionForPair(lambda _pickup, _dropoff, longest=longest: longest, r)
        board = np.clip(problem.pickup_window[tier[r], r], [first, -NEVER], [NEVER, last])
        alight = np.clip(problem.dropoff_window[tier[r], r], [first, -NEVER], [NEVER, last])
        possible = board[0] <= board[1] and alight[0] <= alight[1] and board[0] <= alight[1]
        allowed = np.flatnonzero(problem.compatible[r]).tolist()
        if not possible or alight[0] - board[1] > longest:
            allowed = []  # its constraints would contradict each other even while it is not served
        else:
            solver.Add(end - begin <= longest)
            begin.SetRange(*(board - first).tolist())
            end.SetRange(*(alight - first).tolist())
        if len(allowed) < problem.n_vehicles:
            routing.VehicleVar(pickup).SetValues([-1, *allowed])
            routing.VehicleVar(dropoff).SetValues([-1, *allowed])


def _add_breaks(model: Model, problem: Problem, time: Any, nodes: Nodes) -> None:
    """Breaks as intervals that no stop and no ride overlaps."""
    routing, solver, n = model.routing, model.routing.solver(), problem.n_requests
    if not problem.break_length.any():
        return
    first = int(problem.shift[:, 0].min())
    services = [int(nodes.service[model.manager.IndexToNode(index)]) for index in range(routing.Size())]
    starts, ends = [solver.IntConst(NEVER)], [solver.IntConst(NEVER)]  # of no vehicle, then of each
    for vehicle, length in enumerate(problem.break_length.tolist()):
        if not length:
            starts.append(solver.IntConst(NEVER))
            ends.append(solver.IntConst(NEVER))
            continue
        (start, end), (earliest, latest) = problem.shift[vehicle].tolist(), problem.break_window[vehicle].tolist()
        rest = solver.FixedDurationIntervalVar(
            max(earliest, start) - first, min(latest, end - length) - first, length, False, f"break {vehicle}"
        )
        time.SetBreakIntervalsOfVehicle([rest], vehicle, services)
        starts.append(rest.StartExpr().Var())
        ends.append(rest.EndExpr().Var())
    for r in range(n):
        pickup, dropoff = model.manager.NodeToIndex(r), model.manager.NodeToIndex(n + r)
        which = (routing.VehicleVar(pickup) + 1).Var()
        before = solver.Element(ends, which) <= time.CumulVar(pickup)
        after = solver.Element(starts, which) >= time.CumulVar(dropoff)
        solver.Add(before + after >= 1)
