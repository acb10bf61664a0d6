"""Exact times of one block: stops in a fixed order between two moments with nobody aboard.

Windows, travel and ride limits are difference constraints. Entered at time t ≤ ``latest``, a block finishes at
max(``finish``, t + ``span``) and not otherwise. Where every ride is short enough when nobody waits, ride limits move
neither of the three: a pick-up that is put off for a short ride delays nothing after its drop-off. So ``finish`` is one
pass forwards, ``latest`` one backwards, and the ride limits decide only whether the block holds at all (``settle``).
"""

from __future__ import annotations

import numpy as np

from solver.kernels.jit import kernel
from solver.problem import NEVER

LINE = np.dtype([(name, np.int32) for name in ("service", "earliest", "latest", "allowance", "mate", "reach", "time")])
"""A stop of the block under test. ``mate`` is the position of a drop-off's pick-up (-1 at pick-ups), ``allowance`` the
longest from begin to begin, ``reach`` the time from the block's entry if nobody waits, ``time`` the earliest begin."""


@kernel
def append(line, size, leg, stop, s, requests):
    """Put stop ``s``, entered by a leg (none at the first), behind a block; false where no timing holds any longer."""
    n = len(requests)
    here = line[np.uint32(size)]
    here.service = stop.service
    here.earliest = stop.earliest
    here.latest = stop.latest
    here.mate = -1
    if size == 0:
        here.reach = 0
        here.time = stop.earliest
    else:
        before = line[np.uint32(size - 1)]
        step = before.service + leg
        here.reach = before.reach + step
        here.time = max(before.time + step, stop.earliest)
    if here.time > here.latest:
        return False
    if s < n:
        requests[np.uint32(s)].position = size
        return True
    request = requests[np.uint32(s - n)]
    here.mate = request.position
    pickup = line[np.uint32(here.mate)]
    here.allowance = request.ride + pickup.service
    return here.reach - pickup.reach <= here.allowance


@kernel
def latest_start(line, size):
    """Latest begin of the first stop that keeps every window of the block."""
    last = line[np.uint32(size - 1)]
    latest = last.latest - last.reach  # as if everything happened at the block's entry
    for k in range(size - 1):
        stop = line[np.uint32(k)]
        latest = min(latest, stop.latest - stop.reach)
    return latest


@kernel
def settle(line, size):
    """Put off pick-ups until every ride is within its limit; false where a window does not allow it.

    From the last drop-off to the first: putting off a pick-up moves only what lies before its own drop-off.
    """
    for k in range(size - 1, 0, -1):
        dropoff = line[np.uint32(k)]
        if dropoff.mate < 0:
            continue
        q = dropoff.mate
        time = dropoff.time - dropoff.allowance
        while time > line[np.uint32(q)].time:
            stop = line[np.uint32(q)]
            if time > stop.latest:
                return False
            stop.time = time
            q += 1
            time += line[np.uint32(q)].reach - stop.reach
    return True


@kernel
def finish_of(line, size):
    """Earliest finish of the block, entered as early as may be."""
    last = line[np.uint32(size - 1)]
    return last.time + last.service


@kernel
def span_of(line, size):
    """Time from entry to finish if nobody waits."""
    last = line[np.uint32(size - 1)]
    return last.reach + last.service


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
