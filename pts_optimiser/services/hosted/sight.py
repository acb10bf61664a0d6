"""What callers who are limited to some contracts see of a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pts_optimiser.dayof import DayState, JourneyState
from pts_optimiser.domain.journey import Journey
from pts_optimiser.planning.replan.answer import Answer, Option
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


def answer_seen(answer: Answer, sees: Callable[[str], bool]) -> Answer:
    """Options without what they do to journeys that are not theirs, and no exchange with one; ``sees`` is asked by id.

    Reasons stay as they are.
    """

    def seen(option: Option) -> Option:
        return replace(
            option,
            moved=tuple(moved for moved in option.moved if sees(moved.journey_id)),
            touched=tuple(touched for touched in option.touched if sees(touched.journey_id)),
        )

    return replace(
        answer,
        standing=answer.standing and seen(answer.standing),
        options=tuple(map(seen, answer.options)),
        exchanges=tuple(
            replace(exchange, option=seen(exchange.option), new=exchange.new and seen(exchange.new))
            for exchange in answer.exchanges
            if sees(exchange.journey_id)
        ),
    )


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
