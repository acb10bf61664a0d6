"""From a contraction order to the chordal graph above it, by its elimination tree.

Nodes are numbered in the order. Contracting a node joins all its higher neighbours; the lowest of them is its parent in
the tree, and all of them are its ancestors. Nothing is contracted here: x is a higher neighbour of exactly those nodes
that lie on the tree paths from x's lower neighbours in the road network up to x (Liu 1990).
"""

from __future__ import annotations

import numpy as np

from geodata.cch.kernels.jit import kernel


@kernel
def elimination_tree(first, lower, parent, shortcut):
    """Parent of every node, -1 at roots; ``lower[first[x] : first[x + 1]]`` are neighbours of x below it."""
    n = len(parent)
    for x in range(n):
        parent[x] = -1
        shortcut[x] = -1
        for k in range(first[x], first[x + 1]):
            v = lower[np.uint32(k)]
            while shortcut[np.uint32(v)] >= 0 and shortcut[np.uint32(v)] != x:
                above = shortcut[np.uint32(v)]
                shortcut[np.uint32(v)] = x
                v = above
            if shortcut[np.uint32(v)] < 0 and v != x:
                shortcut[np.uint32(v)] = x
                parent[np.uint32(v)] = x


@kernel
def post_order(parent, size, begin, cursor, position):
    """Number the nodes so that every subtree is one range that ends with its root; order of ancestors is kept."""
    n = len(parent)
    size[:] = 1
    for v in range(n):
        if parent[v] >= 0:
            size[np.uint32(parent[v])] += size[v]
    roots = 0
    for v in range(n - 1, -1, -1):
        above = parent[v]
        if above >= 0:
            begin[v] = cursor[np.uint32(above)]
            cursor[np.uint32(above)] += size[v]
        else:
            begin[v] = roots
            roots += size[v]
        cursor[v] = begin[v]
        position[v] = begin[v] + size[v] - 1


@kernel
def count_higher(first, lower, parent, seen, count):
    """How many higher neighbours every node has in the chordal graph."""
    n = len(parent)
    seen[:] = -1
    count[:] = 0
    for x in range(n):
        seen[x] = x
        for k in range(first[x], first[x + 1]):
            v = lower[np.uint32(k)]
            while seen[np.uint32(v)] != x:
                seen[np.uint32(v)] = x
                count[np.uint32(v)] += 1
                v = parent[np.uint32(v)]


@kernel
def fill(first, lower, parent, seen, cursor, tail, head, low_first, low_arc):
    """Arcs of the chordal graph by tail, heads ascending; ``cursor`` starts at each node's first arc.

    ``low_arc[low_first[x] : low_first[x + 1]]`` are the arcs that end at x.
    """
    n = len(parent)
    seen[:] = -1
    found = 0
    for x in range(n):
        seen[x] = x
        low_first[x] = found
        for k in range(first[x], first[x + 1]):
            v = lower[np.uint32(k)]
            while seen[np.uint32(v)] != x:
                seen[np.uint32(v)] = x
                arc = cursor[np.uint32(v)]
                cursor[np.uint32(v)] = arc + 1
                tail[np.uint32(arc)] = v
                head[np.uint32(arc)] = x
                low_arc[np.uint32(found)] = arc
                found += 1
                v = parent[np.uint32(v)]
    low_first[n] = found


@kernel
def find_slots(tail, head, rank, first, higher, slot):
    """Where each road goes: twice its chordal arc, plus one where it leads down."""
    for a in range(len(tail)):
        v = rank[np.uint32(tail[a])]
        x = rank[np.uint32(head[a])]
        down = 0
        if v > x:
            v, x = x, v
            down = 1
        left = first[np.uint32(v)]
        right = first[np.uint32(v + 1)] - 1
        while left < right:
            middle = (left + right) >> 1
            if higher[np.uint32(middle)] < x:
                left = middle + 1
            else:
                right = middle
        slot[a] = 2 * left + down


@kernel
def depths(parent, depth):
    """Steps from every node to its root."""
    for v in range(len(parent) - 1, -1, -1):
        depth[v] = depth[np.uint32(parent[v])] + 1 if parent[v] >= 0 else 0
