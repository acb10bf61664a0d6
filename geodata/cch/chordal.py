"""From roads and an order to the chordal graph, numbered in post-order of its elimination tree."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.cch.kernels import chordal

Ints = NDArray[np.int32]


def chordal_graph(tail: Ints, head: Ints, order: Ints) -> dict[str, NDArray[Any]]:
    """The arrays of ``kernels.tables.Tree`` but depth and level, and how the roads lie on them.

    ``rank[junction]`` is the junction's number in post-order; road a lies on arc ``slot[a] // 2``, downwards where
    ``slot[a]`` is odd; ``by_slot`` are the roads sorted so.

    Raises
    ------
    ValueError
        A road from a junction to itself, which lies on no arc.
    """
    if (tail == head).any():
        raise ValueError("a road leads from a junction to itself; leave it out of the network")
    n, m = len(order), len(tail)
    rank = np.empty(n, np.int32)
    rank[order] = np.arange(n, dtype=np.int32)
    parent = _parents(*_lower(tail, head, rank), n)
    position = np.empty(n, np.int32)
    chordal.post_order(parent, *np.empty((3, n), np.int32), position)
    rank = position[rank]
    neighbours = _lower(tail, head, rank)
    parent = _parents(*neighbours, n)
    count, seen = np.empty((2, n), np.int32)
    chordal.count_higher(*neighbours, parent, seen, count)
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
    tails, heads, low_arc = np.empty((3, first[-1]), np.int32)
    low_first = np.empty(n + 1, np.int32)
    chordal.fill(*neighbours, parent, seen, first[:-1].copy(), tails, heads, low_first, low_arc)
    slot = np.empty(m, np.int32)
    chordal.find_slots(tail, head, rank, first, heads, slot)
    slots = np.bincount(slot, minlength=2 * len(heads))
    return {
        "rank": rank,
        "first": first,
        "parent": parent,
        "tail": tails,
        "head": heads,
        "low_first": low_first,
        "low_arc": low_arc,
        "slot": slot,
        "by_slot": np.argsort(slot, kind="stable").astype(np.int32),
        "slot_first": np.concatenate([[0], np.cumsum(slots)]).astype(np.int32),
    }


def depths(parent: Ints) -> Ints:
    """Steps from every node to its root."""
    depth = np.empty(len(parent), np.int32)
    chordal.depths(parent, depth)
    return depth


def _parents(first: Ints, lower: Ints, n: int) -> Ints:
    parent, shortcut = np.empty((2, n), np.int32)
    chordal.elimination_tree(first, lower, parent, shortcut)
    return parent


def _lower(tail: Ints, head: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Neighbours below each node, each once: first index by node, neighbours."""
    n = len(rank)
    ends = rank[tail], rank[head]
    pairs = np.unique(np.maximum(*ends).astype(np.int64) * n + np.minimum(*ends))
    first = np.searchsorted(pairs, np.arange(n + 1, dtype=np.int64) * n)
    return first.astype(np.int32), (pairs % n).astype(np.int32)
