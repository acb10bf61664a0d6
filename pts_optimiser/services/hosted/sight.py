"""What callers who are limited to some contracts see of a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pts_optimiser.dayof import DayState, JourneyState
from pts_optimiser.domain.journey import Journey
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import NotFoundError


def sees_journey(caller: Caller, state: DayState, journey_id: str) -> bool:
    """Whether a journey is there and theirs to see."""
    known = state.journeys.get(journey_id)
    return known is not None and caller.sees(known.journey.contract)


def journey_seen(caller: Caller, state: DayState, journey_id: str) -> JourneyState:
    """A journey of the day; NotFoundError where there is none that the caller may see."""
    if not sees_journey(caller, state, journey_id):
        raise NotFoundError("there is no such journey on this day")
    return state.journeys[journey_id]


def changes_seen(caller: Caller, diff: Mapping[str, Any], journeys: Mapping[str, Journey]) -> dict[str, Any]:
    """The diff of a proposal with the changes of their own journeys; others may be named in no reason."""
    if caller.contracts is None:
        return dict(diff)
    kept = [
        {**change, "why": ""}
        for change in diff["changes"]
        if (journey := journeys.get(change["journey_id"])) is not None and caller.sees(journey.contract)
    ]
    return {**diff, "changes": kept}
