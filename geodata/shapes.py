"""Shapes of arcs as lines of points, and lengths along them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.earth import apart_m
from geodata.network import DEGREE, RoadNetwork


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """l lines; the points of line i are ``first[i] : first[i + 1]``."""

    first: NDArray[np.int64]  # [l + 1]
    lat: NDArray[np.float64]  # degrees
    lon: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first) - 1

    @property
    def line(self) -> NDArray[np.int64]:
        """The line of every point."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))

    def metres(self) -> NDArray[np.float64]:
        """Metres from the point before, 0 at the first of a line."""
        piece = np.zeros(len(self.lat))
        piece[1:] = apart_m(self.lat[:-1], self.lon[:-1], self.lat[1:], self.lon[1:])
        starts = self.first[:-1]
        piece[starts[starts < len(piece)]] = 0
        return piece


def arc_lines(network: RoadNetwork, arcs: NDArray[np.integer]) -> Lines:
    """Every arc from its tail by its shape to its head."""
    begin = network.shape_first[arcs]
    bends = network.shape_first[arcs + 1] - begin
    first = np.concatenate([[0], np.cumsum(bends + 2)])
    tail, head = first[:-1], first[1:] - 1
    inner = np.ones(first[-1], np.bool_)
    inner[tail] = inner[head] = False
    point = np.repeat(begin - np.concatenate([[0], np.cumsum(bends)])[:-1], bends) + np.arange(bends.sum())

    def degrees(node: NDArray[np.int32], shape: NDArray[np.int32]) -> NDArray[np.float64]:
        line = np.empty(first[-1])
        line[tail], line[inner], line[head] = node[network.tail[arcs]], shape[point], node[network.head[arcs]]
        line /= DEGREE
        return line

    return Lines(first, degrees(network.lat, network.shape_lat), degrees(network.lon, network.shape_lon))


def opposites(network: RoadNetwork) -> NDArray[np.int32]:
    """The arc that leads back over the same road, -1 where it is one-way [m].

    Two arcs are one road where they join the same junctions the other way round, are as long to a decimetre, and have
    their first and last bend in common: two carriageways are two roads.
    """
    low = np.minimum(network.tail, network.head).astype(np.int64)
    high = np.maximum(network.tail, network.head)
    up = network.tail < network.head
    road = low * network.nodes + high
    order = np.lexsort((up, network.decimetres, road))
    here, there = order[:-1], order[1:]
    same = (road[here] == road[there]) & (up[here] != up[there])
    same &= np.abs(network.decimetres[here] - network.decimetres[there]) <= 1
    begin, end = network.shape_first[:-1], network.shape_first[1:] - 1
    bent, count = begin <= end, np.diff(network.shape_first)
    same &= count[here] == count[there]
    pair = np.flatnonzero(same & bent[here])
    for bend in (network.shape_lat, network.shape_lon):
        same[pair] &= bend[begin[here[pair]]] == bend[end[there[pair]]]
        same[pair] &= bend[end[here[pair]]] == bend[begin[there[pair]]]
    same[1:] &= ~same[:-1]
    opposite = np.full(network.arcs, -1, np.int32)
    opposite[here[same]], opposite[there[same]] = there[same], here[same]
    return opposite
