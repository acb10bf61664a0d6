"""The shape of a VROOM problem (version 1.15), as far as it is read; other keys are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pts_optimiser.instances.text import malformed, read_text

Whole = Annotated[int, Field(ge=0, lt=1 << 62)]
Travel = Annotated[int, Field(ge=0, le=10**8)]
Duration = Annotated[int, Field(ge=0, le=10**7)]
Priority = Annotated[int, Field(ge=0, le=100)]
Coordinates = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
Window = tuple[Whole, Whole]
Amounts = list[Annotated[int, Field(ge=0, le=10**9)]]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, allow_inf_nan=False)


class Task(Shape):
    id: Whole
    location: Coordinates | None = None
    location_index: Whole | None = None
    setup: Duration = 0
    service: Duration = 0
    setup_per_type: dict[str, Duration] = {}
    service_per_type: dict[str, Duration] = {}
    time_windows: list[Window] = []


class Job(Task):
    amount: Amounts = []
    delivery: Amounts = []
    pickup: Amounts = []
    skills: list[Whole] = []
    priority: Priority = 0


class Shipment(Shape):
    pickup: Task
    delivery: Task
    amount: Amounts = []
    skills: list[Whole] = []
    priority: Priority = 0


class Pause(Shape):
    id: Whole = 0
    service: Duration = 0
    time_windows: list[Window] = []


class Costs(Shape):
    fixed: Annotated[int, Field(ge=0, le=10**8)] = 0
    per_hour: Whole = 3600
    per_task_hour: Whole = 0
    per_km: Whole = 0


class Car(Shape):
    id: Whole
    profile: str = "car"
    start: Coordinates | None = None
    start_index: Whole | None = None
    end: Coordinates | None = None
    end_index: Whole | None = None
    capacity: Amounts = []
    costs: Costs = Costs()
    skills: list[Whole] = []
    time_window: Window | None = None
    breaks: list[Pause] = []
    speed_factor: Annotated[float, Field(gt=0, le=5)] = 1.0
    max_tasks: Whole | None = None
    max_travel_time: Whole | None = None
    max_distance: Whole | None = None


class Matrices(Shape):
    durations: list[list[Travel]] | None = None
    distances: list[list[Travel]] | None = None
    costs: list[list[Travel]] | None = None


class File(Shape):
    jobs: list[Job] = []
    shipments: list[Shipment] = []
    vehicles: Annotated[list[Car], Field(min_length=1)]
    matrices: dict[str, Matrices] = {}
    matrix: list[list[Travel]] | None = None

    def tasks(self) -> Iterator[tuple[str, Task]]:
        """Every job, pick-up and delivery with the field it stands in."""
        for i, job in enumerate(self.jobs):
            yield f"jobs[{i}]", job
        for i, shipment in enumerate(self.shipments):
            yield f"shipments[{i}].pickup", shipment.pickup
            yield f"shipments[{i}].delivery", shipment.delivery


def read_file(path: Path) -> File:
    """Parse the file.

    Raises
    ------
    InputError
        Names the first field that is malformed.
    """
    return parse_file(path.name, read_text(path))


def parse_file(name: str, text: str | bytes) -> File:
    """Parse what a file of that name holds; raises InputError as ``read_file``."""
    try:
        problem = File.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault["loc"])
        raise malformed(name, None, f"{fault['msg']}.", field.removeprefix(".") or None) from error
    for kind, things in (
        ("jobs", problem.jobs),
        ("vehicles", problem.vehicles),
        ("shipments.pickup", [shipment.pickup for shipment in problem.shipments]),
        ("shipments.delivery", [shipment.delivery for shipment in problem.shipments]),
    ):
        if len({thing.id for thing in things}) < len(things):
            raise malformed(name, None, "the same id twice", f"{kind}.id")
    return problem
