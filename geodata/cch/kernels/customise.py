"""Weights of the chordal graph: an arc lasts no longer than the way round by any node below both of its ends.

A weight is one integer, centiseconds × 2³² + decimetres, so that the least weight is the least time and, among equal
times, the least length; sums and minima keep both exact. ``weights[arc]`` is (up, down).
"""

from __future__ import annotations

import numpy as np

from geodata.cch.kernels.jit import kernel

CLOSED = 2**29
"""Centiseconds (two months) of a road that is closed; a way that takes as long is none."""

INF = CLOSED << 32
"""Weight of no way; the sum of two is still an integer of 64 bits."""


@kernel
def pack(centiseconds, decimetres, slot, weights):
    """Each chordal arc gets the least of the roads that lie on it."""
    weights[:] = INF
    flat = weights.reshape(-1)
    for a in range(len(slot)):
        if centiseconds[a] < CLOSED:
            weight = (np.int64(centiseconds[a]) << 32) + decimetres[a]
            s = np.uint32(slot[a])
            flat[s] = min(flat[s], weight)


@kernel
def customise(tree, weights, row):
    """All lower triangles, nodes from below: when a node's turn comes, all below it are final.

    ``level[arc]`` is the depth of the arc's head: among the ancestors of a node it names one, so ``row`` [height, 2]
    holds the node's arcs spread out while its triangles are gone through.
    """
    for u in range(len(tree.first) - 1):
        begin = tree.first[u]
        end = tree.first[u + 1]
        for a in range(begin, end):
            d = np.uint32(tree.level[np.uint32(a)])
            row[d, 0] = weights[np.uint32(a), 0]
            row[d, 1] = weights[np.uint32(a), 1]
        for k in range(tree.low_first[u], tree.low_first[u + 1]):
            a = tree.low_arc[np.uint32(k)]
            to_u = weights[np.uint32(a), 0]
            from_u = weights[np.uint32(a), 1]
            for b in range(a + 1, tree.first[np.uint32(tree.tail[np.uint32(a)] + 1)]):
                d = np.uint32(tree.level[np.uint32(b)])
                row[d, 0] = min(row[d, 0], from_u + weights[np.uint32(b), 0])
                row[d, 1] = min(row[d, 1], weights[np.uint32(b), 1] + to_u)
        for a in range(begin, end):
            d = np.uint32(tree.level[np.uint32(a)])
            weights[np.uint32(a), 0] = row[d, 0]
            weights[np.uint32(a), 1] = row[d, 1]
