"""Many-to-many: a batch of lanes at a time, climbed from, then one sweep down the tree for all rows.

Post-order makes both passes a walk through the elimination tree. Whatever a node refers to lies on its path to the
root, so one row of lanes a depth is all that is ever touched, and it stays in the processor's nearest caches.

Lanes are weights (64 bits, ``shift`` 0) or centiseconds alone (32 bits, ``shift`` 32, the bits that are left out).
"""

from __future__ import annotations

import numpy as np

from geodata.cch.kernels.customise import INF
from geodata.cch.kernels.jit import kernel
from geodata.travel_times import UNREACHABLE

NOWHERE = -1
"""Metres where there is no way."""


@kernel
def sweep(batch_from, batch_to, lanes, tree, weights, side, shift, rows, pairs, scratch, seconds, metres):
    """Fill the columns of some batches; ``weights[:, side]`` lead from nodes to lanes where rows are origins."""
    stack = scratch.stack
    line = scratch.line
    kind = stack.dtype.type
    none = kind(INF >> shift)
    width = stack.shape[1]
    for batch in range(batch_from, batch_to):
        begin = batch * width
        end = min(begin + width, len(lanes.low))
        found = climb(begin, end, lanes, tree, weights, side, shift, scratch)
        pair = pairs.first[np.uint32(batch)]
        for s in range(len(rows.node)):
            row = stack[np.uint32(rows.depth[s])]
            while found > 0 and scratch.visited[np.uint32(found - 1)] > rows.node[s]:
                found -= 1  # above lanes alone
            if found > 0 and scratch.visited[np.uint32(found - 1)] == rows.node[s]:
                found -= 1
                kept = scratch.store[np.uint32(found)]
                for k in range(width):
                    row[k] = kept[k]
            else:
                for k in range(width):
                    row[k] = none
            relax(row, rows.arc_first[s], rows.arc_first[s + 1], rows.arc_level, rows.arc_weight, stack)
            for q in range(rows.place_first[s], rows.place_first[s + 1]):
                low_weight = rows.low_weight[q]
                high_weight = rows.high_weight[q]
                high = stack[np.uint32(rows.high_depth[q])]
                for k in range(width):
                    line[k] = min(kind(row[k] + low_weight), kind(high[k] + high_weight))
                while pair < pairs.first[np.uint32(batch + 1)] and pairs.place[np.uint32(pair)] == q:
                    here = np.uint32(pairs.lane[np.uint32(pair)])
                    line[here] = min(line[here], pairs.weight[np.uint32(pair)])
                    pair += 1
                p = np.uint32(rows.place[q])
                write(line, 32 - shift, seconds[p, begin:end], metres[p, begin:end])


@kernel
def climb(begin, end, lanes, tree, weights, side, shift, scratch):
    """Ways between the lanes of a batch and all nodes above them, kept in ascending order; returns how many nodes."""
    stack = scratch.stack
    kind = stack.dtype.type
    none = kind(INF >> shift)
    width = stack.shape[1]
    for d in range(len(stack)):
        for k in range(width):
            stack[d, k] = none
    found = 0
    lane = begin
    while lane < end:
        v = lanes.low[np.uint32(lane)]
        while lane < end and lanes.low[np.uint32(lane)] == v:
            here = np.uint32(lane - begin)
            row = stack[np.uint32(tree.depth[np.uint32(v)])]
            row[here] = min(row[here], lanes.low_weight[np.uint32(lane)])
            row = stack[np.uint32(tree.depth[np.uint32(lanes.high[np.uint32(lane)])])]
            row[here] = min(row[here], lanes.high_weight[np.uint32(lane)])
            lane += 1
        below = lanes.low[np.uint32(lane)] if lane < end else len(tree.parent)
        while 0 <= v < below:
            row = stack[np.uint32(tree.depth[np.uint32(v)])]
            kept = scratch.store[np.uint32(found)]
            scratch.visited[np.uint32(found)] = v
            found += 1
            for k in range(width):
                kept[k] = row[k]
                row[k] = none
            for a in range(tree.first[np.uint32(v)], tree.first[np.uint32(v + 1)]):
                weight = kind(weights[np.uint32(a), side] >> shift)
                row = stack[np.uint32(tree.level[np.uint32(a)])]
                for k in range(width):
                    row[k] = min(row[k], kind(kept[k] + weight))
            v = tree.parent[np.uint32(v)]
    return found


@kernel
def relax(row, begin, end, arc_level, arc_weight, stack):
    """Ways by the nodes above, four at a time."""
    kind = stack.dtype.type  # sums of 32 bits would be of 64
    a = begin
    while a + 4 <= end:
        w0 = arc_weight[np.uint32(a)]
        w1 = arc_weight[np.uint32(a + 1)]
        w2 = arc_weight[np.uint32(a + 2)]
        w3 = arc_weight[np.uint32(a + 3)]
        r0 = stack[np.uint32(arc_level[np.uint32(a)])]
        r1 = stack[np.uint32(arc_level[np.uint32(a + 1)])]
        r2 = stack[np.uint32(arc_level[np.uint32(a + 2)])]
        r3 = stack[np.uint32(arc_level[np.uint32(a + 3)])]
        for k in range(stack.shape[1]):
            row[k] = min(row[k], kind(w0 + r0[k]), kind(w1 + r1[k]), kind(w2 + r2[k]), kind(w3 + r3[k]))
        a += 4
    if a + 2 <= end:
        w0 = arc_weight[np.uint32(a)]
        w1 = arc_weight[np.uint32(a + 1)]
        r0 = stack[np.uint32(arc_level[np.uint32(a)])]
        r1 = stack[np.uint32(arc_level[np.uint32(a + 1)])]
        for k in range(stack.shape[1]):
            row[k] = min(row[k], kind(w0 + r0[k]), kind(w1 + r1[k]))
        a += 2
    if a < end:
        w0 = arc_weight[np.uint32(a)]
        r0 = stack[np.uint32(arc_level[np.uint32(a)])]
        for k in range(stack.shape[1]):
            row[k] = min(row[k], kind(w0 + r0[k]))


@kernel
def write(line, shift, seconds, metres):
    """Whole seconds of one place from its lanes, and metres where those are wanted (else of no length).

    All in 32 bits, said so at every step: else numba takes 64, and the loop seven times as long.
    """
    for k in range(len(seconds)):
        whole = np.uint32(np.uint32(line[k] >> shift) + 50) // np.uint32(100)
        seconds[k] = min(np.uint32(whole), np.uint32(UNREACHABLE))
    for k in range(len(metres)):
        whole = np.uint32(np.uint32(line[k]) + 5) // np.uint32(10)
        metres[k] = NOWHERE if seconds[k] == UNREACHABLE else np.int32(whole)


@kernel
def gather(node, first, weights, side, shift, out):
    """Weights of the arcs up from some nodes, one after another."""
    found = 0
    for s in range(len(node)):
        v = np.uint32(node[s])
        for a in range(first[v], first[v + np.uint32(1)]):
            out[np.uint32(found)] = weights[np.uint32(a), side] >> shift
            found += 1


@kernel
def permute_columns(matrix, column, line):
    """Move entry k of every row to ``column[k]``."""
    for r in range(len(matrix)):
        row = matrix[r]
        for k in range(len(column)):
            line[k] = row[k]
        for k in range(len(column)):
            row[np.uint32(column[k])] = line[k]
