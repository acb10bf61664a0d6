"""Arcs from node to node into chains from junction to junction; what lies between becomes shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.extract.arcs import Arcs


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """c chains of arcs, sorted by tail; those of chain i are ``arc[first[i] : first[i + 1]]``, in their order."""

    arc: NDArray[np.int64]
    first: NDArray[np.int64]  # [c + 1]


def chains_of(arcs: Arcs, nodes: int) -> Chains:
    """Chains without loops and without two that share both ends in one direction.

    A node is passed by where exactly two roads meet, or two halves of one, and traffic class and toll stay the same. A
    street that leaves a junction and returns to it, and every street but one of those that join the same two junctions,
    gets junctions of its own on the way, so that no address on it is lost.
    """
    following = _following(arcs, nodes)
    if np.all(following >= 0):
        following[arcs.head == arcs.tail[0]] = -1  # a ring without junctions begins somewhere
    while True:
        chains = _walked(following)
        stops = _further_junctions(arcs, chains)
        if not len(stops):
            return chains
        following[np.isin(arcs.head, stops)] = -1


def _following(arcs: Arcs, nodes: int) -> NDArray[np.int64]:
    """The arc that goes on where an arc ends, -1 where it ends at a junction."""
    out, into = np.bincount(arcs.tail, minlength=nodes), np.bincount(arcs.head, minlength=nodes)
    first = np.searchsorted(arcs.tail, np.arange(nodes))
    two_way = _has_reverse(arcs, nodes)
    reversed_out = np.bincount(arcs.tail[two_way], minlength=nodes)
    # two neighbours: in and out by one-way arcs, or both to and fro
    passed = (out == into) & (((out == 1) & (reversed_out == 0)) | ((out == 2) & (reversed_out == 2)))
    after = np.where(passed[arcs.head], first[arcs.head], 0)
    after += passed[arcs.head] & (arcs.head[after] == arcs.tail) & (out[arcs.head] == 2)
    changes = (arcs.traffic_class[after] != arcs.traffic_class) | (arcs.toll[after] != arcs.toll)
    passed[arcs.head[changes & passed[arcs.head]]] = False
    return np.where(passed[arcs.head], after, -1)


def _has_reverse(arcs: Arcs, nodes: int) -> NDArray[np.bool_]:
    name, reverse = arcs.tail * nodes + arcs.head, arcs.head * nodes + arcs.tail
    at = np.minimum(np.searchsorted(name, reverse), len(name) - 1)
    found: NDArray[np.bool_] = name[at] == reverse
    return found


def _walked(following: NDArray[np.int64]) -> Chains:
    """All chains at once, a step at a time: as many steps as the longest has arcs."""
    begins = np.ones(len(following), bool)
    begins[following[following >= 0]] = False
    at = np.flatnonzero(begins)
    walker = np.arange(len(at))
    length = np.zeros(len(at), np.int64)
    steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    while len(at):
        steps.append((walker, at))
        length[walker] += 1
        at = following[at]
        going = at >= 0
        at, walker = at[going], walker[going]
    first = np.concatenate([[0], np.cumsum(length)])
    arc = np.empty(first[-1], np.int64)
    for step, (walker, at) in enumerate(steps):
        arc[first[walker] + step] = at
    return Chains(arc, first)


def _further_junctions(arcs: Arcs, chains: Chains) -> NDArray[np.int64]:
    """Nodes that break loops at their thirds and, of chains that share both ends, all but one in the middle."""
    begin, length = chains.first[:-1], np.diff(chains.first)
    tail, head = arcs.tail[chains.arc[begin]], arcs.head[chains.arc[chains.first[1:] - 1]]
    loop = np.flatnonzero((tail == head) & (length > 2))
    seconds = np.add.reduceat(arcs.seconds[chains.arc], begin)
    # the one that stays whole has no node to break it at, or is the fastest
    order = np.lexsort((seconds, length > 1, head, tail))
    again = (tail[order[1:]] == tail[order[:-1]]) & (head[order[1:]] == head[order[:-1]])
    parallel = order[1:][again]
    parallel = parallel[length[parallel] > 1]
    parallel = parallel[tail[parallel] != head[parallel]]
    return np.concatenate(
        [
            _inner(arcs, chains, loop, length[loop] // 3),
            _inner(arcs, chains, loop, 2 * length[loop] // 3),
            _inner(arcs, chains, parallel, length[parallel] // 2),
        ]
    )


def _inner(arcs: Arcs, chains: Chains, chain: NDArray[np.int64], number: NDArray[np.int64]) -> NDArray[np.int64]:
    """The ``number``-th inner node of chains, counted from the same end for both directions of a street."""
    begin, end = chains.first[chain], chains.first[chain + 1]
    turned = arcs.head[chains.arc[begin]] > arcs.tail[chains.arc[end - 1]]
    nodes: NDArray[np.int64] = arcs.head[chains.arc[np.where(turned, end - number, begin + number) - 1]]
    return nodes
