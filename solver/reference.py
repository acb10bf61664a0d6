"""The rules of one route in plain Python: slow, obvious, and independent of the kernels.

Times come from a system of difference constraints over the whole route, solved by Bellman–Ford sweeps: no blocks,
no prefix or suffix tricks. The kernels are tested against it and every solution is timed and judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from solver.problem import Problem
from solver.solution import Route, as_int

Arc = tuple[int, int, int]  # begin of the second ≥ begin of the first + seconds


def schedule_route(problem: Problem, vehicle: int, stops: Sequence[int], relaxed: frozenset[int]) -> Route | None:
    """The route with its times, or None where it breaks a rule.

    ``stops`` holds no break: of the gaps where one is possible the one that makes patients wait least is taken.
    Each stop begins as soon as the constraints allow; the vehicle leaves its start as late as that permits.
    ``relaxed`` are the requests held to their hard limits only; all others keep their targets.
    """
    if not stops or not carries(problem, vehicle, stops):
        return None
    best: Route | None = None
    for with_break in _breaks(problem, vehicle, stops):
        times = _times(problem, vehicle, with_break, relaxed)
        if times is None:
            continue
        route = Route(vehicle, as_int(with_break), as_int(times[1:-1]), times[0], times[-1])
        if best is None or int(route.begin.sum()) < int(best.begin.sum()):
            best = route
    return best


def carries(problem: Problem, vehicle: int, stops: Sequence[int]) -> bool:
    """Pairing, compatibility, distance, and for every block: one layout, one group, exclusive rides alone."""
    n = problem.n_requests
    picked = [s for s in stops if s < n]
    if sorted(picked) != sorted(s - n for s in stops if s >= n) or len(set(picked)) != len(picked):
        return False
    if not all(problem.compatible[r, vehicle] for r in picked):
        return False
    if metres(problem, vehicle, stops) > problem.max_distance[vehicle]:
        return False
    return all(_block_fits(problem, vehicle, block) for block in blocks(stops, n))


def blocks(stops: Sequence[int], n: int) -> Iterator[list[int]]:
    """Cut a stop sequence where nobody is aboard. A drop-off before its pick-up never empties the vehicle."""
    aboard: set[int] = set()
    block: list[int] = []
    for stop in stops:
        block.append(stop)
        if stop < n:
            aboard.add(stop)
        else:
            aboard.symmetric_difference_update({stop - n})
        if not aboard:
            yield block
            block = []
    if block:
        yield block


def location(problem: Problem, stop: int) -> int:
    n = problem.n_requests
    return int(problem.pickup_location[stop] if stop < n else problem.dropoff_location[stop - n])


def _block_fits(problem: Problem, vehicle: int, block: list[int]) -> bool:
    n = problem.n_requests
    members = {s % n for s in block}
    if len({int(problem.group[r]) for r in members}) > 1:
        return False
    if len(members) > 1 and any(problem.exclusive[r] for r in members):
        return False
    demand: dict[int, list[int]] = {r: problem.demand[r].tolist() for r in members}
    loads: list[list[int]] = []
    aboard: set[int] = set()
    for stop in block:
        if stop < n:
            aboard.add(stop)
        elif stop - n in aboard:
            aboard.remove(stop - n)
        else:
            return False
        loads.append([sum(places) for places in zip(*(demand[r] for r in aboard), strict=True)])
    layouts: list[list[int]] = problem.layouts[problem.vehicle_class[vehicle]].tolist()
    rooms = [layout for layout in layouts if min(layout) >= 0]
    return any(all(seated(problem, load, room) for load in loads) for room in rooms)


def seated(problem: Problem, load: Sequence[int], room: list[int]) -> bool:
    """Whether a load finds places, by trying every way to use substitutes."""
    free = [have - need for have, need in zip(room, load, strict=True)] if load else room
    for resource, left in enumerate(free):
        if left < 0:
            for other, spare in enumerate(free):
                if problem.substitutes[resource, other] and other != resource and spare > 0:
                    moved = list(load)
                    moved[resource] -= 1
                    smaller = list(room)
                    smaller[other] -= 1
                    if seated(problem, moved, smaller):
                        return True
            return False
    return True


def _breaks(problem: Problem, vehicle: int, stops: Sequence[int]) -> Iterator[list[int]]:
    """The sequence with the break in each gap where nobody is aboard (as it is where the vehicle has none)."""
    if problem.break_length[vehicle] == 0:
        yield list(stops)
        return
    n = problem.n_requests
    head: list[int] = []
    tail = list(stops)
    yield [2 * n, *tail]
    for block in blocks(stops, n):
        head += block
        tail = tail[len(block) :]
        yield [*head, 2 * n, *tail]


def _times(problem: Problem, vehicle: int, stops: Sequence[int], relaxed: frozenset[int]) -> list[int] | None:
    """Departure, begin of every stop, arrival: least solution of the constraints, None where there is none."""
    bounds, arcs = constraints(problem, vehicle, stops, relaxed)
    times = [low for low, _ in bounds]
    for _ in range(len(times) + 1):
        changed = False
        for a, b, gap in arcs:
            if times[a] + gap > times[b]:
                times[b] = times[a] + gap
                changed = True
        if any(time > high for time, (_, high) in zip(times, bounds, strict=True)):
            return None
        if not changed:
            first = next(gap for a, b, gap in arcs if (a, b) == (0, 1))
            times[0] = times[1] - first
            return times
    return None


def constraints(
    problem: Problem, vehicle: int, stops: Sequence[int], relaxed: frozenset[int]
) -> tuple[list[tuple[int, int]], list[Arc]]:
    n = problem.n_requests
    start, end = (int(t) for t in problem.shift[vehicle])
    bounds = [(start, end)]
    arcs: list[Arc] = []
    band = int(problem.vehicle_band[vehicle])
    place = int(problem.start_location[vehicle])
    position: dict[int, int] = {}
    service = 0
    gap = 0  # clean-down owed before the next pick-up
    aboard = 0
    for k, stop in enumerate(stops, start=1):
        if stop == 2 * n:
            bounds.append((int(problem.break_window[vehicle, 0]), int(problem.break_window[vehicle, 1])))
            arcs.append((k - 1, k, service))
            service = int(problem.break_length[vehicle])
            continue
        r = stop % n
        tier = 1 if r in relaxed else 0
        at = location(problem, stop)
        pickup = stop < n
        window = (problem.pickup_window if pickup else problem.dropoff_window)[tier, r]
        overhead = int((problem.pickup_overhead if pickup else problem.dropoff_overhead)[r]) if at != place else 0
        bounds.append((int(window[0]), int(window[1])))
        arcs.append((k - 1, k, service + problem.travel(band, place, at) + overhead + (gap if aboard == 0 else 0)))
        service = int((problem.pickup_service if pickup else problem.dropoff_service)[r])
        position[stop] = k
        if not pickup:
            board = position[r]
            arcs.append((k, board, -int(problem.ride_limit[tier, r]) - int(problem.pickup_service[r])))
        aboard += 1 if pickup else -1
        gap = problem.block_gap
        band = int((problem.pickup_band if pickup else problem.dropoff_band)[r])
        place = at
    last = len(stops) + 1
    bounds.append((start, end))
    arcs.append((last - 1, last, service + problem.travel(band, place, int(problem.end_location[vehicle]))))
    arcs.append((last, 0, -int(problem.max_duration[vehicle])))
    return bounds, arcs


def metres(problem: Problem, vehicle: int, stops: Sequence[int]) -> int:
    """Metres of a route from the vehicle's start to its end, also without stops (a break moves nothing)."""
    served = (location(problem, stop) for stop in stops if stop != 2 * problem.n_requests)
    places = [int(problem.start_location[vehicle]), *served, int(problem.end_location[vehicle])]
    return sum(int(problem.metres[a, b]) for a, b in pairwise(places))


def driving(problem: Problem, vehicle: int, stops: Sequence[int]) -> int:
    """Driving seconds of a route (a break moves nothing)."""
    n = problem.n_requests
    band, place = int(problem.vehicle_band[vehicle]), int(problem.start_location[vehicle])
    total = 0
    for stop in stops:
        if stop == 2 * n:
            continue
        at = location(problem, stop)
        total += problem.travel(band, place, at)
        band, place = int((problem.pickup_band if stop < n else problem.dropoff_band)[stop % n]), at
    return total + problem.travel(band, place, int(problem.end_location[vehicle])) if stops else 0
