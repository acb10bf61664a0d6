"""Where one journey could go, over what is ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pts_optimiser.dayof import Lock
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Severity
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Reason
from pts_optimiser.intake.event_bodies import journey_from
from pts_optimiser.intake.findings import Findings
from pts_optimiser.planning.replan.answer import Answer, Exchange
from pts_optimiser.planning.replan.options import Desk
from pts_optimiser.services.hosted.caller import Caller, NotAllowedError
from pts_optimiser.services.hosted.hearing import News, spoken_of
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.live_day import Ready
from pts_optimiser.services.hosted.sight import answer_seen, journey_seen, sees_journey
from pts_optimiser.services.hosted.standing import Standing
from pts_optimiser.store import ConflictError


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """The options of a journey as the day stood at ``standing``.

    ``spoken_of`` are duties among them about which something was said since; what was lost since is not among them.
    ``recorded``: why the roster leaves the journey out.
    """

    answer: Answer
    standing: Standing
    spoken_of: frozenset[str]
    recorded: tuple[Reason, ...] = ()
    lock: Lock | None = None


def options_of(
    live: LiveDays, caller: Caller, service_date: date, journey_id: str, *, most: int, now: datetime | None = None
) -> Offer:
    """Options of a journey of the day; one that has a place is taken out first.

    Raises
    ------
    NotFoundError
        Nothing is published, or there is no such journey for this caller.
    ConflictError
        It is aboard, done, called off or picked up too soon, or nobody is at work any more.
    """
    ready, news = live.ready(service_date, now, journey_id=journey_id)
    known = journey_seen(caller, ready.standing.state, journey_id)
    must_be_placeable(ready.standing, journey_id)
    answer = _asked(ready, lambda desk: desk.of(journey_id, most, closely=False))
    left = next((left.reasons for left in ready.standing.before.unserved if left.journey_id == journey_id), ())
    return replace(_offer(caller, ready, news, answer), recorded=left, lock=known.lock)


def options_of_new(
    live: LiveDays,
    caller: Caller,
    service_date: date,
    journey: Mapping[str, Any],
    *,
    most: int,
    now: datetime | None = None,
) -> Offer:
    """Options of a journey that the day does not know, in the columns of ``journeys.csv``.

    Raises
    ------
    InputError
        It cannot be read.
    NotAllowedError
        It is of a contract that is not the caller's.
    NotFoundError, ConflictError
        Nothing is published; a journey of this id is there already, or nobody is at work any more.
    """
    ready, news = live.ready(service_date, now)
    made = read_journey(journey, ready.standing.plan.policy, service_date)
    if not caller.sees(made.contract):
        raise NotAllowedError("this journey is of a contract that is not yours")
    told = any(one.journey_id == made.journey_id and one.type == "journey_booked" for one in news)
    if told or made.journey_id in ready.standing.state.journeys:
        raise ConflictError("a journey of this id is on the day already; ask for it by its id alone")
    return _offer(caller, ready, news, _asked(ready, lambda desk: desk.of_new(made, most, closely=False)))


def read_journey(document: Mapping[str, Any], policy: Policy, service_date: date) -> Journey:
    """A journey in the columns of ``journeys.csv``; raises InputError with its issues."""
    findings = Findings("journey")
    journey = journey_from(document, 1, findings, policy, service_date)
    unknown = any(issue.severity is Severity.ERROR for issue in findings.issues)
    if journey is None or unknown:
        raise InputError("this journey cannot be used as it is", findings.in_order())
    return journey


def must_be_placeable(standing: Standing, journey_id: str) -> None:
    """Raise ConflictError for a journey that is aboard, done or called off, that a duty is on its way to, or whose
    pick-up is frozen."""
    if why := standing.state.settled(journey_id, standing.plan.policy.dayof.freeze):
        raise ConflictError(why)


def _asked(ready: Ready, question: Callable[[Desk], Answer]) -> Answer:
    if ready.desk is None:
        raise ConflictError(f"no duty is at work at {ready.standing.state.now:%H:%M} any more")
    with ready.turn:
        return question(ready.desk)


def _offer(caller: Caller, ready: Ready, news: list[News], answer: Answer) -> Offer:
    state = ready.standing.state
    lost = {one.duty_id for one in news if one.type == "duty_lost"}

    def stands(exchange: Exchange) -> bool:
        return not {exchange.option.duty_id, exchange.new.duty_id if exchange.new else None} & lost

    left = replace(
        answer,
        options=tuple(option for option in answer.options if option.duty_id not in lost),
        exchanges=tuple(filter(stands, answer.exchanges)),
    )
    told = answer_seen(left, lambda journey_id: sees_journey(caller, state, journey_id))
    return Offer(told, ready.standing, spoken_of(news, state) & _duties(told))


def _duties(answer: Answer) -> frozenset[str]:
    return frozenset(
        option.duty_id
        for option in (*answer.options, *(exchange.option for exchange in answer.exchanges), answer.standing)
        if option is not None
    )
