"""What can still be missed: the standards of every open journey, each with the call that decides it and its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.dayof.itinerary import Call, Itinerary
from pts_optimiser.dayof.noise import Samples
from pts_optimiser.dayof.walk import Walk
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import StopKind


class Measure(StrEnum):
    ARRIVE = "arrive"
    COLLECT = "collect"
    ABOARD = "aboard"


@dataclass(frozen=True, slots=True)
class Watched:
    """One standard of one journey, decided when call ``index`` begins.

    What is measured is the seconds from ``since`` (the appointment, the booked readiness, the moment of boarding; None
    where boarding at call ``boards`` is still to come) to that begin. It meets the target up to ``target`` (None where
    the direct drive alone takes longer) and the hard limit up to ``hard``; arrivals miss them too when they are more
    than ``early`` seconds (target, hard) before the appointment.
    """

    journey: Journey
    measure: Measure
    index: int
    since: int | None
    target: int | None
    hard: float
    early: tuple[int, int] | None = None
    boards: int | None = None

    @property
    def limit(self) -> float:
        """The target, or the hard limit where there is none."""
        return self.hard if self.target is None else self.target

    def too_early(self, seconds: float) -> bool:
        """Whether an arrival misses the target by being early."""
        return self.early is not None and seconds < -self.early[0]

    def misses(self, seconds: Samples) -> NDArray[np.bool_]:
        """On which days the target is missed (the hard limit where there is none)."""
        return self._outside(seconds, self.limit, 0)

    def misses_hard(self, seconds: Samples) -> NDArray[np.bool_]:
        return self._outside(seconds, self.hard, 1)

    def _outside(self, seconds: Samples, limit: float, tier: int) -> NDArray[np.bool_]:
        late: NDArray[np.bool_] = seconds > np.float32(limit)
        return late if self.early is None else late | (seconds < -self.early[tier])

    def seconds(self, walk: Walk) -> Samples:
        """What is measured, on each sampled day."""
        begin = walk.begin[self.index]
        if self.measure is Measure.COLLECT:
            since = np.float32(self.since or 0)
            ready = walk.ready.get(self.index)
            found: Samples = begin - (since if ready is None else np.maximum(ready, since))
        elif self.since is not None:
            found = begin - np.float32(self.since)
        else:
            found = begin - walk.depart[self.boards or 0]
        return found

    def planned(self, itinerary: Itinerary) -> int:
        """What is measured if the call begins, and its patient boards, as planned."""
        begins = itinerary.calls[self.index].begins
        if self.since is not None:
            return begins - self.since
        boards = itinerary.calls[self.boards or 0]
        return begins - boards.begins - boards.dwell


def watched(itinerary: Itinerary, policy: Policy) -> Iterator[Watched]:
    """The standards that the calls to come decide, in their order."""
    boards: dict[str, int] = {}
    for index, call in enumerate(itinerary.calls):
        decided = index == 0 and itinerary.begun is not None
        if call.journey is None:
            continue
        if call.kind is StopKind.PICKUP:
            boards[call.journey_id] = index
            if not decided and call.ready is not None:
                yield _collect(call, index, policy)
        elif not decided:
            yield from _set_down(call, index, itinerary, boards.get(call.journey_id), policy)


def _collect(call: Call, index: int, policy: Policy) -> Watched:
    journey = _journey(call)
    limit = policy.standard(journey).collect
    return Watched(journey, Measure.COLLECT, index, call.waits_from, limit.target, limit.hard)


def _set_down(call: Call, index: int, itinerary: Itinerary, boards: int | None, policy: Policy) -> Iterator[Watched]:
    journey = _journey(call)
    standard = policy.standard(journey)
    if journey.tied_to_appointment and journey.appointment_at is not None:
        due = round(journey.appointment_at.timestamp() - itinerary.origin)
        early, late = standard.arrive_early, standard.arrive_late
        yield Watched(journey, Measure.ARRIVE, index, due, late.target, late.hard, (early.target, early.hard))
    since = itinerary.boarded.get(journey.journey_id)
    direct = itinerary.direct.get(journey.journey_id)
    if direct is None or (boards is None and since is None):
        return
    rule = standard.aboard
    target = rule.target if direct <= rule.target else None
    yield Watched(journey, Measure.ABOARD, index, since, target, rule.hard_for(direct), boards=boards)


def _journey(call: Call) -> Journey:
    if call.journey is None:
        raise ValueError(f"{call.name} is no patient's")
    return call.journey
