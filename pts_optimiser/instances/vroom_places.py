"""Places of a VROOM problem and travel between them: given matrices, or great circles where there are none.

Without a matrix a drive is 1.3 times the great circle at 50 km/h, an assumption to try things out with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.instances.text import malformed
from pts_optimiser.instances.vroom_file import Car, Coordinates, File, Matrices, Task

Whole = NDArray[np.int32]
LONGEST = 10**8
DETOUR, METRES_PER_SECOND, EARTH_M = 1.3, 50 / 3.6, 6_371_009.0


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Row of every task, in the file's order, and of every vehicle's ends (None where free); seconds and metres.

    ``metres`` is None where the file gives seconds alone.
    """

    tasks: tuple[int, ...]
    starts: tuple[int | None, ...]
    ends: tuple[int | None, ...]
    seconds: Whole
    metres: Whole | None


def places_of(file: str, problem: File) -> Places:
    """Find every place.

    Raises
    ------
    InputError
        Where a place is missing or outside the matrix, or the matrix is not square.
    """
    profile, speed = problem.vehicles[0].profile, problem.vehicles[0].speed_factor
    given = problem.matrices.get(profile, Matrices(durations=problem.matrix))
    if given.durations is None and problem.matrices:
        raise malformed(file, None, f"no durations for profile {profile}", f"matrices.{profile}.durations")
    stops = [(field, _of_task(task, given)) for field, task in problem.tasks()]
    ends = [
        (f"vehicles[{i}].{name}", _of_vehicle(vehicle, name, given))
        for name in ("start", "end")
        for i, vehicle in enumerate(problem.vehicles)
    ]
    for i, (start, end) in enumerate(zip(ends, ends[len(problem.vehicles) :], strict=False)):
        if start[1] is None and end[1] is None:
            raise malformed(file, None, "neither start nor end", f"vehicles[{i}]")
    if given.durations is None:
        known = list(dict.fromkeys(place for _, place in (*stops, *ends) if isinstance(place, tuple)))
        row_of: dict[Coordinates | int, int] = {place: row for row, place in enumerate(known)}
        road = _great_circles(known)
        seconds = _slow(file, road / METRES_PER_SECOND, speed)
        metres: Whole | None = road
    else:
        seconds = _slow(file, _square(file, f"matrices.{profile}.durations", given.durations), speed)
        row_of = {row: row for row in range(len(seconds))}
        metres = None
        if given.distances is not None:
            metres = _square(file, f"matrices.{profile}.distances", given.distances)
        if metres is not None and len(metres) != len(seconds):
            raise malformed(file, None, "not of the size of durations", f"matrices.{profile}.distances")
    if metres is None and any(vehicle.max_distance is not None for vehicle in problem.vehicles):
        raise malformed(file, None, "missing, though a max_distance is given", f"matrices.{profile}.distances")
    for field, place in stops:
        if place is None or place not in row_of:
            missing = "location" if given.durations is None else "location_index"
            raise malformed(file, None, "missing, or outside the matrix", f"{field}.{missing}")
    for field, place in ends:
        if place is not None and place not in row_of:
            raise malformed(file, None, "outside the matrix", f"{field}_index")
    rows = [None if place is None else row_of[place] for _, place in ends]
    return Places(
        tasks=tuple(row_of[place] for _, place in stops if place is not None),
        starts=tuple(rows[: len(problem.vehicles)]),
        ends=tuple(rows[len(problem.vehicles) :]),
        seconds=seconds,
        metres=metres,
    )


def with_ends(matrix: Whole, starts: Sequence[int | None], ends: Sequence[int | None], never: int) -> Whole:
    """The matrix with a row more for each start, which is only left, and for each end, which is only reached.

    So what is loaded at the start is loaded before everything else, and what is brought to the end stays aboard until
    then. A free start or end (None) is no distance away. All other travel from or to them takes ``never``.
    """
    m, s = len(matrix), len(starts)
    grown = np.full((m + s + len(ends),) * 2, never, np.int32)
    grown[:m, :m] = matrix
    np.fill_diagonal(grown, 0)
    for i, start in enumerate(starts):
        grown[m + i, :m] = 0 if start is None else matrix[start]
        for j, end in enumerate(ends):
            grown[m + i, m + s + j] = 0 if start is None or end is None else matrix[start, end]
    for j, end in enumerate(ends):
        grown[:m, m + s + j] = 0 if end is None else matrix[:, end]
    return grown


def _of_task(task: Task, given: Matrices) -> Coordinates | int | None:
    return task.location if given.durations is None else task.location_index


def _of_vehicle(vehicle: Car, name: str, given: Matrices) -> Coordinates | int | None:
    place: Coordinates | int | None = getattr(vehicle, name if given.durations is None else f"{name}_index")
    return place


def _square(file: str, field: str, rows: list[list[int]]) -> Whole:
    if not rows or any(len(row) != len(rows) for row in rows):
        raise malformed(file, None, "not square", field)
    matrix = np.array(rows, np.int32)
    if matrix.diagonal().any():
        raise malformed(file, None, "travel from a place to itself must be 0", field)
    return matrix


def _slow(file: str, seconds: NDArray[Any], speed: float) -> Whole:
    """Seconds at a factor of the speed."""
    if seconds.max(initial=0) > LONGEST * speed:
        raise malformed(file, None, f"drives of more than {LONGEST:,} seconds", "vehicles[0].speed_factor")
    return _ceil(np.asarray(seconds / speed, np.float64))


def _great_circles(places: Sequence[Coordinates]) -> Whole:
    """Metres by road, by the haversine formula."""
    lon, lat = np.radians(np.array(places)).T
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half += np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return _ceil(2 * EARTH_M * DETOUR * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def _ceil(values: NDArray[np.float64]) -> Whole:
    return np.ceil(values).astype(np.int32)
