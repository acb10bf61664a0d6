"""Judge routes on an instance in double precision. Shares no code with the solver or with ``to_problem``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pts_optimiser.instances.instance import Instance, Matrix, Node, Vehicle

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Verdict:
    """``feasible`` means that all requests are served and no rule is broken; ``problems`` says what is wrong.

    ``cost`` is the travel of all routes and the price of the vehicles used. Where fewest vehicles come first, that is
    a price of nothing: compare ``vehicles``, then ``cost``.
    """

    feasible: bool
    cost: float
    vehicles: int
    served: int
    problems: tuple[str, ...]


def verify(instance: Instance, routes: Sequence[Sequence[int]]) -> Verdict:
    """Check ``routes``, one a vehicle in the instance's order, each a sequence of node numbers without depots.

    Every route is timed anew: it passes if any timing keeps windows, ride limits, duration and break, within 1e-6.
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
            cost += _length(instance, vehicle, route, instance.travel) + vehicle.cost
            problems += [f"route {number}: {problem}" for problem in _route_problems(instance, vehicle, route)]
    return Verdict(not problems, cost, sum(1 for route in routes if route), served, tuple(problems))


def _node(instance: Instance, number: int) -> Node:
    n = len(instance.requests)
    return instance.requests[number - 1].pickup if number <= n else instance.requests[number - n - 1].dropoff


def _legs(instance: Instance, vehicle: Vehicle, route: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places from which and to which the vehicle travels."""
    return pairwise([vehicle.start, *(_node(instance, number).place for number in route), vehicle.end])


def _length(instance: Instance, vehicle: Vehicle, route: Sequence[int], matrix: Matrix) -> float:
    return float(sum(matrix[leg] for leg in _legs(instance, vehicle, route)))


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
        if not request.skills <= vehicle.skills:
            yield f"the vehicle lacks skills for node {number}"
    lengths = instance.travel if instance.lengths is None else instance.lengths
    if (length := _length(instance, vehicle, route, lengths)) > vehicle.max_length + TOLERANCE:
        yield f"length {length:g} exceeds {vehicle.max_length:g}"
    if paired and not any(_has_timing(instance, vehicle, route, rest) for rest in _rests(instance, vehicle, route)):
        yield "no timing keeps windows, ride limits and duration" + (", with a break" if vehicle.pause else "")


def _carries(capacity: Sequence[int], load: Sequence[int], substitutes: frozenset[tuple[int, int]]) -> bool:
    """Hall's condition: any set of resources in demand finds as many places among those it may use."""
    resources = range(len(capacity))
    for size in range(1, len(capacity) + 1):
        for chosen in combinations(resources, size):
            usable = {b for b in resources if b in chosen or any((a, b) in substitutes for a in chosen)}
            if sum(load[a] for a in chosen) > sum(capacity[b] for b in usable):
                return False
    return True


def _rests(instance: Instance, vehicle: Vehicle, route: Sequence[int]) -> Iterator[int | None]:
    """How many stops may lie before the break: it is taken with nobody aboard."""
    if vehicle.pause is None:
        yield None
        return
    aboard: set[int] = set()
    yield 0
    for done, number in enumerate(route, start=1):
        aboard ^= {(number - 1) % len(instance.requests)}
        if not aboard:
            yield done


def _has_timing(instance: Instance, vehicle: Vehicle, route: Sequence[int], rest: int | None) -> bool:
    """Whether the difference constraints have a solution: Bellman-Ford on longest paths finds no positive cycle.

    Variables are departure, begin of every stop, return, the origin of time and, after ``rest`` stops, the break.
    """
    n, last, origin, pause = len(instance.requests), len(route) + 1, len(route) + 2, len(route) + 3
    nodes = [_node(instance, number) for number in route]
    services = [0.0, *(node.service for node in nodes)]
    legs = _legs(instance, vehicle, route)
    later = [(i, i + 1, services[i] + float(instance.travel[leg])) for i, leg in enumerate(legs)]
    windows = [(i, node.earliest, node.latest) for i, node in enumerate(nodes, start=1)]
    windows += [(0, vehicle.earliest, vehicle.latest), (last, vehicle.earliest, vehicle.latest)]
    if vehicle.pause is not None and rest is not None:
        leg = later[rest][2] - services[rest]
        later += [(rest, pause, services[rest]), (pause, rest + 1, vehicle.pause.length + leg)]
        windows.append((pause, vehicle.pause.earliest, vehicle.pause.latest))
    later.append((last, 0, -vehicle.max_duration - TOLERANCE))
    for i, earliest, latest in windows:
        later += [(origin, i, earliest), (i, origin, -latest - TOLERANCE)]
    position = {number: index for index, number in enumerate(route, start=1)}
    for number in route:
        if number <= n:
            limit = instance.requests[number - 1].ride_limit + nodes[position[number] - 1].service
            later.append((position[n + number], position[number], -limit - TOLERANCE))
    begin = [0.0] * (pause + 1)
    for _ in range(pause + 2):
        changed = False
        for a, b, weight in later:
            if begin[a] + weight > begin[b] + 1e-12:
                begin[b] = begin[a] + weight
                changed = True
        if not changed:
            return True
    return False
