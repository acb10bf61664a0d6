"""Who may sit where: the loads that a layout carries while different parties sit at least so far apart.

A seating plan gives each party a *spot*, a set of places that all lie far enough from every other spot. A plan's box
says how many seats, wheelchair and stretcher places and parties it holds at most: any load inside it finds places, in
whatever order parties board and leave, and nobody changes place on the way. The referee does not use this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import dist

from pts_optimiser.domain.policy import Layout, Policy
from pts_optimiser.domain.roster import Aboard

Box = tuple[int, int, int, int]
"""Seats, wheelchair places, stretcher places, parties."""

Spots = tuple[frozenset[int], ...]
MOST_PLACES = 8
"""More places of a layout have too many seating plans."""


@cache
def boxes(layout: Layout, at: tuple[tuple[float, float], ...], least_m: float, cap: int) -> tuple[Box, ...]:
    """The boxes of a layout that no other of its boxes holds; ``at`` as in ``VehicleType.seat_positions_m``."""
    kinds = [0] * layout.seats + [1] * layout.wheelchairs + [2] * layout.stretchers
    near = [[dist(one, other) < least_m for other in at] for one in at]
    found = {box for plan in _plans(near, 0, ()) if (box := _box(plan, kinds, cap)) is not None}
    return tuple(sorted(box for box in found if not any(box != other and within(box, other) for other in found)))


def boxes_of(policy: Policy, vehicle_type: str, layout: int) -> tuple[Box, ...]:
    """Those of a layout under the distancing in force, which has a seat graph."""
    kind, distancing = policy.vehicle_types[vehicle_type], policy.distancing
    if distancing is None or distancing.least_distance_m is None:
        raise ValueError("there is no seat graph in force")
    at = kind.seat_positions_m[layout]
    return boxes(kind.layouts[layout], at, distancing.least_distance_m, distancing.cap(vehicle_type))


def needed(load: Aboard) -> Box:
    """What those aboard take of a box."""
    return load.seats, load.wheelchairs, load.stretchers, load.parties


def within(load: Box, box: Box) -> bool:
    return all(need <= room for need, room in zip(load, box, strict=True))


def _plans(near: Sequence[Sequence[bool]], place: int, spots: Spots) -> Iterator[Spots]:
    """Every way to leave places empty and to put the others into spots that are far enough from each other."""
    if place == len(near):
        yield spots
        return
    yield from _plans(near, place + 1, spots)
    touched = {k for k, spot in enumerate(spots) if any(near[place][other] for other in spot)}
    for k, spot in enumerate(spots):
        if touched <= {k}:
            yield from _plans(near, place + 1, (*spots[:k], spot | {place}, *spots[k + 1 :]))
    if not touched:
        yield from _plans(near, place + 1, (*spots, frozenset({place})))


def _box(spots: Spots, kinds: Sequence[int], cap: int) -> Box | None:
    """None where a spot has places for two patients in wheelchairs or on stretchers, who are never one party."""
    counts = [[sum(kinds[place] == kind for place in spot) for kind in range(3)] for spot in spots]
    if not spots or any(wheelchairs + stretchers > 1 for _, wheelchairs, stretchers in counts):
        return None
    wheelchairs, stretchers = (sum(count[kind] for count in counts) for kind in (1, 2))
    if len(spots) == 1:
        return counts[0][0], wheelchairs, stretchers, 1
    seated = [seats for seats, *others in counts if not sum(others)]
    # an escort's own seat counts only where all spots are alike: else somebody might have to change places
    beside = 0 if wheelchairs + stretchers else min(seated) - 1
    return len(seated) + beside, wheelchairs, stretchers, min(len(spots), cap)
