"""What a sweep needs, laid out for its kernel: rows, columns, ways straight along a road, working memory."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels.sweep import gather, permute_columns, sweep
from geodata.cch.kernels.tables import Lanes, Pairs, Roads, Rows, Scratch, Tree
from geodata.cch.matrix import Matrix
from geodata.cch.pairs import straight
from geodata.cch.places import Places, leaving, reaching
from geodata.cch.selection import Selection

LANES = 128
"""Places of a batch: enough to hide what a batch costs, few enough that a path of the tree stays in the L2 cache."""

UP, DOWN = 0, 1
"""Whether ways lead from the rows up the tree, or down to them."""


class Weighted(Protocol):
    """What of a metric is needed here."""

    @property
    def roads(self) -> Roads: ...
    @property
    def tree(self) -> Tree: ...
    @property
    def centiseconds(self) -> NDArray[np.int32]: ...
    @property
    def weights(self) -> NDArray[np.int64]: ...


def rows_of(selection: Selection, metric: Weighted, side: int, metres: bool) -> Rows:
    """A selection with the weights of a metric: whole ones, or centiseconds alone where metres are not wanted."""
    kind, shift = _lane(metres)
    arc_weight = np.empty(len(selection.arc_level), kind)
    gather(selection.node, metric.tree.first, metric.weights, side, shift, arc_weight)
    ends = (leaving if side == UP else reaching)(selection.places, metric.roads, metric.centiseconds)
    low_weight, high_weight = ((weight[selection.place] >> shift).astype(kind) for weight in ends)
    return Rows(
        node=selection.node,
        depth=selection.depth,
        arc_first=selection.arc_first,
        arc_level=selection.arc_level,
        arc_weight=arc_weight,
        place_first=selection.place_first,
        place=selection.place,
        high_depth=selection.high_depth,
        low_weight=low_weight,
        high_weight=high_weight,
    )


def swept(
    selection: Selection, rows: Rows, columns: Places, metric: Weighted, side: int, metres: bool, threads: int = 1
) -> Matrix:
    """A row for each place of the selection, a column for each of ``columns``."""
    kind, shift = _lane(metres)
    width, batches = _batches(len(columns))
    column = np.argsort(columns.low, kind="stable").astype(np.int32)
    ends = (reaching if side == UP else leaving)(columns, metric.roads, metric.centiseconds)
    weights = ((weight[column] >> shift).astype(kind) for weight in ends)
    lanes = Lanes(columns.low[column], columns.high[column], *weights)
    if side == UP:
        i, j, weight = straight(selection.places, columns, metric.roads, metric.centiseconds)
    else:
        j, i, weight = straight(columns, selection.places, metric.roads, metric.centiseconds)
    pairs = _pairs(_inverse(selection.place)[i], _inverse(column)[j], (weight >> shift).astype(kind), width, batches)
    seconds = np.empty((len(selection), len(columns)), np.uint16)
    length = np.empty((len(selection), len(columns) if metres else 0), np.int32)
    height = int(metric.tree.depth.max()) + 1

    def fill(begin: int, end: int) -> None:
        scratch = _scratch(height, len(metric.tree.parent), width, kind)
        tree, arcs = metric.tree, metric.weights
        sweep(begin, end, lanes, tree, arcs, 1 - side, shift, rows, pairs, scratch, seconds, length)

    def sort(begin: int, end: int) -> None:
        for matrix in (seconds, length) if metres else (seconds,):
            permute_columns(matrix[begin:end], column, np.empty(len(column), matrix.dtype))

    _shared(fill, batches, threads)
    _shared(sort, len(selection), threads)
    return Matrix(seconds, length if metres else None)


def _lane(metres: bool) -> tuple[Any, int]:
    """Type of a lane and how many bits of a weight it leaves out."""
    return (np.int64, 0) if metres else (np.int32, 32)


def _batches(places: int) -> tuple[int, int]:
    """Lanes of a batch and batches, none much emptier than the others."""
    batches = -(-places // LANES)
    width = -(-places // max(batches, 1))
    return (width if width < 16 else -(-width // 16) * 16), batches


def _pairs(place: NDArray[Any], column: NDArray[Any], weight: NDArray[Any], width: int, batches: int) -> Pairs:
    batch, lane = np.divmod(column, max(width, 1))
    order = np.lexsort((place, batch))
    first = np.searchsorted(batch[order], np.arange(batches + 1))
    return Pairs(first.astype(np.int32), place[order].astype(np.int32), lane[order].astype(np.int32), weight[order])


def _scratch(height: int, nodes: int, width: int, kind: Any) -> Scratch:
    most = min(width * height, nodes)
    return Scratch(
        stack=np.empty((height, width), kind),
        store=np.empty((most, width), kind),
        visited=np.empty(most, np.int32),
        line=np.empty(width, kind),
    )


def _inverse(permutation: NDArray[np.int32]) -> NDArray[np.int64]:
    position = np.empty(len(permutation), np.int64)
    position[permutation] = np.arange(len(permutation))
    return position


def _shared(work: Callable[[int, int], None], count: int, threads: int) -> None:
    """Do ``work(begin, end)`` on all of ``count``, cut into as many parts as there are threads."""
    if threads == 1:
        work(0, count)
        return
    cuts = pairwise(count * k // threads for k in range(threads + 1))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda cut: work(*cut), cuts))
