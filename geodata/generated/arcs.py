"""Streets to arcs: shapes with a bend or two, lengths, speeds, traffic classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.generated.plane import Flags, Floats, Ints, lengths_m, to_degrees
from geodata.network import DEGREE, HIGHWAYS, TRAFFIC_CLASSES, RoadNetwork

BENDS_AT_KM = (0.08, 0.4)
"""A street of this length has a bend, of that length a second."""
BEND = 0.06
"""Standard deviation of a bend to the side, of the street's length."""

KM_H = {
    "motorway": (105.0, 114.0),
    "motorway_link": (55.0, 60.0),
    "trunk": (58.0, 106.0),
    "primary": (44.0, 88.0),
    "secondary": (35.0, 78.0),
    "tertiary": (25.0, 62.0),
    "unclassified": (14.0, 44.0),
    "residential": (10.0, 15.0),
}
"""Speeds of an empty road with its junctions, in towns and outside."""

_NAMES = tuple(KM_H)
_SPEED = np.array([KM_H.get(name, (20.0, 20.0)) for name in HIGHWAYS])
_MAIN = HIGHWAYS.index("secondary_link")


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Streets by their junctions; a one-way street leads from tail to head."""

    tail: Ints
    head: Ints
    highway: NDArray[np.uint8]
    urban: Flags
    one_way: Flags
    toll: Flags


def network(rng: np.random.Generator, xy: Floats, streets: Streets, attribution: str) -> RoadNetwork:
    """Arcs of all streets, both ways of a two-way one with the same shape."""
    bends, first = _bends(rng, xy, streets)
    lat, lon = _whole(xy)
    bend_lat, bend_lon = _whole(bends)
    street = np.concatenate([np.arange(len(streets.tail)), np.flatnonzero(~streets.one_way)])
    back = np.arange(len(street)) >= len(streets.tail)
    tail = np.where(back, streets.head[street], streets.tail[street])
    order = np.lexsort((np.where(back, streets.tail[street], streets.head[street]), tail))
    street, back, tail = street[order], back[order], tail[order]
    head = np.where(back, streets.tail[street], streets.head[street])
    count = np.diff(first)[street]
    shape_first = np.concatenate([[0], np.cumsum(count)])
    within = np.arange(shape_first[-1]) - np.repeat(shape_first[:-1], count)
    point = np.repeat(first[street], count) + np.where(
        np.repeat(back, count), np.repeat(count, count) - 1 - within, within
    )
    metres = _lengths(lat, lon, bend_lat, bend_lon, streets, first)[street]
    highway, urban = streets.highway[street], streets.urban[street]
    speed = _SPEED[highway, np.where(urban, 0, 1)]
    return RoadNetwork(
        lat=lat,
        lon=lon,
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        decimetres=np.maximum(np.rint(metres * 10), 1).astype(np.int32),
        freeflow_cs=np.maximum(np.rint(metres * 360 / speed), 1).astype(np.int32),
        highway=highway,
        traffic_class=_traffic_class(highway, urban),
        toll=streets.toll[street],
        shape_first=shape_first.astype(np.int64),
        shape_lat=bend_lat[point],
        shape_lon=bend_lon[point],
        model="",
        attribution=attribution,
    )


def _bends(rng: np.random.Generator, xy: Floats, streets: Streets) -> tuple[Floats, Ints]:
    """Bends of the streets from tail to head [b, 2], and where those of each street begin [e + 1]."""
    start, along = xy[streets.tail], xy[streets.head] - xy[streets.tail]
    count = np.searchsorted(np.array(BENDS_AT_KM), np.hypot(along[:, 0], along[:, 1]))
    first = np.concatenate([[0], np.cumsum(count)])
    street = np.repeat(np.arange(len(count)), count)
    part = (np.arange(first[-1]) - first[street] + 1) / (count[street] + 1)
    aside = np.clip(rng.standard_normal(len(street)), -2, 2) * BEND * np.where(streets.urban[street], 0.5, 1)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    return start[street] + part[:, None] * along[street] + aside[:, None] * across[street], first


def _whole(xy: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    lat, lon = to_degrees(xy)
    return np.rint(lat * DEGREE).astype(np.int32), np.rint(lon * DEGREE).astype(np.int32)


def _lengths(
    lat: NDArray[np.int32],
    lon: NDArray[np.int32],
    bend_lat: NDArray[np.int32],
    bend_lon: NDArray[np.int32],
    streets: Streets,
    first: Ints,
) -> Floats:
    """Metres of every street along its bends."""
    size = len(streets.tail)
    at = first[:-1] + 2 * np.arange(size)
    bend_at = np.arange(len(bend_lat)) + 2 * np.repeat(np.arange(size), np.diff(first)) + 1

    def degrees(node: NDArray[np.int32], bend: NDArray[np.int32]) -> Floats:
        line = np.empty(len(bend) + 2 * size)
        line[at], line[bend_at], line[at + np.diff(first) + 1] = node[streets.tail], bend, node[streets.head]
        return line / DEGREE

    all_lat, all_lon = degrees(lat, bend_lat), degrees(lon, bend_lon)
    piece = lengths_m(all_lat[:-1], all_lon[:-1], all_lat[1:], all_lon[1:])
    piece[at[1:] - 1] = 0
    return np.add.reduceat(piece, at)


def _traffic_class(highway: NDArray[np.uint8], urban: Flags) -> NDArray[np.uint8]:
    """Motorways and open trunk roads; main and other streets of towns; the rest."""
    name = {name: index for index, name in enumerate(TRAFFIC_CLASSES)}
    long_way = (highway <= HIGHWAYS.index("motorway_link")) | ((highway <= HIGHWAYS.index("trunk_link")) & ~urban)
    in_town = np.where(highway <= _MAIN, name["urban_main"], name["urban_minor"])
    return np.where(long_way, name["motorway"], np.where(urban, in_town, name["rural"])).astype(np.uint8)
