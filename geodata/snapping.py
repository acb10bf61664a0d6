"""Places put onto roads: on the nearest point of the nearest arc, both directions where it has two.

Exact: roads are sampled at least every ``SPACING_M``, so the nearest road has a sample at most half of that farther
away than the nearest sample; all that have one are measured. Nobody lives on a motorway or a slip road, so such roads
count only where nothing else is within the limit; toll roads, the tunnels among them, never.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.earth import EARTH_RADIUS_M, apart_m
from geodata.network import HIGHWAYS, RoadNetwork
from geodata.shapes import arc_lines, opposites
from geodata.snapped import Snapped

LIMIT_M = 500.0
"""A place farther from any road is doubtful. One limit for town and country: a hospital's entrance can be 300 m inside
its grounds and a farm 400 m from the lane, while a wrong postcode or swapped coordinates are kilometres off."""

SPACING_M = 100.0

_AVOIDED = np.array([name == "motorway" or name.endswith("_link") for name in HIGHWAYS])


def snap(network: RoadNetwork, lat: NDArray[np.float64], lon: NDArray[np.float64], limit_m: float = LIMIT_M) -> Snapped:
    """Put p places on the roads of a network, see ``prepared``.

    A place beyond the limit is snapped all the same: ``beyond`` tells which, and the caller decides.
    """
    where = prepared(network).snap(np.asarray(lat, np.float64), np.asarray(lon, np.float64))
    far = beyond(where, limit_m)
    if not len(far) or not (others := _avoided(network)):
        return where
    there = others.snap(np.asarray(lat, np.float64)[far], np.asarray(lon, np.float64)[far])
    better = there.off_road_m <= limit_m
    for mine, other in ((where.arc, there.arc), (where.fraction, there.fraction), (where.off_road_m, there.off_road_m)):
        mine[far[better]] = other[better]
    return where


def beyond(where: Snapped, limit_m: float = LIMIT_M) -> NDArray[np.int64]:
    """Places farther from their road than the limit, for the planner to look at."""
    return np.flatnonzero(where.off_road_m > limit_m)


@dataclass(frozen=True, slots=True, eq=False)
class Roadside:
    """Straight pieces of roads and a search tree over samples of them."""

    arc: NDArray[np.int32]  # [s] of each piece, one direction of a road
    opposite: NDArray[np.int32]  # [s]
    ends: NDArray[np.float64]  # [s, 4] lat, lon from and to
    metres: NDArray[np.float64]  # [s]
    before_m: NDArray[np.float64]  # [s] metres of the arc before the piece
    whole_m: NDArray[np.float64]  # [s] metres of the whole arc
    tree: cKDTree
    piece: NDArray[np.int32]  # of each sample

    def snap(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Snapped:
        places = _sphere(lat, lon)
        nearest = self.tree.query(places)[0]
        reach = nearest + (SPACING_M / 2 + 1)
        found = self.tree.query_ball_point(places, reach, return_sorted=False)
        place = np.repeat(np.arange(len(lat)), [len(samples) for samples in found])
        piece = self.piece[np.fromiter((sample for samples in found for sample in samples), np.int64, len(place))]
        part, off_road_m = _projected(lat[place], lon[place], self.ends[piece])
        order = np.lexsort((self.arc[piece], off_road_m, place))
        best = order[np.flatnonzero(np.diff(place[order], prepend=-1))]
        piece, part = piece[best], part[best]
        along = self.before_m[piece] + part * self.metres[piece]
        return Snapped(
            arc=np.stack([self.arc[piece], self.opposite[piece]], axis=1),
            fraction=np.clip(along / self.whole_m[piece], 0, 1),
            off_road_m=off_road_m[best],
        )


def roadside(network: RoadNetwork, arcs: NDArray[np.integer], opposite: NDArray[np.int32]) -> Roadside:
    """Prepare the search for some arcs, in a second for a million pieces."""
    lines = arc_lines(network, arcs)
    metres = lines.metres()
    total = np.cumsum(metres)
    start = np.ones(len(metres), np.bool_)
    start[lines.first[1:] - 1] = False
    a = np.flatnonzero(start)
    line = lines.line[a]
    ends = np.stack([lines.lat[a], lines.lon[a], lines.lat[a + 1], lines.lon[a + 1]], axis=1)
    samples = np.maximum(1, np.ceil(metres[a + 1] / SPACING_M)).astype(np.int64)
    piece = np.repeat(np.arange(len(a), dtype=np.int32), samples)
    part = (np.arange(len(piece)) - np.repeat(np.cumsum(samples) - samples, samples) + 0.5) / samples[piece]
    lat = ends[piece, 0] + part * (ends[piece, 2] - ends[piece, 0])
    lon = ends[piece, 1] + part * (ends[piece, 3] - ends[piece, 1])
    return Roadside(
        arc=arcs[line].astype(np.int32),
        opposite=opposite[arcs[line]],
        ends=ends,
        metres=metres[a + 1],
        before_m=total[a] - total[lines.first[line]],
        whole_m=np.maximum(total[lines.first[line + 1] - 1] - total[lines.first[line]], 1e-3),
        tree=cKDTree(_sphere(lat, lon), balanced_tree=False, compact_nodes=False),
        piece=piece,
    )


_opposites = lru_cache(maxsize=1)(opposites)


@lru_cache(maxsize=1)
def prepared(network: RoadNetwork) -> Roadside:
    """The search over the roads on which somebody may live; that of the last network is kept."""
    opposite = _opposites(network)
    shunned = _AVOIDED[network.highway] | network.toll
    return roadside(network, _once(~shunned if not shunned.all() else shunned, opposite), opposite)


@lru_cache(maxsize=1)
def _avoided(network: RoadNetwork) -> Roadside | None:
    opposite = _opposites(network)
    arcs = _once(_AVOIDED[network.highway] & ~network.toll, opposite)
    return roadside(network, arcs, opposite) if len(arcs) else None


def _once(wanted: NDArray[np.bool_], opposite: NDArray[np.int32]) -> NDArray[np.int64]:
    """The wanted arcs, of two directions the smaller."""
    number = np.arange(len(opposite))
    return np.flatnonzero(wanted & ((opposite < 0) | (number < opposite)))


def _projected(
    lat: NDArray[np.float64], lon: NDArray[np.float64], ends: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far along each piece the nearest point lies, 0..1, and how many metres it is away."""
    scale = np.cos(np.radians(lat))
    north, east = ends[:, 2] - ends[:, 0], (ends[:, 3] - ends[:, 1]) * scale
    square = north**2 + east**2
    along = (lat - ends[:, 0]) * north + (lon - ends[:, 1]) * scale * east
    part = np.clip(np.divide(along, square, out=np.zeros_like(along), where=square > 0), 0, 1)
    point_lat, point_lon = ends[:, 0] + part * (ends[:, 2] - ends[:, 0]), ends[:, 1] + part * (ends[:, 3] - ends[:, 1])
    return part, apart_m(lat, lon, point_lat, point_lon)


def _sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the globe in metres [n, 3]: straight distances are true at any latitude."""
    phi, lam = np.radians(lat), np.radians(lon)
    return EARTH_RADIUS_M * np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
