"""One shortest path, from two climbs to the roads that it follows."""

from __future__ import annotations

import numpy as np

from geodata.cch.kernels.customise import CLOSED, INF
from geodata.cch.kernels.jit import kernel


@kernel
def shortest(
    origin,
    origin_high,
    to_low,
    to_high,
    destination,
    destination_high,
    from_low,
    from_high,
    tree,
    weights,
    roads,
    centiseconds,
    climbs,
):
    """Write the roads of the least way into ``climbs.found``: how many, its weight, its first and last junction.

    The way begins at ``origin`` or ``origin_high``, the ends of the origin's road, after the weights to them, and ends
    likewise. The weight is INF where there is none.
    """
    begin(origin, origin_high, to_low, to_high, tree, climbs.there, climbs.there_via)
    begin(destination, destination_high, from_low, from_high, tree, climbs.back, climbs.back_via)
    rise(origin, tree, weights, 0, climbs.there, climbs.there_via)
    rise(destination, tree, weights, 1, climbs.back, climbs.back_via)
    top = meet(origin, destination, tree, climbs.there, climbs.back)
    if top < 0:
        return 0, INF, -1, -1
    d = np.uint32(tree.depth[np.uint32(top)])
    weight = climbs.there[d] + climbs.back[d]
    count = 0
    length, first = follow(top, tree, climbs.there_via, 0, climbs.chain)
    for k in range(length - 1, -1, -1):
        count = unpack(climbs.chain[k], tree, weights, roads, centiseconds, climbs, count)
    length, last = follow(top, tree, climbs.back_via, 1, climbs.chain)
    for k in range(length):
        count = unpack(climbs.chain[k], tree, weights, roads, centiseconds, climbs, count)
    return count, weight, first, last


@kernel
def begin(low, high, low_weight, high_weight, tree, reach, via):
    """Nothing is reached but the two ends of a road."""
    reach[:] = INF
    via[:] = -1
    d = np.uint32(tree.depth[np.uint32(low)])
    reach[d] = low_weight
    d = np.uint32(tree.depth[np.uint32(high)])
    reach[d] = min(reach[d], high_weight)


@kernel
def rise(v, tree, weights, side, reach, via):
    """Climb from node ``v``: least weights by depth, and the arc by which they came (-1 where the climb began).

    On entry ``reach`` holds the weights of the beginnings and INF elsewhere.
    """
    while v >= 0:
        here = reach[np.uint32(tree.depth[np.uint32(v)])]
        if here < INF:
            for a in range(tree.first[np.uint32(v)], tree.first[np.uint32(v + 1)]):
                d = np.uint32(tree.level[np.uint32(a)])
                weight = here + weights[np.uint32(a), side]
                if weight < reach[d]:
                    reach[d] = weight
                    via[d] = a
        v = tree.parent[np.uint32(v)]


@kernel
def meet(v, u, tree, there, back):
    """The node above both where their climbs together are least, -1 where there is none."""
    best = INF
    found = -1
    while v != u and v >= 0 and u >= 0:
        if v < u:
            v = tree.parent[np.uint32(v)]
        else:
            u = tree.parent[np.uint32(u)]
    while v >= 0 and u >= 0:
        d = np.uint32(tree.depth[np.uint32(v)])
        if there[d] + back[d] < best:
            best = there[d] + back[d]
            found = v
        v = tree.parent[np.uint32(v)]
    return found


@kernel
def follow(v, tree, via, side, chain):
    """The climb that ends in ``v``, from there down to its beginning: slots; returns how many and the beginning."""
    count = 0
    a = via[np.uint32(tree.depth[np.uint32(v)])]
    while a >= 0:
        chain[np.uint32(count)] = 2 * a + side
        count += 1
        v = tree.tail[np.uint32(a)]
        a = via[np.uint32(tree.depth[np.uint32(v)])]
    return count, v


@kernel
def unpack(slot, tree, weights, roads, centiseconds, climbs, count):
    """Write the roads of a slot behind ``climbs.found[:count]``; new count.

    A slot is twice a chordal arc, plus one where it is travelled down. It is a road of its weight, or the way by one
    node below both of its ends. What it is, is remembered in ``climbs.known``: the road + 1, or minus the arc from that
    node to the arc's tail - 1.
    """
    climbs.pending[0] = slot
    left = 1
    while left > 0:
        left -= 1
        slot = climbs.pending[np.uint32(left)]
        known = climbs.known[np.uint32(slot)]
        if known == 0:
            known = road_or_triangle(slot, tree, weights, roads, centiseconds)
            climbs.known[np.uint32(slot)] = known
        if known > 0:
            climbs.found[np.uint32(count)] = known - 1
            count += 1
        else:
            low = -known - 1
            high = arc_to(tree.head[np.uint32(slot >> 1)], low, tree)
            down = slot & 1
            climbs.pending[np.uint32(left)] = 2 * low if down else 2 * high
            climbs.pending[np.uint32(left + 1)] = 2 * high + 1 if down else 2 * low + 1
            left += 2
    return count


@kernel
def road_or_triangle(slot, tree, weights, roads, centiseconds):
    """What gives a slot its weight, as ``unpack`` remembers it."""
    arc = np.uint32(slot >> 1)
    down = slot & 1
    weight = weights[arc, down]
    for k in range(roads.slot_first[np.uint32(slot)], roads.slot_first[np.uint32(slot + 1)]):
        a = np.uint32(roads.by_slot[np.uint32(k)])
        if centiseconds[a] < CLOSED and (np.int64(centiseconds[a]) << 32) + roads.decimetres[a] == weight:
            return np.int64(a) + 1
    v = np.uint32(tree.tail[arc])
    u = tree.head[arc]
    for k in range(tree.low_first[v], tree.low_first[v + np.uint32(1)]):
        low = tree.low_arc[np.uint32(k)]
        rest = weight - weights[np.uint32(low), 1 - down]
        if rest > 0:
            high = arc_to(u, low, tree)
            if high >= 0 and weights[np.uint32(high), down] == rest:
                return -np.int64(low) - 1
    return np.int64(0)


@kernel
def arc_to(u, arc, tree):
    """The arc to node ``u`` from the tail of ``arc``, among those behind it; -1 where there is none."""
    left = arc + 1
    end = tree.first[np.uint32(tree.tail[np.uint32(arc)] + 1)]
    right = end
    while left < right:
        middle = (left + right) >> 1
        if tree.head[np.uint32(middle)] < u:
            left = middle + 1
        else:
            right = middle
    return left if left < end and tree.head[np.uint32(left)] == u else -1
