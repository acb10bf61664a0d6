"""Which roads are main ones: ways between neighbouring places, of the largest first, then of ever smaller ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.generated.plane import Flags, Floats, Ints
from geodata.generated.settlements import Settlements
from geodata.network import HIGHWAYS


class Level(NamedTuple):
    highway: int
    apart_km: float  # least distance between the places that it connects
    least: float  # postcodes round a place
    shun_towns: float  # how many times longer a way through dense streets seems


LEVELS = (
    Level(HIGHWAYS.index("motorway"), 22, 900, 5),
    Level(HIGHWAYS.index("trunk"), 9, 220, 1),
    Level(HIGHWAYS.index("primary"), 5, 70, 0.3),
    Level(HIGHWAYS.index("secondary"), 2.4, 20, 0),
    Level(HIGHWAYS.index("tertiary"), 1.1, 0, 0),
)
TRUNK = HIGHWAYS.index("trunk")
MINOR = len(HIGHWAYS)
"""Not a main road."""
TOWN_CENTRE_KM = 2.5
"""Motorways end so far from a place."""
AROUND_KM = 3.0
"""A place is as large as the postcodes within."""
SHARED = 0.75
"""A way along a greater road seems so much shorter, so that roads join."""
NO_JUNCTION = 5.0
"""A way of other roads along a motorway seems so much longer: they cannot join it where they like."""
DENSE = 150.0
"""Postcodes a km² where a town is shunned in full."""
DETOUR = 2.5
"""Two places are not connected where both ways over a third, to this power, sum to less (2: Gabriel's rule)."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Undirected lines between points, of which some become streets."""

    xy: Floats  # [n, 2] km
    tail: Ints  # [e]
    head: Ints  # [e]
    km: Floats  # [e]
    density: Floats  # [n] postcodes a km²


def main_roads(lines: Candidates, towns: Settlements) -> NDArray[np.uint8]:
    """The kind of road of every line, an index into ``HIGHWAYS``, or ``MINOR`` [e]."""
    highway = np.full(len(lines.tail), MINOR, np.uint8)
    town = np.minimum((lines.density[lines.tail] + lines.density[lines.head]) / (2 * DENSE), 1)
    tree = cKDTree(lines.xy)
    for level in LEVELS:
        seems = lines.km * (1 + level.shun_towns * town) * np.where(highway < MINOR, SHARED, 1) + 1e-6
        seems[highway < TRUNK] *= NO_JUNCTION
        centre = np.unique(tree.query(towns.xy[_places(towns, level)])[1])
        used, of = _ways(lines, seems, centre)
        new = used & (highway == MINOR)
        highway[new] = level.highway
        if level.highway < TRUNK:
            near = np.hypot(*(lines.xy[lines.tail] - lines.xy[of[lines.tail]]).T) < TOWN_CENTRE_KM
            highway[new & near] = TRUNK
    return highway


def _places(towns: Settlements, level: Level) -> Ints:
    """The largest settlements, none within ``apart_km`` of a larger one."""
    tree = cKDTree(towns.xy)
    pair = tree.query_pairs(AROUND_KM, output_type="ndarray")
    size = towns.postcodes.copy()
    np.add.at(size, pair[:, 0], towns.postcodes[pair[:, 1]])
    np.add.at(size, pair[:, 1], towns.postcodes[pair[:, 0]])
    free = size >= level.least
    chosen = []
    for town in np.argsort(-size * np.sqrt(towns.peak), kind="stable"):
        if free[town]:
            chosen.append(town)
            free[tree.query_ball_point(towns.xy[town], level.apart_km)] = False
    return np.array(chosen, np.int64)


def _ways(lines: Candidates, seems: Floats, centre: Ints) -> tuple[Flags, Ints]:
    """Lines on the shortest ways between neighbouring centres [e], and the nearest centre of every point [n].

    Centres are neighbours where the areas nearest to them touch; the way crosses at the cheapest line between the two.
    """
    n = len(lines.xy)
    away, before, into, of = nearest(lines, seems, centre)
    border = np.flatnonzero((of[lines.tail] != of[lines.head]) & np.isfinite(away[lines.tail] + away[lines.head]))
    length = away[lines.tail[border]] + seems[border] + away[lines.head[border]]
    a, b = of[lines.tail[border]], of[lines.head[border]]
    pair = np.minimum(a, b) * n + np.maximum(a, b)
    order = np.lexsort((length, pair))
    best = order[np.flatnonzero(np.diff(pair[order], prepend=-1))]
    best = best[_direct(np.minimum(a, b)[best], np.maximum(a, b)[best], length[best])]
    used = np.zeros(len(lines.tail), np.bool_)
    used[border[best]] = True
    points = np.concatenate([lines.tail[border[best]], lines.head[border[best]]])
    while len(points := points[into[points] >= 0]):
        points = points[~used[into[points]]]
        used[into[points]] = True
        points = np.unique(before[points])
    return used, of


def nearest(lines: Candidates, length: Floats, start: Ints) -> tuple[Floats, Ints, Ints, Ints]:
    """For every point the way from the nearest start: its length, the point and line before, and the start [n].

    Negative where there is none: at a start itself, or where no way leads.
    """
    n = len(lines.xy)
    ends = np.concatenate([lines.tail, lines.head]), np.concatenate([lines.head, lines.tail])
    graph = csr_array((np.concatenate([length, length]), ends), shape=(n, n))
    away, before, of = dijkstra(graph, indices=start, min_only=True, return_predecessors=True)
    into = np.full(n, -1, np.int64)
    for a, b in ((lines.tail, lines.head), (lines.head, lines.tail)):
        on = before[b] == a
        into[b[on]] = np.flatnonzero(on)
    return away, before.astype(np.int64), into, of.astype(np.int64)


def _direct(a: Ints, b: Ints, length: Floats) -> Flags:
    """Pairs of centres between which no third centre lies."""
    known: dict[int, dict[int, float]] = {}
    for one, other, way in zip(a.tolist(), b.tolist(), length.tolist(), strict=True):
        known.setdefault(one, {})[other] = way
        known.setdefault(other, {})[one] = way
    return np.array(
        [
            all(
                known[one][third] ** DETOUR + known[other][third] ** DETOUR >= way**DETOUR
                for third in known[one].keys() & known[other].keys()
            )
            for one, other, way in zip(a.tolist(), b.tolist(), length.tolist(), strict=True)
        ],
        np.bool_,
    )
