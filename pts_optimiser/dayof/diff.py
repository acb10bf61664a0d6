"""What a re-plan changes: for whom, from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from pts_optimiser.dayof.overdue import past_limit
from pts_optimiser.dayof.state import DayState, JourneyPhase
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, RosteredDuty, StopKind, Unserved

LEAST_S = 300
"""A pick-up that moves by less is no change that a patient need be told."""


class ChangeKind(StrEnum):
    PLACED = "placed"  # had no duty, has one now
    MOVED = "moved"  # another duty comes
    RETIMED = "retimed"  # the same duty comes earlier or later
    LEFT_OUT = "left_out"  # had a duty, has none now
    WITHOUT = "without"  # had none as the plan stands, and none is found


@dataclass(frozen=True, slots=True)
class Change:
    """One journey's change; ``minutes`` its pick-up comes later, below 0 earlier; None where it had or has none."""

    journey_id: str
    kind: ChangeKind
    from_duty: str | None
    to_duty: str | None
    pickup_before: datetime | None
    pickup_after: datetime | None
    minutes: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes, those first of patients who had no place; ``told`` are the duties whose crews must hear of one."""

    changes: tuple[Change, ...]
    told: tuple[str, ...]
    driving_s: int  # to come, after less before
    served: int  # after less before

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)


@dataclass(frozen=True, slots=True)
class _Place:
    duty_id: str
    begin: datetime
    arrive: datetime


def difference(before: Roster, after: Roster, state: DayState, driving_s: int, policy: Policy) -> Diff:
    """Compare the plan as it stands with a proposal."""
    old, new = _pickups(before.duties), _pickups(after.duties)
    changes = sorted([*_changes(old, new, state, policy), *_without(old, after.unserved, state)], key=_order)
    known = {duty.duty_id: duty for duty in before.duties}
    told = tuple(duty.duty_id for duty in after.duties if _stops(duty) != _stops(known.get(duty.duty_id)))
    return Diff(
        changes=tuple(changes),
        told=told,
        driving_s=driving_s,
        served=len(new) - len(old),
    )


def _changes(old: Mapping[str, _Place], new: Mapping[str, _Place], state: DayState, policy: Policy) -> Iterator[Change]:
    arrivals = _arrivals(old, new, state)
    for journey_id in dict.fromkeys([*new, *old]):
        was, now = old.get(journey_id), new.get(journey_id)
        if was is None and now is not None:
            why = _why_placed(journey_id, state) + _how_late(journey_id, now, state, policy)
            yield Change(journey_id, ChangeKind.PLACED, None, now.duty_id, None, now.begin, None, why)
        elif now is None and was is not None:
            why = "nothing fits it any more"
            yield Change(journey_id, ChangeKind.LEFT_OUT, was.duty_id, None, was.begin, None, None, why)
        elif was is not None and now is not None:
            moved = seconds_after(was.begin, now.begin)
            if was.duty_id == now.duty_id and abs(moved) < LEAST_S:
                continue
            kind = ChangeKind.RETIMED if was.duty_id == now.duty_id else ChangeKind.MOVED
            why = _why_moved(was, now, arrivals, state)
            yield Change(journey_id, kind, was.duty_id, now.duty_id, was.begin, now.begin, round(moved / 60), why)


def _without(old: Mapping[str, _Place], unserved: Sequence[Unserved], state: DayState) -> Iterator[Change]:
    for left in unserved:
        if left.journey_id not in old:
            reason = left.reasons[0].detail if left.reasons else "nothing fits"
            why = f"{_why_placed(left.journey_id, state)}; {reason}"
            yield Change(left.journey_id, ChangeKind.WITHOUT, None, None, None, None, None, why)


def _why_placed(journey_id: str, state: DayState) -> str:
    journey = state.journeys.get(journey_id)
    if journey is None:
        return "had no place"
    if journey.phase.value == "aboard":
        return f"its vehicle was lost: {journey.why}" if journey.why else "its vehicle was lost"
    return journey.why or {"booked": "booked on the day", "unserved": "was left out before"}.get(
        journey.phase.value, "had no place"
    )


def _how_late(journey_id: str, place: _Place, state: DayState, policy: Policy) -> str:
    """What to say of who comes after a hard limit because nobody could be there before."""
    it = state.journeys.get(journey_id)
    if it is None or it.phase is JourneyPhase.ABOARD:
        return ""
    tied = it.journey.tied_to_appointment
    late = past_limit(it.journey, place.arrive if tied else place.begin, policy)
    if late <= 0:
        return ""
    what = "arrives" if tied else "fetched"
    return f"; {what} {ceil(late / 60)} min after the limit, as no vehicle could be there in time"


def _why_moved(was: _Place, now: _Place, arrivals: Mapping[str, Sequence[str]], state: DayState) -> str:
    """By the duty that it leaves or stays on: lost, late, or with somebody new aboard; else for shorter driving."""
    duty = state.duties.get(was.duty_id)
    if duty is not None and duty.lost is not None:
        return f"{was.duty_id} was lost ({duty.lost.reason})"
    comers = arrivals.get(was.duty_id, ())
    if comers:
        return f"makes room on {was.duty_id} for {', '.join(comers[:3])}" + (" and others" if len(comers) > 3 else "")
    if duty is not None and duty.delay_s >= LEAST_S:
        return f"{was.duty_id} is {duty.delay_s // 60} min late"
    if was.duty_id == now.duty_id:
        return f"others on {was.duty_id} have changed"
    return "shorter driving"


def _arrivals(old: Mapping[str, _Place], new: Mapping[str, _Place], state: DayState) -> dict[str, list[str]]:
    """Who comes newly onto each duty, those who had no place first."""
    comers: dict[str, list[str]] = {}
    for journey_id, place in sorted(new.items(), key=lambda item: (item[0] in old, item[0])):
        was = old.get(journey_id)
        if (was is None or was.duty_id != place.duty_id) and journey_id in state.journeys:
            comers.setdefault(place.duty_id, []).append(journey_id)
    return comers


def _pickups(duties: Sequence[RosteredDuty]) -> dict[str, _Place]:
    """Where and when everybody who is served begins to board for the last time, and to alight then."""
    alight = {
        (duty.duty_id, stop.journey_id): stop.begin_at
        for duty in duties
        for stop in duty.stops
        if stop.kind is StopKind.DROPOFF
    }
    return {
        stop.journey_id: _Place(duty.duty_id, stop.begin_at, alight.get((duty.duty_id, stop.journey_id), stop.begin_at))
        for duty in duties
        for stop in duty.stops
        if stop.kind is StopKind.PICKUP and stop.journey_id is not None
    }


def _stops(duty: RosteredDuty | None) -> list[tuple[StopKind, str | None]]:
    """What a crew must be told of when it changes: the stops and their order."""
    return [] if duty is None else [(stop.kind, stop.journey_id) for stop in duty.stops]


def _order(change: Change) -> tuple[int, str]:
    return list(ChangeKind).index(change.kind), change.journey_id
