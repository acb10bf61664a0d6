"""What a VROOM problem may ask that the solver has no rule for: refused by the name of the field, never passed over."""

from __future__ import annotations

from collections.abc import Iterator

from pts_optimiser.instances.text import malformed, unsupported
from pts_optimiser.instances.vroom_file import Car, File, Job, Task

Refusal = tuple[str, str, str]


def refuse_unsupported(file: str, problem: File) -> None:
    """Refuse what would be planned otherwise than VROOM means it.

    Raises
    ------
    InputError
        Names the first such field.
    """
    if not problem.jobs and not problem.shipments:
        raise malformed(file, None, "no jobs and no shipments", "jobs")
    for field, task in problem.tasks():
        for refusal in _task(field, task):
            raise unsupported(file, *refusal)
    for i, job in enumerate(problem.jobs):
        for refusal in _job(f"jobs[{i}]", job):
            raise unsupported(file, *refusal)
    for i, vehicle in enumerate(problem.vehicles):
        for refusal in _vehicle(f"vehicles[{i}]", vehicle, problem):
            raise unsupported(file, *refusal)
    for profile, matrices in problem.matrices.items():
        if matrices.costs is not None:
            raise unsupported(
                file,
                f"matrices.{profile}.costs",
                "costs are travel times here",
                "Put them in durations.",
            )


def _task(field: str, task: Task) -> Iterator[Refusal]:
    if len(task.time_windows) > 1:
        yield f"{field}.time_windows", "several windows", "Choose one, or ask once for each of them."
    for name in ("setup_per_type", "service_per_type"):
        if getattr(task, name):
            yield f"{field}.{name}", "times that differ by vehicle", "Give one time for all vehicles."


def _job(field: str, job: Job) -> Iterator[Refusal]:
    if job.amount:
        yield f"{field}.amount", "an outdated key", "Say delivery or pickup."
    if any(job.delivery) and any(job.pickup):
        yield f"{field}.pickup", "a delivery and a pick-up in one job", "Make it two jobs."


def _vehicle(field: str, vehicle: Car, problem: File) -> Iterator[Refusal]:
    first = problem.vehicles[0]
    for name in ("profile", "speed_factor"):
        if getattr(vehicle, name) != getattr(first, name):
            yield f"{field}.{name}", "vehicles of different speeds", "Solve one profile and speed at a time."
    if vehicle.costs.per_hour != 3600:
        yield f"{field}.costs.per_hour", "travel is priced by the second", "Leave it out and scale the fixed cost."
    for name in ("per_task_hour", "per_km"):
        if getattr(vehicle.costs, name):
            yield f"{field}.costs.{name}", "only travel time and vehicles have a price", "Leave it out."
    if len(vehicle.breaks) > 1:
        yield f"{field}.breaks", "several breaks", "Keep one."
    if any(len(pause.time_windows) > 1 for pause in vehicle.breaks):
        yield f"{field}.breaks[0].time_windows", "several windows of a break", "Choose one."
    tasks = sum(1 for _ in problem.tasks())
    if vehicle.max_tasks is not None and vehicle.max_tasks < tasks:
        yield f"{field}.max_tasks", "a limit to the number of tasks", "Limit capacity, time_window or max_travel_time."
    by_time, by_distance = vehicle.max_travel_time is not None, vehicle.max_distance is not None
    if by_distance and (by_time or any(car.max_travel_time is not None for car in problem.vehicles)):
        yield f"{field}.max_distance", "travel time and distance limited both", "Keep one of the limits."
