"""A dial-a-ride instance as published: double precision, the field's words, no rounding."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Vehicle:
    """``capacity`` by resource; a route leaves ``start`` from ``earliest`` on and is at ``end`` by ``latest``."""

    capacity: tuple[int, ...]
    max_duration: float
    start: Point
    end: Point
    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Node:
    """Where and when a request is picked up or dropped off; the window is for the begin of service."""

    place: Point
    service: float
    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Request:
    """``demand`` by resource; the ride lasts from the end of service at the pick-up to its begin at the drop-off."""

    pickup: Node
    dropoff: Node
    demand: tuple[int, ...]
    ride_limit: float


@dataclass(frozen=True, slots=True)
class Instance:
    """Serve all requests at least total Euclidean distance, which is also the travel time.

    ``substitutes`` holds pairs (a, b): a unit of resource a may use a place of resource b. In routes, node i is the
    pick-up of the i-th request and node n + i its drop-off, counted from 1 as in the files.
    """

    name: str
    vehicles: tuple[Vehicle, ...]
    requests: tuple[Request, ...]
    substitutes: frozenset[tuple[int, int]] = frozenset()
