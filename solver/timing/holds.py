"""Whether a route with its times keeps every rule: the vehicle's day walked through stop by stop."""

from __future__ import annotations

from collections.abc import Collection

from solver.problem import Problem
from solver.reference import carries, location
from solver.solution import Route


def holds(problem: Problem, route: Route, relaxed: Collection[int]) -> bool:
    """Whether a timed route keeps every rule; ``relaxed`` are the requests held to their hard limits only.

    Shares no arithmetic with the timing: no system of constraints, but a clock that runs with the vehicle. The
    vehicle may leave its start before it must; it reaches its end without waiting on the way there.
    """
    n, v = problem.n_requests, route.vehicle
    stops = [int(stop) for stop in route.stops]
    served = [stop for stop in stops if stop < 2 * n]
    if not served or not carries(problem, v, served) or not _rests(problem, v, stops):
        return False
    clock, place, band = route.departure, int(problem.start_location[v]), int(problem.vehicle_band[v])
    boarded: dict[int, int] = {}  # end of the pick-up of who is aboard
    worked = False
    for stop, begin in zip(stops, route.begin.tolist(), strict=True):
        if stop == 2 * n:
            low, high = problem.break_window[v].tolist()
            if boarded or begin < clock or not low <= begin <= high:
                return False
            clock = begin + int(problem.break_length[v])
            continue
        r, pickup = stop % n, stop < n
        tier = int(r in relaxed)
        there = location(problem, stop)
        clock += problem.travel(band, place, there)
        if there != place:
            clock += int((problem.pickup_overhead if pickup else problem.dropoff_overhead)[r])
        if worked and not boarded:
            clock += problem.block_gap
        low, high = (problem.pickup_window if pickup else problem.dropoff_window)[tier, r].tolist()
        if begin < clock or not low <= begin <= high:
            return False
        clock = begin + int((problem.pickup_service if pickup else problem.dropoff_service)[r])
        place, band = there, int((problem.pickup_band if pickup else problem.dropoff_band)[r])
        if pickup:
            boarded[r] = clock
        elif begin - boarded.pop(r) > problem.ride_limit[tier, r]:
            return False
        worked = True
    clock += problem.travel(band, place, int(problem.end_location[v]))
    first, last = problem.shift[v].tolist()
    return (
        route.arrival == clock
        and first <= route.departure
        and route.arrival <= last
        and route.arrival - route.departure <= problem.max_duration[v]
    )


def _rests(problem: Problem, vehicle: int, stops: list[int]) -> bool:
    """One break where the vehicle has one to take, else none."""
    return stops.count(2 * problem.n_requests) == int(problem.break_length[vehicle] > 0)
