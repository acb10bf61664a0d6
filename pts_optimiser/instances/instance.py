"""A dial-a-ride instance as published: double precision, the field's words, no rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Matrix = NDArray[np.float64] | NDArray[np.int32]
Objective = Literal["distance", "vehicles then distance"]


@dataclass(frozen=True, slots=True)
class Break:
    """Taken by a vehicle in use, with nobody aboard, where its last stop was; the window is for its begin."""

    length: float
    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Vehicle:
    """``capacity`` by resource; a route leaves ``start`` from ``earliest`` on and is at ``end`` by ``latest``.

    ``cost`` is the price of using the vehicle, in units of travel; ``max_length`` limits the length of its route.
    """

    capacity: tuple[int, ...]
    max_duration: float
    start: int
    end: int
    earliest: float
    latest: float
    skills: frozenset[int] = frozenset()
    cost: float = 0.0
    max_length: float = inf
    pause: Break | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Where and when a request is picked up or dropped off; the window is for the begin of service."""

    place: int
    service: float
    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Request:
    """``demand`` by resource; the ride lasts from the end of service at the pick-up to its begin at the drop-off.

    Only a vehicle with all its ``skills`` may serve it. Where not all can be served, ``weight`` says what counts most.
    """

    pickup: Node
    dropoff: Node
    demand: tuple[int, ...]
    ride_limit: float = inf
    skills: frozenset[int] = frozenset()
    weight: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Serve all requests at least total travel and price of the vehicles used, or with fewest vehicles first.

    ``travel[a, b]`` is both the time and the distance from place a to place b; ``lengths`` is what ``max_length``
    limits, where that is something else. ``substitutes`` holds pairs (a, b): a unit of resource a may use a place of
    resource b. In routes, node i is the pick-up of the i-th request and node n + i its drop-off, counted from 1;
    ``names[i - 1]`` is what the file calls node i (nothing where the file has no such stop), where that is not i.
    """

    name: str
    vehicles: tuple[Vehicle, ...]
    requests: tuple[Request, ...]
    travel: Matrix
    objective: Objective = "distance"
    substitutes: frozenset[tuple[int, int]] = frozenset()
    lengths: Matrix | None = None
    names: tuple[str, ...] = ()

    def named(self, route: Sequence[int]) -> list[str]:
        """A route in the words of the file."""
        return [name for node in route if (name := self.names[node - 1] if self.names else str(node))]


def euclidean(points: Sequence[Point]) -> NDArray[np.float64]:
    """Straight-line distances between all points."""
    x, y = np.array(points, dtype=np.float64).reshape(-1, 2).T
    distances: NDArray[Any] = np.hypot(x[:, None] - x, y[:, None] - y)
    return distances
