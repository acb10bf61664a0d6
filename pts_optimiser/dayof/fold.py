"""The state of the day as a fold over its events: a function of the plan, the set of events and the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pts_optimiser.dayof.anomaly import Anomalies, Oddity
from pts_optimiser.dayof.duties import duty_state
from pts_optimiser.dayof.facts import Facts
from pts_optimiser.dayof.follow import follow
from pts_optimiser.dayof.journeys import journey_states
from pts_optimiser.dayof.log import DayLog
from pts_optimiser.dayof.oddities import look_over
from pts_optimiser.dayof.plan import Plan
from pts_optimiser.dayof.roads import Change, Roads
from pts_optimiser.dayof.standing import standings
from pts_optimiser.dayof.state import DayState
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.collecting import without_collecting
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.events import Event, TravelChanged


def fold(plan: Plan, events: Iterable[Event], now: datetime) -> DayState:
    """The day at ``now`` by all ``events`` that have occurred and been received by then.

    Neither the order of the events nor copies of them change the answer.
    """
    log = DayLog()
    log.take(events, now)
    return day_state(plan, log)


@without_collecting()
def day_state(plan: Plan, log: DayLog) -> DayState:
    """The day as it stands at the log's clock.

    Raises
    ------
    ValueError
        Where the log has no clock yet.
    """
    if log.now is None:
        raise ValueError("the log has not been told the time")
    facts, anomalies, clock = log.facts, Anomalies(), plan.seconds(log.now)
    found = standings(plan, facts, anomalies)
    look_over(plan, facts, found, anomalies)
    changes = _changes(facts, log.now)
    roads = _roads(plan, changes)
    unplaced: dict[str, list[str]] = {}
    for journey_id, standing in found.items():
        if standing.unplaced and standing.duty_id is not None:
            unplaced.setdefault(standing.duty_id, []).append(journey_id)
    duties = {}
    for duty_id, planned in plan.duties.items():
        duty = _with_its_end(planned, facts, anomalies)
        course = follow(plan, facts, found, roads, duty, clock, anomalies)
        duties[duty_id] = duty_state(course, facts, found, tuple(unplaced.get(duty_id, ())), clock)
    return DayState(
        service_date=plan.roster.service_date,
        now=log.now.astimezone(LONDON),
        journeys=journey_states(plan, facts, found, duties),
        duties=duties,
        travel_changes=changes,
        anomalies=anomalies.in_order(),
    )


def _changes(facts: Facts, now: datetime) -> tuple[TravelChanged, ...]:
    """The changes of travel in force or to come, in the order in which they were said."""
    words = sorted(facts.travel.values(), key=lambda word: (word.rank, repr(word.body)))
    return tuple(word.body for word in words if word.body.end.timestamp() > now.timestamp())


def _roads(plan: Plan, changes: Iterable[TravelChanged]) -> Roads:
    return Roads(
        plan.travel,
        tuple(plan.travel.band_start_s.tolist()),
        [
            Change(change.area, change.factor, plan.seconds(change.begin), plan.seconds(change.end))
            for change in changes
            if change.area is not None
        ],
    )


def _with_its_end(duty: Duty, facts: Facts, anomalies: Anomalies) -> Duty:
    word = facts.extensions.get(duty.duty_id)
    if word is None:
        return duty
    if word.body.end_at.timestamp() <= duty.start_at.timestamp():
        detail = "said to end before it starts; not used"
        anomalies.note(Oddity.END_BEFORE_START, word, detail, duty_id=duty.duty_id)
        return duty
    return replace(duty, end_at=word.body.end_at.astimezone(LONDON))
