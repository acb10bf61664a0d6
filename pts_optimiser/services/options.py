"""``options`` and ``explain``: where one journey could go as the plan stands, and why it is where it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from pts_optimiser.dayof import DayState, Lock, Plan, fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.events import Event
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Reason
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.planning.replan.answer import Answer
from pts_optimiser.planning.replan.options import Desk
from pts_optimiser.services.reoptimise import read_happenings, read_plan
from pts_optimiser.services.sources import Source


@dataclass(frozen=True, slots=True)
class Question:
    """Which roster (or its folder), what has happened by when, and either a journey of it or a file with a new one.

    Without events the plan stands as it was made.
    """

    roster: Path
    journey_id: str | None = None
    journey: Source | None = None
    events: Source | None = None
    now: datetime | None = None
    most: int = 5
    skip_bad: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """``recorded``: why the roster leaves the journey out; ``seconds``: those that the question itself took."""

    answer: Answer
    now: datetime
    recorded: tuple[Reason, ...]
    lock: Lock | None
    issues: tuple[Issue, ...]
    seconds: float


def options_for(question: Question) -> Answered:
    """The options of one journey, ranked; a journey that has a place is taken out first.

    Raises
    ------
    InputError
        Input or events that cannot be read, no such journey, or one that is aboard, done, called off or picked up too
        soon.
    """
    plan = read_plan(question.roster)
    now = question.now or plan.origin
    issues: tuple[Issue, ...] = ()
    events: tuple[Event, ...] = ()
    if question.events is not None:
        read = read_happenings(question.events, plan, skip_bad=question.skip_bad)
        events, issues = read.items, read.issues
    state = fold(plan, events, now)
    new = None if question.journey is None else _new_journey(question.journey, state, plan.policy)
    if new is None:
        _require_placeable(plan, state, question.journey_id or "")
    before = standing_roster(plan, state)
    desk = Desk(plan, state, before, day_rules(plan, state))
    began = perf_counter()
    answer = desk.of_new(new, question.most) if new else desk.of(question.journey_id or "", question.most)
    seconds = perf_counter() - began
    named = answer.journey.journey_id
    recorded = next((left.reasons for left in before.unserved if left.journey_id == named), ())
    known = state.journeys.get(named)
    return Answered(answer, state.now, recorded, known.lock if known else None, issues, seconds)


def answer_document(answered: Answered) -> dict[str, Any]:
    """The answer as JSON; times ISO-8601, drives in seconds and metres."""
    answer = answered.answer
    found = asdict(answer)
    del found["journey"]
    return {
        "journey_id": answer.journey.journey_id,
        "now": answered.now.isoformat(),
        "seconds": round(answered.seconds, 4),
        **_plain(found),
        "recorded": [asdict(reason) for reason in answered.recorded],
        "lock": None if answered.lock is None else _plain(asdict(answered.lock)),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value


def _new_journey(source: Source, state: DayState, policy: Policy) -> Journey:
    """The one journey of a file."""
    read = read_journeys(source.readable, policy, service_date=state.service_date)
    if any(issue.severity is Severity.ERROR for issue in read.issues):
        raise InputError(f"{source.name} cannot be used as it is", read.issues)
    if len(read.items) != 1:
        raise InputError(f"{source.name} holds {len(read.items)} journeys; options are looked for one at a time")
    journey = read.items[0]
    if journey.journey_id in state.journeys:
        raise InputError(f"{journey.journey_id} is a journey of the day already; ask for it by its id alone")
    return journey


def _require_placeable(plan: Plan, state: DayState, journey_id: str) -> None:
    if journey_id not in state.journeys:
        raise InputError(f"there is no journey {journey_id} in this roster or its events")
    if why := state.settled(journey_id, plan.policy.dayof.freeze):
        raise InputError(why)
