"""A journey moved by hand: what it would come to, and then doing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.checking import Violation
from pts_optimiser.dayof.diff import Diff
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster import Reason
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.excerpt import excerpt
from pts_optimiser.services.hosted.hearing import concerns, news_held
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.options import must_be_placeable
from pts_optimiser.services.hosted.placing import Placed, place
from pts_optimiser.services.hosted.sight import journey_seen
from pts_optimiser.services.hosted.standing import AT_WORK, Standing
from pts_optimiser.services.hosted.toll import Stand, Toll, toll
from pts_optimiser.services.hosted.versions import version_of
from pts_optimiser.store import ConflictError, audit
from pts_optimiser.store import events as stored
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.publishing import Publication, publish

TRIES = 3
"""How often a change is worked out anew because something was said of it meanwhile."""


@dataclass(frozen=True, slots=True)
class MoveOrder:
    """``journey_id`` is to go to ``duty_id``; ``now`` None is the clock's."""

    journey_id: str
    duty_id: str
    reason: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """What a move would change and cost; it can be done where ``reasons`` and ``broken`` are empty."""

    standing: Standing
    diff: Diff
    toll: Toll
    reasons: tuple[Reason, ...]
    broken: tuple[Violation, ...]

    @property
    def feasible(self) -> bool:
        return not self.reasons and not self.broken


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """The roster in force with the change, and what it changed."""

    publication: Publication
    diff: Diff


def what_if(live: LiveDays, caller: Caller, service_date: date, order: MoveOrder) -> WhatIf:
    """What a move would come to, the day being at most a minute old; nothing is changed.

    Asked of the duties concerned alone, as if there were no others, by what does the move: for a pointer that waits.

    Raises
    ------
    NotFoundError
        Nothing is published, or there is no such journey for this caller.
    InputError, ConflictError
        There is no such duty; the journey is aboard, done, called off or on that duty already.
    NotAllowedError
        The caller is limited to some contracts.
    """
    caller.must_see_all()
    standing = live.ready(service_date, order.now, journey_id=order.journey_id)[0].standing
    concerned = _concerned(standing, caller, order)
    part = excerpt(standing, concerned, {order.journey_id})
    placed = place(part, {order.journey_id: order.duty_id}, caller.name)
    reasons = placed.unplaced.get(order.journey_id, ())
    return WhatIf(standing, placed.diff, _toll(part, placed), reasons, placed.broken)


def move(live: LiveDays, caller: Caller, service_date: date, order: MoveOrder, *, etag: str, at: datetime) -> Done:
    """Publish the roster with the move in place of the one published under ``etag``, and say so as an event.

    Raises
    ------
    NotFoundError, InputError, NotAllowedError
        As ``what_if``; InputError also for a move that breaks a rule, with an issue for each.
    ConflictError
        As ``what_if``; something else is published by now, or the duties keep being spoken of.
    """
    caller.must_see_all()
    for _ in range(TRIES):
        standing = live.standing(service_date, order.now)
        standing.must_be_published_as(etag)
        _concerned(standing, caller, order)
        placed = place(standing, {order.journey_id: order.duty_id}, caller.name)
        placed.must_hold()
        fields = {"journey_id": order.journey_id, "duty_id": order.duty_id, "user": caller.name, "reason": order.reason}
        crash_point("hosted.looked_at")
        with version_of(live.store, placed) as version, live.store.write() as session:
            news = news_held(session, service_date, standing.position)
            if concerns(news, standing.state, set(placed.diff.told), {order.journey_id}):
                continue
            said = stored.say_by_hand(session, service_date, "move", fields, standing.state.now)
            made = version.add(session, by=caller.name, at=at)
            done = publish(session, service_date, made.version, expected_etag=etag, by=caller.name, at=at)
            after: audit.State = {"version": made.version, "event": said.event_id}
            subject = f"days/{service_date}"
            audit.note(session, at=at, who=caller.name, what="journey.move", subject=subject, after=after)
        live.heard(service_date)
        return Done(done, placed.diff)
    raise ConflictError("much is being said of these duties; look at the move again, then decide")


def _concerned(standing: Standing, caller: Caller, order: MoveOrder) -> set[str]:
    """The duties that a move is about; raises as ``what_if`` where it makes no sense."""
    known = journey_seen(caller, standing.state, order.journey_id)
    must_be_placeable(standing, order.journey_id)
    if order.duty_id not in standing.state.duties:
        raise InputError(f"there is no duty {order.duty_id} on this day")
    phase = standing.state.duties[order.duty_id].phase
    if phase not in AT_WORK:
        raise ConflictError(f"{order.duty_id} is {phase} and takes nobody any more")
    if known.duty_id == order.duty_id and known.pickup is not None:
        raise ConflictError(f"the journey is on {order.duty_id} already")
    return {order.duty_id} | ({known.duty_id} if known.duty_id else set())


def _toll(part: Standing, placed: Placed) -> Toll:
    journeys = day_journeys(part.state)
    duties = tuple(duty.duty for duty in part.state.duties.values())
    before = Stand(part.before, journeys, duties, part.plan.travel)
    return toll(before, Stand(placed.after, journeys, duties, placed.travel), part.plan.policy)
