"""What has happened since a plan was proposed that the proposal did not know, and that speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pts_optimiser.dayof import DayState, JourneyPhase
from pts_optimiser.dayof.as_roster import CALLED_OFF, is_stranded
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Roster, RosteredDuty, Stop, StopKind
from pts_optimiser.services.hosted.standing import Standing

GONE = frozenset({JourneyPhase.ABOARD, JourneyPhase.DONE})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """In words, with the journey or the duty that it is about."""

    detail: str
    duty_id: str | None = None
    journey_id: str | None = None


def contradictions(
    standing: Standing, proposed: Roster, journeys: Mapping[str, Journey], diff: Mapping[str, Any]
) -> tuple[Contradiction, ...]:
    """Compare a proposal with the day as it stands; only what it changes is looked at.

    Parameters
    ----------
    proposed, journeys
        Its roster, and the journeys as it knew them.
    diff
        Its changes, as ``diff.json`` has them.
    """
    state = standing.state
    duties = {duty.duty_id: duty for duty in proposed.duties}
    found = [found for duty_id in diff["told"] for found in _duty(standing, duties[duty_id])]
    for change in diff["changes"]:
        if change["to_duty"] is not None:
            found += _journey(state, duties[change["to_duty"]], journeys[change["journey_id"]])
    return tuple(found)


def _duty(standing: Standing, proposed: RosteredDuty) -> Iterator[Contradiction]:
    """A crew goes on by the plan in force until it is told: is it still where the proposal takes it up?"""
    state, duty_id = standing.state, proposed.duty_id
    duty = state.duties[duty_id]
    if duty.lost is not None and proposed.stops:
        yield Contradiction(f"{duty_id} was lost ({duty.lost.reason})", duty_id)
        return
    stands = next(entry.stops for entry in standing.before.duties if entry.duty_id == duty_id)
    made = _calls(stands[: standing.rules.frozen[duty_id]], state)
    planned = _calls(proposed.stops, state)
    for index, (kind, journey_id) in enumerate(made):
        if planned[index : index + 1] != [(kind, journey_id)]:
            what = f"the {kind} of {journey_id}" if journey_id else f"its {kind}"
            yield Contradiction(f"{duty_id} has gone on to {what}", duty_id)
            return
    if duty.extended and proposed.stops and proposed.stops[-1].begin_at.timestamp() > duty.duty.end_at.timestamp():
        yield Contradiction(f"{duty_id} ends at {duty.duty.end_at:%H:%M} now", duty_id)


def _calls(stops: Sequence[Stop], state: DayState) -> list[tuple[StopKind, str | None]]:
    """What is done at stops, but for journeys that are called off."""
    return [
        (stop.kind, stop.journey_id)
        for stop in stops
        if stop.journey_id is None or state.journeys[stop.journey_id].phase not in CALLED_OFF
    ]


def _journey(state: DayState, proposed: RosteredDuty, known: Journey) -> Iterator[Contradiction]:
    journey_id, duty_id = known.journey_id, proposed.duty_id
    now = state.journeys[journey_id]
    pickups = (stop for stop in proposed.stops if stop.kind is StopKind.PICKUP)
    pickup = next(stop for stop in pickups if stop.journey_id == journey_id)
    if now.phase in CALLED_OFF:
        yield Contradiction(f"{journey_id} was called off", journey_id=journey_id)
    elif is_stranded(state, now):
        return
    elif now.phase in GONE:
        if now.duty_id != duty_id:
            yield Contradiction(f"{journey_id} is {now.phase} with {now.duty_id}", now.duty_id, journey_id)
    elif now.lock is not None and now.lock.duty_id not in {None, duty_id}:
        yield Contradiction(f"{journey_id} is held on {now.lock.duty_id}", now.lock.duty_id, journey_id)
    elif _booking(now.journey) != _booking(known):
        yield Contradiction(f"{journey_id} was booked again with other details", journey_id=journey_id)
    elif now.journey.ready_at is not None and now.journey.ready_at.timestamp() > pickup.begin_at.timestamp():
        detail = f"{journey_id} is not ready before {now.journey.ready_at:%H:%M}"
        yield Contradiction(detail, duty_id, journey_id)


def _booking(journey: Journey) -> Journey:
    """What was booked, whatever was said of readiness."""
    return replace(journey, ready_at=None, booked_at=None)
