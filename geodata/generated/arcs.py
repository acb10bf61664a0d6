"""Streets to arcs: lengths, speeds, traffic classes, shapes both ways."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.generated.plane import Flags, Floats, lengths_m, to_degrees
from geodata.generated.streets import Streets
from geodata.network import DEGREE, HIGHWAYS, TRAFFIC_CLASSES, RoadNetwork

KM_H = {
    "motorway": (104.0, 112.0),
    "motorway_link": (55.0, 60.0),
    "trunk": (60.0, 102.0),
    "primary": (44.0, 86.0),
    "secondary": (35.0, 76.0),
    "tertiary": (25.0, 60.0),
    "unclassified": (15.0, 46.0),
    "residential": (9.5, 16.0),
}
"""Speeds of an empty road with its junctions, in towns and outside."""

_SPEED = np.array([KM_H.get(name, (20.0, 20.0)) for name in HIGHWAYS])
_MAIN = HIGHWAYS.index("secondary_link")


def network(xy: Floats, streets: Streets, attribution: str) -> RoadNetwork:
    """Arcs of all streets, both ways of a two-way one with the same shape."""
    first = streets.first
    lat, lon = _whole(xy)
    bend_lat, bend_lon = _whole(streets.bends)
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
    metres = _lengths(lat, lon, bend_lat, bend_lon, streets)[street]
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


def _whole(xy: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    lat, lon = to_degrees(xy)
    return np.rint(lat * DEGREE).astype(np.int32), np.rint(lon * DEGREE).astype(np.int32)


def _lengths(
    lat: NDArray[np.int32],
    lon: NDArray[np.int32],
    bend_lat: NDArray[np.int32],
    bend_lon: NDArray[np.int32],
    streets: Streets,
) -> Floats:
    """Metres of every street along its bends."""
    first, size = streets.first, len(streets.tail)
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
