"""An extract into a road network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError
from geodata.extract.arcs import Arcs, arcs_of, largest_component
from geodata.extract.chains import Chains, chains_of
from geodata.extract.reading import OnProgress, read_ways
from geodata.extract.segments import Segments, segments_of
from geodata.network import HIGHWAYS, RoadNetwork

ATTRIBUTION = "© OpenStreetMap contributors"


def silent(_doing: str, _roads: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A network, the roads that were read for it, and the kilometres of these that nothing reaches or leaves."""

    network: RoadNetwork
    roads: int
    left_out_km: float


def network_of_extract(path: Path, *, tolls: bool = True, on_progress: OnProgress = silent) -> Made:
    """Read an OpenStreetMap extract by the rules for the United Kingdom and simplify it.

    Parameters
    ----------
    tolls : whether roads with a toll may be used

    Raises
    ------
    RoadsError
        No such file, not an extract, cut short, or without roads that reach one another.
    """
    ways = read_ways(path, on_progress, tolls=tolls)
    roads = len(ways.road)
    on_progress("joining", roads)
    segments = segments_of(ways)
    every = arcs_of(ways, segments)
    del ways
    arcs = largest_component(every, len(segments.lat))
    if not len(arcs.tail):
        raise RoadsError(f"{path}: none of its roads leads there and back; give an extract of a whole area")
    left_out_km = (every.metres.sum() - arcs.metres.sum()) / 1000
    del every
    on_progress("simplifying", roads)
    return Made(network_of(arcs, segments, chains_of(arcs, len(segments.lat))), roads, round(float(left_out_km), 1))


def network_of(arcs: Arcs, segments: Segments, chains: Chains) -> RoadNetwork:
    order, begin = chains.arc, chains.first[:-1]
    junctions, tail = np.unique(arcs.tail[order[begin]], return_inverse=True)
    inner = np.ones(len(order), bool)
    inner[chains.first[1:] - 1] = False
    bends = arcs.head[order[inner]]
    seconds = np.add.reduceat(arcs.seconds[order], begin)
    metres = np.add.reduceat(arcs.metres[order], begin)
    network = RoadNetwork(
        lat=segments.lat[junctions],
        lon=segments.lon[junctions],
        tail=tail.astype(np.int32),
        head=np.searchsorted(junctions, arcs.head[order[chains.first[1:] - 1]]).astype(np.int32),
        decimetres=np.maximum(np.rint(metres * 10), 1).astype(np.int32),
        freeflow_cs=np.maximum(np.rint(seconds * 100), 1).astype(np.int32),
        highway=_longest(arcs.highway[order], arcs.metres[order], chains.first),
        traffic_class=arcs.traffic_class[order[begin]],
        toll=arcs.toll[order[begin]],
        shape_first=chains.first - np.arange(len(chains.first)),
        shape_lat=segments.lat[bends],
        shape_lon=segments.lon[bends],
        model="",
        attribution=ATTRIBUTION,
    )
    return replace(network, model=f"osm/1 {network.key}")


def _longest(highway: NDArray[np.uint8], metres: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The kind of road with most metres in each chain."""
    kind = highway[first[:-1]].copy()
    mixed = np.flatnonzero(np.maximum.reduceat(highway, first[:-1]) != np.minimum.reduceat(highway, first[:-1]))
    place = np.full(len(kind), -1)
    place[mixed] = np.arange(len(mixed))
    of = place[np.repeat(np.arange(len(kind)), np.diff(first))]
    part = of >= 0
    kinds = len(HIGHWAYS)
    total = np.bincount(of[part] * kinds + highway[part], metres[part], len(mixed) * kinds).reshape(-1, kinds)
    kind[mixed] = total.argmax(axis=1)
    return kind
