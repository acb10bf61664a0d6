"""What would help: the same sampled days walked again with a duty that sets out earlier, or without somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.blame import Blame
from pts_optimiser.dayof.itinerary import Call, Itinerary
from pts_optimiser.dayof.standards import Measure, Watched
from pts_optimiser.dayof.walk import Walker
from pts_optimiser.domain.roster import StopKind

STEP_S = 300
"""Patients are told times in steps of five minutes."""
WORTH = 0.8
"""Advice must bring a probability down at least to this share of it."""


@dataclass(frozen=True, slots=True)
class Advice:
    """``earlier`` seconds for the calls from ``earlier_from`` on (0: none fits or helps) make it ``earlier_risk``.

    Without journey ``without`` on its duty (empty: none helps) it is ``without_risk``.
    """

    earlier: int = 0
    earlier_from: int = -1
    earlier_risk: float = 1.0
    without: str = ""
    without_risk: float = 1.0


def advise(
    watch: Watched, itinerary: Itinerary, blame: Blame, bad_spare: int, walker: Walker, travel: Travel
) -> Advice:
    """Try both; ``bad_spare`` is what is spare on one day in ten, so how much earlier it must be."""
    now = _risk(watch, itinerary, walker)
    found = Advice()
    start = max(blame.tight_from, 0)
    earlier = min(STEP_S * ceil(max(0, -bad_spare) / STEP_S), room_before(itinerary, start) // STEP_S * STEP_S)
    if earlier and watch.measure is not Measure.ABOARD:
        risk = _risk(watch, brought_forward(itinerary, start, watch.index, earlier), walker)
        if risk <= WORTH * now:
            found = replace(found, earlier=earlier, earlier_from=start, earlier_risk=risk)
    for journey_id in _others(watch, itinerary, start):
        left = without(itinerary, journey_id, travel)
        if left is None:
            continue
        moved = replace(watch, index=_index(left, itinerary.calls[watch.index]))
        if watch.boards is not None:
            moved = replace(moved, boards=_index(left, itinerary.calls[watch.boards]))
        risk = _risk(moved, left, walker)
        if risk <= min(WORTH * now, found.without_risk - 1e-9):
            found = replace(found, without=journey_id, without_risk=risk)
    return found


def room_before(itinerary: Itinerary, index: int) -> int:
    """Seconds by which a call and those after it could be planned earlier: the vehicle stands, its patient is ready."""
    call = itinerary.calls[index]
    room = call.spare + (itinerary.free - itinerary.opens if index == 0 else 0)
    if call.ready is not None:
        room = min(room, call.begins - call.ready)
    return max(room, 0)


def brought_forward(itinerary: Itinerary, first: int, last: int, seconds: int) -> Itinerary:
    """Calls ``first`` to ``last`` planned earlier, but for patients who are not ready then."""
    calls = list(itinerary.calls)
    for index in range(first, last + 1):
        call = calls[index]
        if call.kind is StopKind.PICKUP:
            least = call.floor if call.ready is None else min(call.floor, call.ready)
            floor = call.floor - seconds if call.ready is None else max(call.floor - seconds, least)
            calls[index] = replace(call, floor=floor)
    free = max(itinerary.free - seconds, itinerary.opens) if first == 0 else itinerary.free
    return replace(itinerary, calls=tuple(calls), free=free)


def without(itinerary: Itinerary, journey_id: str, travel: Travel) -> Itinerary | None:
    """The itinerary without the calls of one journey, by the direct drives between those that remain.

    None where the travel times do not hold such a drive.
    """
    kept: list[Call] = []
    skipped = False
    location, band = itinerary.location, itinerary.band
    for call in itinerary.calls:
        if call.journey_id == journey_id:
            skipped = True
            continue
        follows = call
        if skipped and call.kind is StopKind.BREAK:
            follows = replace(call, location=location, band=band)
        elif skipped:
            if location is None or call.location is None:
                return None
            drive = int(travel.seconds[band, location, call.location])
            follows = replace(call, drive=drive, pause=call.pause if location != call.location else 0)
            skipped = False
        kept.append(follows)
        location, band = follows.location, follows.band
    return replace(itinerary, calls=tuple(kept))


def _others(watch: Watched, itinerary: Itinerary, start: int) -> list[str]:
    """Who is still to be picked up and has a call between the last pause and the call that decides."""
    first = start if watch.boards is None or watch.measure is not Measure.ABOARD else watch.boards
    near = {call.journey_id for call in itinerary.calls[first : watch.index]}
    first_ahead = 1 if itinerary.begun is not None else 0
    return [
        call.journey_id
        for call in itinerary.calls[first_ahead : watch.index]
        if call.kind is StopKind.PICKUP and call.journey_id in near and call.journey_id != watch.journey.journey_id
    ]


def _index(itinerary: Itinerary, call: Call) -> int:
    return next(at for at, other in enumerate(itinerary.calls) if other.name == call.name)


def _risk(watch: Watched, itinerary: Itinerary, walker: Walker) -> float:
    upto = replace(itinerary, calls=itinerary.calls[: watch.index + 1])
    seconds = watch.seconds(walker.walk(upto))
    return float(np.count_nonzero(watch.misses(seconds))) / seconds.size
