"""Judge routes on an instance in double precision. Shares no code with the solver or with ``to_problem``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import dist

from pts_optimiser.instances.instance import Instance, Node, Point, Vehicle

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Verdict:
    """``feasible`` means that all requests are served and no rule is broken; ``problems`` says what is wrong."""

    feasible: bool
    cost: float
    vehicles: int
    served: int
    problems: tuple[str, ...]


def verify(instance: Instance, routes: Sequence[Sequence[int]]) -> Verdict:
    """Check ``routes``, one a vehicle in the instance's order, each a sequence of node numbers without depots.

    Every route is timed anew: it passes if any timing keeps windows, ride limits and duration, each within 1e-6.
    ``cost`` is the Euclidean length of all routes.
    """
    n = len(instance.requests)
    problems = []
    if len(routes) > len(instance.vehicles):
        problems.append(f"{len(routes)} routes for {len(instance.vehicles)} vehicles")
    visits = Counter(node for route in routes for node in route)
    problems += [f"node {node} does not exist" for node in visits if not 1 <= node <= 2 * n]
    problems += [f"node {node} is visited {times} times" for node, times in visits.items() if times > 1]
    problems += [f"request {i} is not served" for i in range(1, n + 1) if not (visits[i] and visits[n + i])]
    served = sum(1 for i in range(1, n + 1) if visits[i] and visits[n + i])
    if not all(1 <= node <= 2 * n for node in visits):
        return Verdict(False, float("nan"), 0, served, tuple(problems))
    cost = 0.0
    for number, (vehicle, route) in enumerate(zip(instance.vehicles, routes, strict=False), start=1):
        if route:
            cost += _length(instance, vehicle, route)
            problems += [f"route {number}: {problem}" for problem in _route_problems(instance, vehicle, route)]
    return Verdict(not problems, cost, sum(1 for route in routes if route), served, tuple(problems))


def _node(instance: Instance, number: int) -> Node:
    n = len(instance.requests)
    return instance.requests[number - 1].pickup if number <= n else instance.requests[number - n - 1].dropoff


def _places(instance: Instance, vehicle: Vehicle, route: Sequence[int]) -> list[Point]:
    return [vehicle.start, *(_node(instance, number).place for number in route), vehicle.end]


def _length(instance: Instance, vehicle: Vehicle, route: Sequence[int]) -> float:
    return sum(dist(a, b) for a, b in pairwise(_places(instance, vehicle, route)))


def _route_problems(instance: Instance, vehicle: Vehicle, route: Sequence[int]) -> Iterator[str]:
    n = len(instance.requests)
    position = {number: index for index, number in enumerate(route)}
    paired = True
    for number in route:
        other = number + n if number <= n else number - n
        if other not in position:
            yield f"node {number} without node {other}"
            paired = False
        elif number <= n and position[other] < position[number]:
            yield f"request {number} is dropped off before it is picked up"
    load = [0] * len(vehicle.capacity)
    for number in route:
        sign, request = (1, instance.requests[number - 1]) if number <= n else (-1, instance.requests[number - n - 1])
        load = [units + sign * change for units, change in zip(load, request.demand, strict=True)]
        if sign > 0 and not _carries(vehicle.capacity, load, instance.substitutes):
            yield f"load {load} at node {number} exceeds {list(vehicle.capacity)}"
    if paired and not _has_timing(instance, vehicle, route):
        yield "no timing keeps windows, ride limits and duration"


def _carries(capacity: Sequence[int], load: Sequence[int], substitutes: frozenset[tuple[int, int]]) -> bool:
    """Hall's condition: any set of resources in demand finds as many places among those it may use."""
    resources = range(len(capacity))
    for size in range(1, len(capacity) + 1):
        for chosen in combinations(resources, size):
            usable = {b for b in resources if b in chosen or any((a, b) in substitutes for a in chosen)}
            if sum(load[a] for a in chosen) > sum(capacity[b] for b in usable):
                return False
    return True


def _has_timing(instance: Instance, vehicle: Vehicle, route: Sequence[int]) -> bool:
    """Whether the difference constraints have a solution: Bellman-Ford on longest paths finds no positive cycle."""
    n, last, origin = len(instance.requests), len(route) + 1, len(route) + 2
    nodes = [_node(instance, number) for number in route]
    places = _places(instance, vehicle, route)
    services = [0.0, *(node.service for node in nodes)]
    later = [(i, i + 1, services[i] + dist(places[i], places[i + 1])) for i in range(last)]
    later.append((last, 0, -vehicle.max_duration - TOLERANCE))
    windows = [(node.earliest, node.latest) for node in nodes]
    for i, (earliest, latest) in enumerate([(vehicle.earliest, vehicle.latest), *windows]):
        later += [(origin, i, earliest), (i, origin, -latest - TOLERANCE)]
    later += [(origin, last, vehicle.earliest), (last, origin, -vehicle.latest - TOLERANCE)]
    position = {number: index for index, number in enumerate(route, start=1)}
    for number in route:
        if number <= n:
            limit = instance.requests[number - 1].ride_limit + nodes[position[number] - 1].service
            later.append((position[n + number], position[number], -limit - TOLERANCE))
    begin = [0.0] * (origin + 1)
    for _ in range(origin + 2):
        changed = False
        for a, b, weight in later:
            if begin[a] + weight > begin[b] + 1e-12:
                begin[b] = begin[a] + weight
                changed = True
        if not changed:
            return True
    return False
