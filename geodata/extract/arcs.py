"""Segments into directed arcs with their times; of parallel ones the fastest, and only those that reach one another."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geodata.extract.reading import Ways
from geodata.extract.segments import Segments
from geodata.extract.speeds import metres_a_second, traffic_class
from geodata.extract.towns import built_up
from geodata.network import HIGHWAYS


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """m arcs, sorted by tail and then head, no two alike in these."""

    tail: NDArray[np.int64]  # [m] node
    head: NDArray[np.int64]  # [m]
    metres: NDArray[np.float64]  # [m]
    seconds: NDArray[np.float64]  # [m]
    highway: NDArray[np.uint8]  # [m] index into HIGHWAYS
    traffic_class: NDArray[np.uint8]  # [m] index into TRAFFIC_CLASSES
    toll: NDArray[np.bool_]  # [m]

    def __getitem__(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Arcs:
        return Arcs(*(getattr(self, field.name)[which] for field in fields(self)))


def arcs_of(ways: Ways, segments: Segments) -> Arcs:
    """Both directions of every segment where its road allows them; of arcs between the same nodes the fastest."""
    roads = ways.roads
    road = ways.road[segments.way]
    homes = np.array([one.highway in {"residential", "living_street"} for one in roads])
    town = built_up(segments, homes[road], len(ways.road))[segments.way].astype(np.int64)
    speed = np.array([[metres_a_second(one, built_up=here) for here in (False, True)] for one in roads])
    traffic = np.array([[traffic_class(one, built_up=here) for here in (False, True)] for one in roads], np.uint8)
    highway = np.array([HIGHWAYS.index(one.highway) for one in roads], np.uint8)
    toll = np.array([one.toll for one in roads])
    forward = np.flatnonzero(np.array([one.forward for one in roads])[road])
    backward = np.flatnonzero(np.array([one.backward for one in roads])[road])
    both = np.concatenate([forward, backward])
    seconds = segments.metres / speed[road, town]
    arcs = Arcs(
        tail=np.concatenate([segments.start[forward], segments.end[backward]]),
        head=np.concatenate([segments.end[forward], segments.start[backward]]),
        metres=segments.metres[both],
        seconds=seconds[both],
        highway=highway[road][both],
        traffic_class=traffic[road, town][both],
        toll=toll[road][both],
    )
    name = arcs.tail * len(segments.lat) + arcs.head
    order = np.lexsort((arcs.seconds, name))
    new = np.ones(len(order), bool)
    new[1:] = name[order[1:]] != name[order[:-1]]
    return arcs[order[new]]


def largest_component(arcs: Arcs, nodes: int) -> Arcs:
    """The arcs among the largest set of nodes that all reach one another; one-way dead ends and islands go."""
    m = len(arcs.tail)
    first = np.searchsorted(arcs.tail, np.arange(nodes + 1))
    graph = csr_array((np.ones(m, np.int8), arcs.head.astype(np.int32), first.astype(np.int32)), shape=(nodes, nodes))
    _, component = connected_components(graph, directed=True, connection="strong")
    inside = component == np.argmax(np.bincount(component))
    return arcs[inside[arcs.tail] & inside[arcs.head]]
