"""Why a call is late: on the days on which it is, how much each drive, each stop and each patient's readiness adds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.dayof.standards import Measure, Watched
from pts_optimiser.dayof.walk import Walk, Walked

DAYS = 128
"""So many of the missed days are followed back; their mean is known to a minute."""

MOST = 0.75


class Cause(StrEnum):
    DRIVE = "drive"  # the drive to the call
    DWELL = "dwell"  # boarding or alighting there
    READY = "ready"  # its patient is not ready
    BEHIND = "behind"  # the duty is late already


@dataclass(frozen=True, slots=True)
class Delay:
    """``seconds`` that call ``index`` adds on average by one ``cause``."""

    index: int
    cause: Cause
    seconds: float


@dataclass(frozen=True, slots=True)
class Blame:
    """``delays``, the greatest first; ``late`` their sum against the plan.

    ``tight_from``: the last call such that on most of those days nothing before it matters, as the vehicle stood and
    waited there or later; -1 where it did not.
    """

    delays: tuple[Delay, ...]
    late: float
    tight_from: int


class Ledger:
    """What every call of a walk took beyond its plan, seconds [calls, samples].

    ``waits``: the vehicle stands before the call, for the hour that was promised or for its patient; ``unready`` how
    much later than planned the call begins because its patient was not ready, 0 where that is not why.
    """

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        calls = walk.itinerary.calls
        self.drive: Walked = walk.arrive.copy()
        self.drive[1:] -= walk.depart[:-1]
        self.drive[0] -= walk.itinerary.free
        self.drive -= np.array([[call.drive] for call in calls], dtype=np.float32)
        self.dwell: Walked = walk.depart - walk.begin
        self.dwell -= np.array([[call.dwell] for call in calls], dtype=np.float32)
        self.stood: Walked = walk.begin - walk.arrive
        self.stood -= np.array([[call.pause] for call in calls], dtype=np.float32)
        self.waits: NDArray[np.bool_] = self.stood > 0.02
        self.unready: Walked = np.zeros_like(walk.arrive)
        for index, ready in walk.ready.items():
            late = np.maximum(ready - np.float32(calls[index].floor), 0)
            self.unready[index] = late * (self.waits[index] & (walk.begin[index] <= ready))
        if walk.itinerary.begun is not None:
            self.drive[0], self.waits[0] = 0, True

    def blame(self, watch: Watched, missed: NDArray[np.bool_]) -> Blame:
        """Follow days on which a standard is ``missed`` back from the call that decides it.

        A day is followed until a call at which the vehicle stood and waited: for the hour that was promised, and then
        nothing before it matters; or for a patient, and then the patient is the reason. Time aboard is followed to the
        boarding, and waiting counts for it wherever it happens.
        """
        days = np.flatnonzero(missed)[:DAYS]
        first = 0 if watch.boards is None else watch.boards + 1
        aboard = watch.measure is Measure.ABOARD
        rows = slice(first if aboard else 0, watch.index + 1)
        drive, dwell, unready = self.drive[rows, days], self.dwell[rows, days], self.unready[rows, days]
        if aboard:
            unready = np.minimum(unready, self.stood[rows, days])
            tight_from = watch.boards if watch.boards is not None else -1
            totals = drive.mean(axis=1), dwell.mean(axis=1), unready.mean(axis=1)
        else:
            follows = ~self.waits[rows, days]
            np.logical_and.accumulate(follows[::-1], out=follows[::-1])
            after = np.ones_like(follows)
            after[:-1] = follows[1:]
            ended = (after & ~follows).mean(axis=1)
            tight_from = int(np.count_nonzero(np.cumsum(ended[::-1])[::-1] >= MOST)) - 1
            totals = (drive * follows).mean(axis=1), (dwell * after).mean(axis=1), (unready * after).mean(axis=1)
        found = [
            Delay(rows.start + at, cause, seconds)
            for cause, by_call in zip((Cause.DRIVE, Cause.DWELL, Cause.READY), totals, strict=True)
            for at, seconds in enumerate(by_call.tolist())
            if abs(seconds) >= 1 and not (cause is not Cause.DRIVE and rows.start + at == watch.index)
        ]
        if rows.start == 0 and (behind := self._behind()) > 0:
            found.append(Delay(0, Cause.BEHIND, behind if aboard else behind * float(follows[0].mean())))
        found.sort(key=lambda delay: -delay.seconds)
        return Blame(tuple(found), sum(delay.seconds for delay in found), tight_from)

    def _behind(self) -> float:
        """Seconds by which the first call will begin late as things stand."""
        itinerary = self.walk.itinerary
        if not itinerary.now:
            return 0.0
        call = itinerary.calls[0]
        begins = max(call.leaves + call.drive + call.pause, itinerary.now)
        return (begins if itinerary.begun is None else itinerary.begun) - call.begins
