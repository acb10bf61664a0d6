"""A solution in the shape of VROOM's output (version 1.15), every time worked out again and held to its window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pts_optimiser.domain.errors import RefusedRosterError
from pts_optimiser.instances.problem import routes_from_solution
from pts_optimiser.instances.verify import verify
from pts_optimiser.instances.vroom import VroomCase
from pts_optimiser.instances.vroom_file import Car, Task
from solver import Problem, Solution
from solver.solution import Route

TOTALS = ("cost", "setup", "service", "duration", "waiting_time", "priority")


@dataclass(frozen=True, slots=True)
class _Work:
    """A task of the file with its place and what it does to the load."""

    kind: str
    task: Task
    row: int
    brings: tuple[int, ...]
    takes: tuple[int, ...]
    priority: int


@dataclass(slots=True)
class _Course:
    """Where a vehicle is on its way; times from the clock's origin."""

    row: int | None
    time: int
    load: list[int]
    duration: int = 0
    distance: int = 0
    steps: list[dict[str, Any]] = field(default_factory=list)


def vroom_answer(case: VroomCase, problem: Problem, solution: Solution) -> dict[str, Any]:
    """The answer, once both the judge of instances and its own clock have passed it.

    Raises
    ------
    RefusedRosterError
        A route breaks a rule: a defect of ours.
    """
    verdict = verify(case.instance, routes_from_solution(problem, solution))
    if len(verdict.problems) > len(case.instance.requests) - verdict.served:
        raise RefusedRosterError(verdict.problems)
    works = _works(case)
    named = {f"{work.kind}:{work.task.id}": work for work in works}
    routes = [_route(case, named, route) for route in solution.routes]
    done = {(step["type"], step["id"]) for route in routes for step in route["steps"] if "id" in step}
    left = [work for work in works if (work.kind, work.task.id) not in done]
    totals = {name: sum(route[name] for route in routes) for name in TOTALS}
    loads = {name: _sums(route[name] for route in routes) for name in ("delivery", "pickup")}
    distance = {} if case.places.metres is None else {"distance": sum(route["distance"] for route in routes)}
    return {
        "code": 0,
        "summary": {
            **totals, **loads, **distance, "routes": len(routes), "unassigned": len(left), "violations": [],
        },
        "unassigned": [{"id": work.task.id, "type": work.kind, **_spot(work.task)} for work in left],
        "routes": routes,
    }  # fmt: skip


def _works(case: VroomCase) -> list[_Work]:
    size = len(case.problem.vehicles[0].capacity)
    nothing = (0,) * size

    def amount(given: Sequence[int]) -> tuple[int, ...]:
        return tuple(given) or nothing

    rows = iter(case.places.tasks)
    works = [
        _Work("job", job, next(rows), amount(job.delivery), amount(job.pickup), job.priority)
        for job in case.problem.jobs
    ]
    for shipment in case.problem.shipments:
        carried = amount(shipment.amount)
        works.append(_Work("pickup", shipment.pickup, next(rows), nothing, carried, shipment.priority))
        works.append(_Work("delivery", shipment.delivery, next(rows), carried, nothing, shipment.priority))
    return works


def _route(case: VroomCase, named: dict[str, _Work], route: Route) -> dict[str, Any]:
    car, vehicle = case.problem.vehicles[route.vehicle], case.instance.vehicles[route.vehicle]
    timed = list(_timed(case, named, route))
    works = [work for work, _ in timed if work is not None]
    at_start = _sums(work.brings for work in works if work.kind == "job") or [0] * len(car.capacity)
    course = _Course(case.places.starts[route.vehicle], route.departure, at_start)
    if course.row is not None:
        _step(case, course, "start", _end_spot(car, "start"), course.time, 0, 0)
    for work, begin in timed:
        if work is None:
            pause = car.breaks[0]
            _hold(case, course.time, begin, case.clock.window(pause.time_windows))
            _step(case, course, "break", {"id": pause.id}, begin, 0, pause.service)
        else:
            _drive(case, course, work.row)
            _hold(case, course.time, begin, case.clock.window(work.task.time_windows))
            course.load = [a - b + c for a, b, c in zip(course.load, work.brings, work.takes, strict=True)]
            of_task = {"id": work.task.id, **_spot(work.task)}
            _step(case, course, work.kind, of_task, begin, work.task.setup, work.task.service)
    if (end := case.places.ends[route.vehicle]) is not None:
        _drive(case, course, end)
        _step(case, course, "end", _end_spot(car, "end"), course.time, 0, 0)
    _hold(case, course.time, route.arrival, (vehicle.earliest, vehicle.latest))
    distance = {} if case.places.metres is None else {"distance": course.distance}
    return {
        "vehicle": car.id,
        "cost": car.costs.fixed + course.duration,
        "delivery": _sums(work.brings for work in works),
        "pickup": _sums(work.takes for work in works),
        "setup": sum(step["setup"] for step in course.steps),
        "service": sum(step["service"] for step in course.steps),
        "duration": course.duration,
        "waiting_time": sum(step["waiting_time"] for step in course.steps),
        "priority": sum(work.priority for work in works),
        **distance,
        "steps": course.steps,
        "violations": [],
    }


def _timed(case: VroomCase, named: dict[str, _Work], route: Route) -> Iterator[tuple[_Work | None, int]]:
    """What the file knows of a route's stops, None for the break, each with its begin."""
    for stop, begin in zip(route.stops.tolist(), route.begin.tolist(), strict=True):
        if stop == 2 * len(case.instance.requests):
            yield None, begin
        elif name := case.instance.names[stop]:
            yield named[name], begin


def _drive(case: VroomCase, course: _Course, row: int) -> None:
    """To a place; from a free start it is no way."""
    if course.row is not None:
        course.duration += int(case.places.seconds[course.row, row])
        course.time += int(case.places.seconds[course.row, row])
        if case.places.metres is not None:
            course.distance += int(case.places.metres[course.row, row])
    course.row = row


def _step(
    case: VroomCase, course: _Course, kind: str, what: dict[str, Any], begin: int, setup: int, service: int
) -> None:
    distance = {} if case.places.metres is None else {"distance": course.distance}
    course.steps.append({
        "type": kind,
        **what,
        "setup": setup,
        "service": service,
        "waiting_time": begin - course.time,
        "load": list(course.load),
        "arrival": course.time + case.clock.origin,
        "duration": course.duration,
        **distance,
        "violations": [],
    })  # fmt: skip
    course.time = begin + setup + service


def _hold(case: VroomCase, arrives: int, begins: int, window: tuple[float, float]) -> None:
    earliest, latest = window
    if not (arrives <= begins and earliest <= begins <= latest):
        raise RefusedRosterError([f"{case.instance.name}: a stop begins before its vehicle arrives or off its window"])


def _sums(amounts: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*amounts, strict=True)]


def _spot(task: Task) -> dict[str, Any]:
    return _where(task.location, task.location_index)


def _end_spot(car: Car, name: str) -> dict[str, Any]:
    return _where(getattr(car, name), getattr(car, f"{name}_index"))


def _where(location: Sequence[float] | None, index: int | None) -> dict[str, Any]:
    place = {} if location is None else {"location": list(location)}
    return place if index is None else place | {"location_index": index}
