"""Kernels for the ways between a place and the skeleton.

A way leads ``off`` kilometres straight, over no water, to the junction ``to``, or to a road that is no motorway and
from there ``on`` kilometres along its link ``by`` to the junction; ``by`` is -1 where there is none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.jit import kernel
from geodata.tier0.water import crosses

MOTORWAY = 0
"""Index into KINDS: may be entered at its junctions only."""

SLACK = 25 * 60.0
"""Seconds by which a way may be worse than the best one of the place."""


@kernel
def ways_to_skeleton(
    places: NDArray[np.float64],
    at: NDArray[np.float64],
    link: NDArray[np.int32],
    kind: NDArray[np.int32],
    link_km: NDArray[np.float64],
    over_water: NDArray[np.bool_],
    water: NDArray[np.float64],
    between: NDArray[np.float32],
    per: NDArray[np.float64],
    per_km: NDArray[np.float64],
    to: NDArray[np.int32],
    off: NDArray[np.float64],
    by: NDArray[np.int32],
    on: NDArray[np.float64],
) -> None:
    """For each place [p] the ways [k] that are worth a try, the fastest first; ``to`` is -1 where there are no more.

    Left out is a way to a junction that is reached no later by another. Seconds are those ``between`` junctions,
    ``per`` access and kilometre off the skeleton, and ``per_km`` of each link [m].
    """
    most = len(at) + 2 * len(link)
    to_all, by_all = np.empty(most, np.int32), np.empty(most, np.int32)
    off_all, on_all, cost = np.empty(most), np.empty(most), np.empty(most)
    for p in range(len(places)):
        x, y = places[p, 0], places[p, 1]
        count = list_ways(x, y, at, link, kind, link_km, over_water, to_all, off_all, by_all, on_all)
        least = np.inf
        for way in range(count):
            cost[way] = per[0] + per[1] * off_all[way]
            if by_all[way] >= 0:
                cost[way] += per_km[by_all[way]] * on_all[way]
            least = min(least, cost[way])
        left = 0
        for way in range(count):
            if cost[way] <= least + SLACK:
                to_all[left], off_all[left], by_all[left], on_all[left] = (
                    to_all[way], off_all[way], by_all[way], on_all[way],
                )  # fmt: skip
                cost[left] = cost[way]
                left += 1
        found = 0
        while left > 0 and found < to.shape[1]:
            way = int(np.argmin(cost[:left]))
            seconds, v, a = cost[way], to_all[way], by_all[way]
            if seconds == np.inf:
                break
            cost[way] = np.inf
            end_x, end_y = at[v, 0], at[v, 1]
            if a >= 0:
                share, other = on_all[way] / link_km[a], link[a, 0] + link[a, 1] - v
                end_x += share * (at[other, 0] - end_x)
                end_y += share * (at[other, 1] - end_y)
            if crosses(x, y, end_x, end_y, water):
                continue
            to[p, found], off[p, found], by[p, found], on[p, found] = v, off_all[way], a, on_all[way]
            found += 1
            for rest in range(left):
                if seconds + between[v, to_all[rest]] <= cost[rest]:
                    cost[rest] = np.inf


@kernel
def list_ways(
    x: float,
    y: float,
    at: NDArray[np.float64],
    link: NDArray[np.int32],
    kind: NDArray[np.int32],
    link_km: NDArray[np.float64],
    over_water: NDArray[np.bool_],
    to: NDArray[np.int32],
    off: NDArray[np.float64],
    by: NDArray[np.int32],
    on: NDArray[np.float64],
) -> int:
    """All ways from one place, water or not: to each junction and to both ends of each link beside it; their number."""
    for v in range(len(at)):
        to[v], off[v], by[v], on[v] = v, np.hypot(x - at[v, 0], y - at[v, 1]), -1, 0.0
    count = len(at)
    for a in range(len(link)):
        if kind[a] == MOTORWAY or over_water[a]:
            continue
        tail, head = link[a, 0], link[a, 1]
        dx, dy = at[head, 0] - at[tail, 0], at[head, 1] - at[tail, 1]
        share = ((x - at[tail, 0]) * dx + (y - at[tail, 1]) * dy) / (dx * dx + dy * dy)
        if 0 < share < 1:
            far = np.hypot(x - at[tail, 0] - share * dx, y - at[tail, 1] - share * dy)
            to[count], off[count], by[count], on[count] = tail, far, a, share * link_km[a]
            to[count + 1], off[count + 1], by[count + 1], on[count + 1] = head, far, a, (1 - share) * link_km[a]
            count += 2
    return count
