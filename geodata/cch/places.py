"""Places in the tree: each hangs on the two ends of its road, of which one is always above the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels.customise import CLOSED, INF
from geodata.snapped import Snapped


class Arcs(Protocol):
    """What of a network is needed here."""

    @property
    def tail(self) -> NDArray[np.int32]: ...
    @property
    def head(self) -> NDArray[np.int32]: ...
    @property
    def decimetres(self) -> NDArray[np.int32]: ...


Where = NDArray[np.integer] | Snapped
"""Junctions of the network, or places on its roads."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """p places. A junction has ``arc`` -1 and hangs on itself alone."""

    low: NDArray[np.int32]  # [p] end of the road that is lower in the tree
    high: NDArray[np.int32]  # [p] the other end
    low_is_head: NDArray[np.bool_]  # [p] whether ``low`` is the head of ``arc[:, 0]``
    arc: NDArray[np.int32]  # [p, 2] road, of the two directions the smaller first; the other -1 where one-way
    fraction: NDArray[np.float64]  # [p] how far along ``arc[:, 0]``

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, which: NDArray[np.integer]) -> Places:
        return Places(self.low[which], self.high[which], self.low_is_head[which], self.arc[which], self.fraction[which])

    @property
    def on_road(self) -> NDArray[np.bool_]:
        return self.arc[:, 0] >= 0


def places_at(where: Where, roads: Arcs, rank: NDArray[np.int32]) -> Places:
    """Find junctions or snapped places in the tree.

    Raises
    ------
    ValueError
        A junction or arc that the network does not have, a fraction outside 0..1, an opposite arc that is none.
    """
    if isinstance(where, Snapped):
        return _on_roads(where, roads, rank)
    node = np.asarray(where)
    if node.ndim != 1 or (len(node) and not 0 <= node.min() <= node.max() < len(rank)):
        raise ValueError(f"junctions are numbers from 0 to {len(rank) - 1:,}")
    low = rank[node]
    nowhere = np.full((len(node), 2), -1, np.int32)
    return Places(low, low, np.zeros(len(node), bool), nowhere, np.zeros(len(node)))


def _on_roads(where: Snapped, roads: Arcs, rank: NDArray[np.int32]) -> Places:
    first, other = where.arc[:, 0], where.arc[:, 1]
    if len(first) and (first.min() < 0 or max(first.max(), other.max()) >= len(roads.tail)):
        raise ValueError(f"arcs are numbers from 0 to {len(roads.tail) - 1:,}")
    if not ((where.fraction >= 0) & (where.fraction <= 1)).all():
        raise ValueError("a place lies between the ends of its arc: fractions are from 0 to 1")
    both = other >= 0
    same = (roads.tail[first] == roads.head[other]) & (roads.head[first] == roads.tail[other])
    if not same[both].all():
        raise ValueError("the second arc of a place leads back along the first, or is -1")
    turn = both & (other < first)
    arc = np.where(turn[:, None], where.arc[:, ::-1], where.arc)
    tail, head = rank[roads.tail[arc[:, 0]]], rank[roads.head[arc[:, 0]]]
    return Places(
        low=np.minimum(tail, head),
        high=np.maximum(tail, head),
        low_is_head=head < tail,
        arc=arc,
        fraction=np.where(turn, 1 - where.fraction, where.fraction),
    )


def leaving(
    places: Places, roads: Arcs, centiseconds: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Weights from places to their low and high ends."""
    return _by_level(places, *(parts(places, side, roads, centiseconds)[1] for side in (0, 1)))


def reaching(
    places: Places, roads: Arcs, centiseconds: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Weights from the low and high ends of places to them."""
    along, against = (parts(places, side, roads, centiseconds)[0] for side in (0, 1))
    return _by_level(places, against, along)


def parts(
    places: Places, side: int, roads: Arcs, centiseconds: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Weights of the part before and the part after each place on ``arc[:, side]``; INF where closed or none."""
    before, after = np.full((2, len(places)), INF)
    there = np.flatnonzero(places.arc[:, side] >= 0)
    there = there[centiseconds[places.arc[there, side]] < CLOSED]
    arc = places.arc[there, side]
    fraction = places.fraction[there] if side == 0 else 1 - places.fraction[there]
    before[there] = _packed(np.rint(fraction * centiseconds[arc]), np.rint(fraction * roads.decimetres[arc]))
    after[there] = _packed(centiseconds[arc], roads.decimetres[arc]) - before[there]
    return before, after


def _packed(centiseconds: NDArray[np.number], decimetres: NDArray[np.number]) -> NDArray[np.int64]:
    weight: NDArray[np.int64] = (centiseconds.astype(np.int64) << 32) + decimetres.astype(np.int64)
    return weight


def _by_level(
    places: Places, at_head: NDArray[np.int64], at_tail: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    low = np.where(places.low_is_head, at_head, at_tail)
    high = np.where(places.low_is_head, at_tail, at_head)
    return np.where(places.on_road, low, 0), np.where(places.on_road, high, INF)
