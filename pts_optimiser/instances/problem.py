"""An instance as the solver's integer arrays, rounded so that what the solver calls feasible is feasible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.instances.instance import Instance, Vehicle
from solver import NEVER, Problem, Solution
from solver.solution import as_int, sequences

NEARLY = 1e-6
"""A product this close to a whole number is that number (in scaled units, so 1e-10 of an instance's unit)."""


def to_problem(instance: Instance) -> tuple[Problem, float]:
    """The instance as arrays, and the scale: integer units in one unit of the instance.

    Travel, service and earliest times are rounded up, latest times, ride and duration limits down, so an
    integer-feasible route is feasible in doubles; it costs at most one integer unit a leg. Windows are tightened to
    what the other stop and the ride limit leave of them.
    """
    requests, vehicles = instance.requests, instance.vehicles
    n = len(requests)
    scale = _scale(instance)
    depots = list(dict.fromkeys(point for vehicle in vehicles for point in (vehicle.start, vehicle.end)))
    places = [request.pickup.place for request in requests] + [request.dropoff.place for request in requests] + depots
    seconds = _travel(places, scale)
    pickup_service = _up([request.pickup.service for request in requests], scale)
    dropoff_service = _up([request.dropoff.service for request in requests], scale)
    ride_limit = _down([request.ride_limit for request in requests], scale)
    riding = seconds[np.arange(n), np.arange(n, 2 * n)]
    pickup_window, dropoff_window = _tightened(instance, scale, pickup_service, ride_limit, riding)
    classes = list(dict.fromkeys(vehicle.capacity for vehicle in vehicles))
    substitutes = np.zeros((len(classes[0]),) * 2, dtype=np.bool_)
    for unit, place in instance.substitutes:
        substitutes[unit, place] = True
    nothing, none_of_vehicles = np.zeros(n, dtype=np.int32), np.zeros(len(vehicles), dtype=np.int32)
    problem = Problem(
        pickup_location=np.arange(n, dtype=np.int32),
        dropoff_location=np.arange(n, 2 * n, dtype=np.int32),
        pickup_band=nothing,
        dropoff_band=nothing,
        pickup_service=pickup_service,
        dropoff_service=dropoff_service,
        pickup_overhead=nothing,
        dropoff_overhead=nothing,
        pickup_window=np.stack([pickup_window, pickup_window]),
        dropoff_window=np.stack([dropoff_window, dropoff_window]),
        ride_limit=np.stack([ride_limit, ride_limit]),
        demand=np.array([request.demand for request in requests], dtype=np.int32).reshape(n, len(classes[0])),
        group=nothing,
        exclusive=np.zeros(n, dtype=np.bool_),
        unserved_cost=np.full(n, 2**30 // max(n, 1), dtype=np.int32),
        relaxed_cost=nothing,
        compatible=np.ones((n, len(vehicles)), dtype=np.bool_),
        start_location=as_int([2 * n + depots.index(vehicle.start) for vehicle in vehicles]),
        end_location=as_int([2 * n + depots.index(vehicle.end) for vehicle in vehicles]),
        vehicle_band=none_of_vehicles,
        shift=_shift(vehicles, scale),
        max_duration=np.minimum(_down([vehicle.max_duration for vehicle in vehicles], scale), NEVER),
        max_distance=np.full(len(vehicles), NEVER, dtype=np.int32),
        break_length=none_of_vehicles,
        break_window=np.zeros((len(vehicles), 2), dtype=np.int32),
        vehicle_class=as_int([classes.index(vehicle.capacity) for vehicle in vehicles]),
        vehicle_cost=none_of_vehicles,
        layouts=np.array([[capacity] for capacity in classes], dtype=np.int32),
        substitutes=substitutes,
        seconds=seconds[np.newaxis],
        metres=np.zeros_like(seconds),
    )
    return problem, scale


def routes_from_solution(problem: Problem, solution: Solution) -> list[list[int]]:
    """Node numbers of every vehicle's route, empty where it is unused, in the form that ``verify`` takes."""
    return [[stop + 1 for stop in stops] for stops in sequences(solution, problem).stops]


def _scale(instance: Instance) -> float:
    """The largest power of ten at which the latest time is far below NEVER: 10,000 for times in minutes of a day."""
    latest = max(
        [1.0, *(vehicle.latest for vehicle in instance.vehicles)]
        + [node.latest for request in instance.requests for node in (request.pickup, request.dropoff)]
    )
    return float(10 ** int(np.floor(np.log10(NEVER / 8 / latest))))


def _tightened(
    instance: Instance,
    scale: float,
    pickup_service: NDArray[np.int32],
    ride_limit: NDArray[np.int32],
    riding: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    pickups = [request.pickup for request in instance.requests]
    dropoffs = [request.dropoff for request in instance.requests]
    pickup_earliest, pickup_latest = (
        _up([node.earliest for node in pickups], scale),
        _down([node.latest for node in pickups], scale),
    )
    dropoff_earliest, dropoff_latest = (
        _up([node.earliest for node in dropoffs], scale),
        _down([node.latest for node in dropoffs], scale),
    )
    least, most = pickup_service + riding, pickup_service + ride_limit
    return (
        np.stack(
            [np.maximum(pickup_earliest, dropoff_earliest - most), np.minimum(pickup_latest, dropoff_latest - least)], 1
        ),
        np.stack(
            [np.maximum(dropoff_earliest, pickup_earliest + least), np.minimum(dropoff_latest, pickup_latest + most)], 1
        ),
    )


def _shift(vehicles: tuple[Vehicle, ...], scale: float) -> NDArray[np.int32]:
    return np.stack(
        [
            _up([vehicle.earliest for vehicle in vehicles], scale),
            _down([vehicle.latest for vehicle in vehicles], scale),
        ],
        axis=1,
    )


def _travel(places: list[tuple[float, float]], scale: float) -> NDArray[np.int32]:
    x, y = np.array(places, dtype=np.float64).T
    return _up(np.hypot(x[:, None] - x, y[:, None] - y), scale)


def _up(values: NDArray[np.float64] | list[float], scale: float) -> NDArray[np.int32]:
    return np.ceil(np.asarray(values, dtype=np.float64) * scale - NEARLY).astype(np.int32)


def _down(values: NDArray[np.float64] | list[float], scale: float) -> NDArray[np.int32]:
    return np.floor(np.asarray(values, dtype=np.float64) * scale + NEARLY).astype(np.int32)
