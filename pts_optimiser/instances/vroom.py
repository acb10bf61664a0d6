"""A VROOM problem (JSON), with the meaning of its published interface; what has none here is refused by name.

Jobs without load are stops of their own. A job's delivery is loaded at the start and its pick-up unloaded at the end,
which all vehicles must then share. Setup counts as service, wherever the vehicle comes from. A break is taken with
nothing aboard, whatever ``max_load`` allows. Loads of jobs count only where not everything fits every vehicle at once.
Where not all can be served, a task of priority p weighs as 1 + p tasks of none.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

from pts_optimiser.instances.instance import Break, Instance, Node, Request, Vehicle
from pts_optimiser.instances.text import instance_name
from pts_optimiser.instances.vroom_clock import Clock, clock_of
from pts_optimiser.instances.vroom_file import Car, File, Job, Shipment, Task, read_file
from pts_optimiser.instances.vroom_limits import refuse_unsupported
from pts_optimiser.instances.vroom_loads import Amount, loads_of
from pts_optimiser.instances.vroom_places import Places, places_of, with_ends

Named = tuple[Request, str, str]
"""A request and what the file calls its pick-up and its drop-off, nothing where it has none."""


@dataclass(frozen=True, slots=True, eq=False)
class VroomCase:
    """A problem as parsed, its places and its clock, and the instance made of them."""

    problem: File
    places: Places
    clock: Clock
    instance: Instance


def read_vroom(path: Path) -> Instance:
    """Read one problem, plain or gzip: serve what can be served, at least travel time and fixed costs.

    Raises
    ------
    InputError
        Names the field that is malformed, or that the solver has no rule for.
    """
    return vroom_case(path.name, read_file(path), instance_name(path)).instance


def vroom_case(file: str, problem: File, name: str) -> VroomCase:
    """The instance that a parsed problem is; raises InputError as ``read_vroom``."""
    refuse_unsupported(file, problem)
    places, loads = places_of(file, problem), loads_of(file, problem)
    clock = clock_of(file, problem, int(places.seconds.max()))
    starts, ends = tuple(dict.fromkeys(places.starts)), tuple(dict.fromkeys(places.ends))
    first_start = len(places.seconds)
    first_end = first_start + len(starts)
    start, end = (Node(place, 0.0, 0.0, float(clock.horizon)) for place in (first_start, first_end))
    stops = [_node(task, place, clock) for (_, task), place in zip(problem.tasks(), places.tasks, strict=True)]
    jobs, steps = stops[: len(problem.jobs)], stops[len(problem.jobs) :]
    named = [
        _job(job, stop, brought, given, start, end)
        for job, stop, brought, given in zip(problem.jobs, jobs, loads.deliveries, loads.pickups, strict=True)
    ]
    named += [
        _shipment(shipment, pickup, delivery, amount)
        for shipment, pickup, delivery, amount in zip(
            problem.shipments, steps[::2], steps[1::2], loads.shipments, strict=True
        )
    ]
    by_distance = any(vehicle.max_distance is not None for vehicle in problem.vehicles)
    instance = Instance(
        name=name,
        vehicles=tuple(
            _vehicle(vehicle, room, first_start + starts.index(begin), first_end + ends.index(finish), clock)
            for vehicle, room, begin, finish in zip(
                problem.vehicles, loads.capacities, places.starts, places.ends, strict=True
            )
        ),
        requests=tuple(request for request, _, _ in named),
        travel=with_ends(places.seconds, starts, ends, clock.horizon + 1),
        lengths=with_ends(places.metres, starts, ends, 0) if by_distance and places.metres is not None else None,
        names=(*(name for _, name, _ in named), *(name for _, _, name in named)),
    )
    return VroomCase(problem, places, clock, instance)


def _job(job: Job, stop: Node, delivery: Amount, pickup: Amount, start: Node, end: Node) -> Named:
    """A job with a load is a request from the start or to the end, one without is dropped off where it stands."""
    skills, weight, name = frozenset(job.skills), 1 + job.priority, f"job:{job.id}"
    if any(delivery):
        return Request(start, stop, delivery, inf, skills, weight), "", name
    if any(pickup):
        return Request(stop, end, pickup, inf, skills, weight), name, ""
    here = Node(stop.place, 0.0, end.earliest, end.latest)
    return Request(stop, here, pickup, 0.0, skills, weight), name, ""


def _shipment(shipment: Shipment, pickup: Node, delivery: Node, amount: Amount) -> Named:
    weight = 2 * (1 + shipment.priority)  # of two tasks
    request = Request(pickup, delivery, amount, inf, frozenset(shipment.skills), weight)
    return request, f"pickup:{shipment.pickup.id}", f"delivery:{shipment.delivery.id}"


def _node(task: Task, place: int, clock: Clock) -> Node:
    return Node(place, float(task.setup + task.service), *clock.window(task.time_windows))


def _vehicle(vehicle: Car, room: Amount, start: int, end: int, clock: Clock) -> Vehicle:
    limit = vehicle.max_distance if vehicle.max_travel_time is None else vehicle.max_travel_time
    pauses = [Break(float(pause.service), *clock.window(pause.time_windows)) for pause in vehicle.breaks]
    earliest, latest = clock.window([vehicle.time_window] if vehicle.time_window else [])
    return Vehicle(
        capacity=room,
        max_duration=inf,
        start=start,
        end=end,
        earliest=earliest,
        latest=latest,
        skills=frozenset(vehicle.skills),
        cost=float(vehicle.costs.fixed),
        max_length=inf if limit is None else float(limit),
        pause=pauses[0] if pauses else None,
    )
