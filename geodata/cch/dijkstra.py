"""The same answers by scipy's Dijkstra on the roads themselves: some hundred times slower, and nothing to get wrong."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.cch.kernels.customise import CLOSED, INF
from geodata.cch.kernels.sweep import NOWHERE
from geodata.cch.matrix import Matrix
from geodata.cch.pairs import along_the_road, straight
from geodata.cch.path import Path, way
from geodata.cch.places import Places, Where, leaving, places_at, reaching
from geodata.network import RoadNetwork
from geodata.travel_times import UNREACHABLE

LENGTHS = 2**27
"""Distances are centiseconds × 2²⁷ + decimetres: whole numbers that a float of 64 bits holds up to 186 hours."""

ROWS = 16
"""Origins at a time: each needs eight bytes a junction."""


@dataclass(frozen=True, slots=True, eq=False)
class DijkstraHierarchy:
    """Stands in for ``Hierarchy``: there is nothing to prepare."""

    network: RoadNetwork

    def customised(self, weights_cs: NDArray[np.int32]) -> DijkstraMetric:
        """Shortest paths for one set of centiseconds [m]; ``CLOSED`` or more closes an arc."""
        return DijkstraMetric(self.network, weights_cs)

    def selected(self, where: Where) -> Places:
        """Places, to be used again."""
        return places_at(where, self.network, np.arange(self.network.nodes, dtype=np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class DijkstraMetric:
    """Stands in for ``Metric``."""

    network: RoadNetwork
    centiseconds: NDArray[np.int32]  # [m]

    def matrix(
        self, origins: Where | Places, destinations: Where | Places, *, metres: bool = True, threads: int = 1
    ) -> Matrix:
        """Times and lengths from every origin to every destination."""
        start, end = self._places(origins), self._places(destinations)
        graph, source, target = self._graph(start, end)
        seconds = np.empty((len(start), len(end)), np.uint16)
        length = np.empty(seconds.shape, np.int32)

        def fill(begin: int) -> None:
            rows = slice(begin, begin + ROWS)
            distance = dijkstra(graph, indices=source[rows])[:, target]
            there = distance < CLOSED * float(LENGTHS)
            cs, dm = np.divmod(np.where(there, distance, 0).astype(np.int64), LENGTHS)
            seconds[rows] = np.where(there, np.minimum((cs + 50) // 100, UNREACHABLE), UNREACHABLE)
            length[rows] = np.where(seconds[rows] < UNREACHABLE, (dm + 5) // 10, NOWHERE)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fill, range(0, len(start), ROWS)))
        return Matrix(seconds, length if metres else None)

    def kept(self, others: Places) -> Places:
        """Places, ready to be asked about one place after another by ``around``."""
        return others

    def around(self, place: Where, others: Places) -> tuple[Matrix, Matrix]:
        """One place (or k) and all others: times and lengths from it [k, p] and to it [p, k]."""
        return self.matrix(place, others), self.matrix(others, place)

    def path(self, origin: Where, destination: Where) -> Path | None:
        """The roads from one place to another; None where there is no way."""
        (path,) = self.paths(origin, destination)
        return path

    def paths(self, origins: Where, destinations: Where) -> Iterator[Path | None]:
        """The roads from each origin to the destination of the same position; None where there is no way."""
        start, end = self._places(origins), self._places(destinations)
        if len(start) != len(end):
            raise ValueError(f"{len(start):,} origins and {len(end):,} destinations")
        direct = along_the_road(start, end, self.network, self.centiseconds)
        best = self._best_arcs()
        for p in range(len(start)):
            one = np.array([p])
            graph, source, target = self._graph(start[one], end[one], straight_too=False)
            distance, before = dijkstra(graph, indices=source[0], return_predecessors=True)
            chain = [int(target[0])]
            while before[chain[-1]] >= 0:
                chain.append(int(before[chain[-1]]))
            nodes = chain[-2:0:-1]
            arcs = [best[pair] for pair in pairwise(nodes)]
            found = distance[target[0]]
            weight = INF
            if found < CLOSED * float(LENGTHS):
                cs, dm = divmod(int(found), LENGTHS)
                weight = (cs << 32) + dm
            first, last = (nodes[0], nodes[-1]) if nodes else (-1, -1)
            yield way(start, end, p, int(direct[p]), weight, np.array(arcs, np.int32), first, last)

    def _graph(
        self, origins: Places, destinations: Places, *, straight_too: bool = True
    ) -> tuple[csr_array, NDArray[np.int64], NDArray[np.int64]]:
        """The open roads with every place as a junction of its own, and which junctions those are."""
        n, roads = self.network.nodes, self.network
        source = n + np.arange(len(origins))
        target = n + len(origins) + np.arange(len(destinations))
        open_road = self.centiseconds < CLOSED
        weight = (self.centiseconds[open_road].astype(np.int64) << 32) + roads.decimetres[open_road]
        parts = [(roads.tail[open_road].astype(np.int64), roads.head[open_road].astype(np.int64), weight)]
        for end, weights in zip((origins.low, origins.high), leaving(origins, roads, self.centiseconds), strict=True):
            parts.append((source, end.astype(np.int64), weights))
        ends = zip((destinations.low, destinations.high), reaching(destinations, roads, self.centiseconds), strict=True)
        for end, weights in ends:
            parts.append((end.astype(np.int64), target, weights))
        if straight_too:
            i, j, weights = straight(origins, destinations, roads, self.centiseconds)
            parts.append((source[i], target[j], weights))
        tail, head, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
        size = n + len(origins) + len(destinations)
        return _csr(tail, head, weight, size), source, target

    def _best_arcs(self) -> dict[tuple[int, int], int]:
        """The open arc of least weight between two junctions."""
        roads, best = self.network, {}
        order = np.lexsort((roads.decimetres, self.centiseconds))[::-1]
        for arc in order[self.centiseconds[order] < CLOSED]:
            best[int(roads.tail[arc]), int(roads.head[arc])] = int(arc)
        return best

    def _places(self, where: Where | Places) -> Places:
        return where if isinstance(where, Places) else DijkstraHierarchy(self.network).selected(where)


def _csr(tail: NDArray[np.int64], head: NDArray[np.int64], weight: NDArray[np.int64], size: int) -> csr_array:
    """Of parallel arcs only the least is kept: a sparse matrix would add them up."""
    there = weight < INF
    tail, head, weight = tail[there], head[there], weight[there]
    order = np.lexsort((weight, head, tail))
    tail, head, weight = tail[order], head[order], weight[order]
    first = np.ones(len(tail), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    distance = (weight[first] >> 32) * float(LENGTHS) + (weight[first] & 0xFFFFFFFF)
    start = np.searchsorted(tail[first], np.arange(size + 1))
    return csr_array((distance, head[first], start), shape=(size, size))
