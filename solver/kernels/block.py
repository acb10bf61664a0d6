"""Exact times of one block: stops in a fixed order between two moments with nobody aboard.

Windows, travel and ride limits are difference constraints. Entered at time t ≤ ``latest``, a block finishes at
max(``finish``, t + ``span``) and not otherwise; the three numbers are longest paths, found by sweeps
(Bellman–Ford on a line with ride-limit back-arcs).
"""

from __future__ import annotations

import numpy as np

from solver.kernels.jit import kernel
from solver.problem import NEVER

LEG = np.dtype(
    [(name, np.int32) for name in ("stop", "leg", "service", "earliest", "latest", "ride", "mate", "time", "load")]
)
"""A stop of the block under test. ``leg`` from the stop before (not used in the first), ``mate`` the position of
a drop-off's pick-up (-1 at pick-ups), ``ride`` its limit, ``time`` the begin being computed."""


@kernel
def finish_from(line, count, start):
    """Earliest finish of the block entered at ``start``, or NEVER; leaves the begins in ``time``."""
    for k in range(count):
        line[k].time = line[k].earliest
    line[0].time = max(line[0].time, start)
    return _settle(line, count, True)


@kernel
def span_of(line, count):
    """Longest path from the entry to the finish, windows left out, or NEVER where ride limits contradict it."""
    for k in range(count):
        line[k].time = 0
    return _settle(line, count, False)


@kernel
def _settle(line, count, windows):
    """Raise the begins until legs and ride limits hold (and the latest begins too, with ``windows``)."""
    for _ in range(count + 1):
        if windows and line[0].time > line[0].latest:
            return NEVER
        for k in range(1, count):
            soonest = line[k - 1].time + line[k - 1].service + line[k].leg
            line[k].time = max(line[k].time, soonest)
            if windows and line[k].time > line[k].latest:
                return NEVER
        raised = False
        for k in range(count - 1, 0, -1):
            mate = line[k].mate
            if mate >= 0:
                needed = line[k].time - line[k].ride - line[mate].service
                if line[mate].time < needed:
                    line[mate].time = needed
                    raised = True
        if not raised:
            return line[count - 1].time + line[count - 1].service
    return NEVER


@kernel
def latest_start(line, count):
    """Latest begin of the first stop that keeps every window and ride limit of the block, or -NEVER."""
    for k in range(count):
        line[k].time = line[k].latest
    for _ in range(count + 1):
        if line[count - 1].time < line[count - 1].earliest:
            return -NEVER
        for k in range(count - 2, -1, -1):
            last = line[k + 1].time - line[k + 1].leg - line[k].service
            line[k].time = min(line[k].time, last)
            if line[k].time < line[k].earliest:
                return -NEVER
        lowered = False
        for k in range(1, count):
            mate = line[k].mate
            if mate >= 0:
                last = line[mate].time + line[mate].service + line[k].ride
                if line[k].time > last:
                    line[k].time = last
                    lowered = True
        if not lowered:
            return line[0].time
    return -NEVER


@kernel
def through(finish, span, latest, start):
    """Finish of a block entered at ``start``."""
    if start > latest:
        return NEVER
    end = start + span
    return max(end, finish)


@kernel
def start_for(finish, span, latest, deadline):
    """Latest start of a block that must have finished by ``deadline``, or -NEVER."""
    if finish > deadline:
        return -NEVER
    last = deadline - span
    return min(last, latest)
