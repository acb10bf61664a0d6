"""An instance as the solver's integer arrays, rounded so that what the solver calls feasible is feasible."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.instances.amounts import small_amounts
from pts_optimiser.instances.instance import Instance, Matrix, Node, Vehicle
from pts_optimiser.instances.prices import prices, travel_bound
from solver import NEVER, Problem, Solution
from solver.solution import as_int, sequences

NEARLY = 1e-6
"""A product this close to a whole number is that number (in scaled units, so 1e-10 of an instance's unit)."""


def to_problem(instance: Instance) -> tuple[Problem, float]:
    """The instance as arrays, and the scale: integer units in one unit of the instance.

    Travel, service and earliest times are rounded up, latest times, ride and duration limits down, so an
    integer-feasible route is feasible in doubles; it costs at most one integer unit a leg, and nothing where travel
    is whole. Windows are tightened to what the other stop and the ride limit leave of them.

    Raises
    ------
    InputError
        Where there are more kinds of load than can be tabulated.
    """
    requests, vehicles = instance.requests, instance.vehicles
    n = len(requests)
    bound = travel_bound(instance)
    scale = _scale(instance, bound)
    seconds = _up(instance.travel, scale)
    pickup_location = as_int([request.pickup.place for request in requests])
    dropoff_location = as_int([request.dropoff.place for request in requests])
    pickup_service = _up([request.pickup.service for request in requests], scale)
    ride_limit = _down([request.ride_limit for request in requests], scale)
    direct = seconds[pickup_location, dropoff_location]
    pickup_window, dropoff_window = _tightened(instance, scale, pickup_service, ride_limit, direct)
    classes = list(dict.fromkeys(vehicle.capacity for vehicle in vehicles))
    demand, layouts = small_amounts(instance, classes)
    substitutes = np.zeros((demand.shape[1],) * 2, dtype=np.bool_)
    for unit, place in instance.substitutes:
        substitutes[unit, place] = True
    price = prices(instance, bound, scale)
    nothing, none_of_vehicles = np.zeros(n, dtype=np.int32), np.zeros(len(vehicles), dtype=np.int32)
    metres, max_distance = _lengths(instance, seconds, scale)
    problem = Problem(
        pickup_location=pickup_location,
        dropoff_location=dropoff_location,
        pickup_band=nothing,
        dropoff_band=nothing,
        pickup_service=pickup_service,
        dropoff_service=_up([request.dropoff.service for request in requests], scale),
        pickup_overhead=nothing,
        dropoff_overhead=nothing,
        pickup_window=np.stack([pickup_window, pickup_window]),
        dropoff_window=np.stack([dropoff_window, dropoff_window]),
        ride_limit=np.stack([ride_limit, ride_limit]),
        demand=demand,
        group=nothing,
        exclusive=np.zeros(n, dtype=np.bool_),
        unserved_cost=price.unserved,
        relaxed_cost=nothing,
        compatible=_compatible(instance),
        start_location=as_int([vehicle.start for vehicle in vehicles]),
        end_location=as_int([vehicle.end for vehicle in vehicles]),
        vehicle_band=none_of_vehicles,
        shift=_window(vehicles, scale),
        max_duration=_down([vehicle.max_duration for vehicle in vehicles], scale),
        max_distance=max_distance,
        break_length=_up([vehicle.pause.length if vehicle.pause else 0.0 for vehicle in vehicles], scale),
        break_window=np.stack(
            [
                _up([vehicle.pause.earliest if vehicle.pause else 0.0 for vehicle in vehicles], scale),
                _down([vehicle.pause.latest if vehicle.pause else 0.0 for vehicle in vehicles], scale),
            ],
            axis=1,
        ),
        vehicle_class=as_int([classes.index(vehicle.capacity) for vehicle in vehicles]),
        vehicle_cost=price.vehicle,
        layouts=layouts,
        substitutes=substitutes,
        seconds=seconds[np.newaxis],
        metres=metres,
    )
    return problem, scale


def routes_from_solution(problem: Problem, solution: Solution) -> list[list[int]]:
    """Node numbers of every vehicle's route, empty where it is unused, in the form that ``verify`` takes."""
    return [[stop + 1 for stop in stops] for stops in sequences(solution, problem).stops]


def _scale(instance: Instance, bound: float) -> float:
    """1 where travel is whole, else the largest power of ten at which times and prices are far below NEVER.

    That is 10,000 for times in minutes of a day.
    """
    if instance.travel.dtype.kind == "i":
        return 1.0
    latest = max(
        [1.0, *(vehicle.latest for vehicle in instance.vehicles)]
        + [node.latest for request in instance.requests for node in (request.pickup, request.dropoff)]
    )
    dearest = NEVER / 2 / bound if instance.objective == "vehicles then distance" else np.inf
    return float(10.0 ** np.floor(np.log10(min(NEVER / 8 / latest, dearest))))


def _lengths(
    instance: Instance, seconds: NDArray[np.int32], scale: float
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """What limits the length of a route: travel itself, or the instance's lengths in whole units."""
    limits = [vehicle.max_length for vehicle in instance.vehicles]
    if not np.isfinite(limits).any():
        return np.zeros_like(seconds), np.full(len(limits), NEVER, dtype=np.int32)
    if instance.lengths is None:
        return seconds, _down(limits, scale)
    return _up(instance.lengths, 1.0), _down(limits, 1.0)


def _compatible(instance: Instance) -> NDArray[np.bool_]:
    compatible = np.ones((len(instance.requests), len(instance.vehicles)), dtype=np.bool_)
    for i, request in enumerate(instance.requests):
        if request.skills:
            compatible[i] = [request.skills <= vehicle.skills for vehicle in instance.vehicles]
    return compatible


def _tightened(
    instance: Instance,
    scale: float,
    pickup_service: NDArray[np.int32],
    ride_limit: NDArray[np.int32],
    direct: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    pickup_earliest, pickup_latest = _window((request.pickup for request in instance.requests), scale).T
    dropoff_earliest, dropoff_latest = _window((request.dropoff for request in instance.requests), scale).T
    least, most = pickup_service + direct, pickup_service + ride_limit
    return (
        np.stack(
            [np.maximum(pickup_earliest, dropoff_earliest - most), np.minimum(pickup_latest, dropoff_latest - least)], 1
        ),
        np.stack(
            [np.maximum(dropoff_earliest, pickup_earliest + least), np.minimum(dropoff_latest, pickup_latest + most)], 1
        ),
    )


def _window(things: Iterable[Node] | Iterable[Vehicle], scale: float) -> NDArray[np.int32]:
    bounds = [(thing.earliest, thing.latest) for thing in things]
    earliest, latest = np.array(bounds, dtype=np.float64).reshape(-1, 2).T
    return np.stack([_up(earliest, scale), _down(latest, scale)], axis=1)


def _up(values: Matrix | list[float], scale: float) -> NDArray[np.int32]:
    return _whole(np.ceil(np.asarray(values, dtype=np.float64) * scale - NEARLY))


def _down(values: Matrix | list[float], scale: float) -> NDArray[np.int32]:
    return _whole(np.floor(np.asarray(values, dtype=np.float64) * scale + NEARLY))


def _whole(values: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.clip(values, -NEVER, NEVER).astype(np.int32)
