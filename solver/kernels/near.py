"""Which requests are near each other in space and time: the granular neighbourhood of the search."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.kernels.jit import kernel
from solver.kernels.parts import in_parts
from solver.problem import NEVER, Problem

Array = NDArray[Any]


def nearest(problem: Problem, node: Array, outbound: Array, inbound: Array, k: int) -> NDArray[np.int32]:
    """The ``k`` nearest other requests of each, nearest first, -1 where fewer can ever share or follow [n, k].

    ``node``, ``outbound`` and ``inbound`` are those of the tables.
    """
    n = problem.n_requests
    near = np.full((n, max(0, min(k, n - 1))), -1, np.int32)
    if near.size:
        location = np.concatenate([problem.pickup_location, problem.dropoff_location])
        service = np.concatenate([problem.pickup_service, problem.dropoff_service])
        window = np.concatenate([problem.pickup_window[1], problem.dropoff_window[1]])
        leaves = window + service[:, None]
        begins, ends = window.reshape(2, n, 2), leaves.reshape(2, n, 2)
        day = np.stack([begins[..., 0].min(0), begins[..., 1].max(0), ends[..., 0].min(0), ends[..., 1].max(0)])

        def fill(first: int, end: int) -> None:
            reach = np.zeros(near.shape[1], np.int32)
            list_nearest(outbound, inbound, node, location, window, leaves, day, reach, first, near[first:end])

        in_parts(fill, n)
    return near


@kernel
def list_nearest(outbound, inbound, node, location, window, leaves, day, reach, begin, near):
    """Fill ``near`` [rows, k] of the requests from ``begin`` on: by drive + wait between any stop of either request,
    whichever comes first.

    The wait left over after a drive makes of drive + wait the larger of the drive and the time between the last
    departure from one stop and the opening of the other, which needs no look at the travel times. ``day`` [4, n] are
    the first begin of each request, the last, the first departure, the last. ``reach`` [k] is scratch: what the
    requests listed so far are away, in order.
    """
    n, k = day.shape[1], near.shape[1]
    opens, closes, first, last = day[0], day[1], day[2], day[3]
    for row in range(near.shape[0]):
        i = begin + row
        reach[:] = NEVER
        for j in range(n):
            least = reach[k - 1]
            after = opens[j] - last[i] < least and first[i] <= closes[j]
            before = opens[i] - last[j] < least and first[j] <= closes[i]
            if j == i or not (after or before):
                continue
            for a in (i, n + i):
                for b in (j, n + j):
                    apart = window[b, 0] - leaves[a, 1]
                    if apart < least and leaves[a, 0] <= window[b, 1]:
                        drive = np.int32(outbound[np.uint32(node[a]), np.uint32(location[b])])
                        if leaves[a, 0] + drive <= window[b, 1]:
                            least = min(least, max(drive, apart))
                    apart = window[a, 0] - leaves[b, 1]
                    if apart < least and leaves[b, 0] <= window[a, 1]:
                        drive = np.int32(inbound[np.uint32(location[a]), np.uint32(node[b])])
                        if leaves[b, 0] + drive <= window[a, 1]:
                            least = min(least, max(drive, apart))
            if least < reach[k - 1]:
                place = k - 1
                while place > 0 and reach[place - 1] > least:
                    reach[place] = reach[place - 1]
                    near[row, place] = near[row, place - 1]
                    place -= 1
                reach[place] = least
                near[row, place] = j
