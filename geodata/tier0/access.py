"""Kernels for the ways between a place and the skeleton."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.jit import kernel
from geodata.tier0.water import crosses

MOTORWAY = 0
"""Index into KINDS: may be entered at its junctions only."""

SLACK = 25.0
"""Minutes by which a way to the skeleton may be worse than the best one of the place."""


@kernel
def ways_to_skeleton(
    places: NDArray[np.float64],
    at: NDArray[np.float64],
    link: NDArray[np.int32],
    kind: NDArray[np.int32],
    link_km: NDArray[np.float64],
    over_water: NDArray[np.bool_],
    water: NDArray[np.float64],
    seconds_between: NDArray[np.float32],
    per_access: float,
    per_access_km: float,
    per_km: NDArray[np.float64],
    node: NDArray[np.int32],
    off_km: NDArray[np.float64],
    along: NDArray[np.int32],
    along_km: NDArray[np.float64],
) -> None:
    """For each place [p] the ways [k] to junctions that are worth a try, the best first.

    A way leads ``off_km`` straight, over no water, to the junction ``node`` or to a road that is no motorway, and from
    there ``along_km`` on the link ``along`` to the junction. Left out is a way that is not faster than by another
    junction, in seconds: those of an access, of a kilometre off and of a kilometre on each link (``per_km`` [m]).
    Unused ways have node -1.
    """
    n, m = len(at), len(link)
    to = np.empty(n + 2 * m, np.int32)
    by = np.empty(n + 2 * m, np.int32)
    off = np.empty(n + 2 * m)
    on = np.empty(n + 2 * m)
    cost = np.empty(n + 2 * m)
    for place in range(len(places)):
        x, y = places[place, 0], places[place, 1]
        count = 0
        for v in range(n):
            to[count], by[count], on[count] = v, -1, 0.0
            off[count] = np.hypot(x - at[v, 0], y - at[v, 1])
            count += 1
        for a in range(m):
            if kind[a] == MOTORWAY or over_water[a]:
                continue
            tail, head = link[a, 0], link[a, 1]
            dx, dy = at[head, 0] - at[tail, 0], at[head, 1] - at[tail, 1]
            share = ((x - at[tail, 0]) * dx + (y - at[tail, 1]) * dy) / (dx * dx + dy * dy)
            if 0 < share < 1:
                far = np.hypot(x - at[tail, 0] - share * dx, y - at[tail, 1] - share * dy)
                to[count], by[count], off[count], on[count] = tail, a, far, share * link_km[a]
                to[count + 1], by[count + 1], off[count + 1], on[count + 1] = head, a, far, (1 - share) * link_km[a]
                count += 2
        least = np.inf
        for w in range(count):
            cost[w] = per_access + per_access_km * off[w] + (per_km[by[w]] * on[w] if by[w] >= 0 else 0.0)
            least = min(least, cost[w])
        kept = 0
        for w in range(count):
            if cost[w] <= least + 60 * SLACK:
                to[kept], by[kept], off[kept], on[kept], cost[kept] = to[w], by[w], off[w], on[w], cost[w]
                kept += 1
        found = 0
        while found < node.shape[1]:
            best = -1
            for w in range(kept):
                if cost[w] < np.inf and (best < 0 or cost[w] < cost[best]):
                    best = w
            if best < 0:
                break
            seconds, v, a = cost[best], to[best], by[best]
            cost[best] = np.inf
            end_x, end_y = at[v, 0], at[v, 1]
            if a >= 0:
                share = on[best] / link_km[a]
                far_end = link[a, 0] + link[a, 1] - v
                end_x += share * (at[far_end, 0] - at[v, 0])
                end_y += share * (at[far_end, 1] - at[v, 1])
            if crosses(x, y, end_x, end_y, water):
                continue
            node[place, found], off_km[place, found] = v, off[best]
            along[place, found], along_km[place, found] = a, on[best]
            found += 1
            for w in range(kept):
                if seconds + seconds_between[v, to[w]] <= cost[w]:
                    cost[w] = np.inf
