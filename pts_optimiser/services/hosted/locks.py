"""Journeys that controllers hold on their duty: a lock is a word of the day, and in the audit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.events import Moved, Unlocked
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.hearing import news_held
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.live_day import Told
from pts_optimiser.store import ConflictError, NotFoundError
from pts_optimiser.store import events as stored
from pts_optimiser.store import locks as audited


@dataclass(frozen=True, slots=True)
class Held:
    """A journey held on ``duty_id``, or where it is (None); ``by_move``: a move holds it, not a lock."""

    journey_id: str
    duty_id: str | None
    user: str
    reason: str
    since: datetime
    by_move: bool


def held(live: LiveDays, caller: Caller, service_date: date, *, now: datetime | None = None) -> list[Held]:
    """The journeys that are held, longest first; raises NotFoundError where nothing is published."""
    told = live.told(service_date, now)
    found = [
        Held(journey_id, body.duty_id, body.user, body.reason, said.event.occurred_at, by_move=isinstance(body, Moved))
        for journey_id, said in told.binding.items()
        if not isinstance(body := said.body, Unlocked) and _sees(caller, told, journey_id)
    ]
    return sorted(found, key=lambda one: (one.since, one.journey_id))


def lock(
    live: LiveDays,
    caller: Caller,
    service_date: date,
    journey_id: str,
    *,
    duty_id: str | None,
    reason: str,
    at: datetime,
    now: datetime | None = None,
) -> Held:
    """Hold a journey on a duty, or where it is.

    Raises
    ------
    NotFoundError
        Nothing is published, or there is no such journey for this caller.
    InputError
        There is no such duty.
    ConflictError
        The journey is held already.
    """
    moment = now or at
    told = live.told(service_date, now)
    _must_see(caller, told, journey_id)
    if duty_id is not None and duty_id not in told.in_force.plan.duties:
        raise InputError(f"there is no duty {duty_id} on this day")
    if _is_held(told, journey_id):
        raise ConflictError("the journey is held already; release it first")
    fields = {"journey_id": journey_id, "duty_id": duty_id, "user": caller.name, "reason": reason}
    with live.store.write() as session:
        if any(one.journey_id == journey_id for one in news_held(session, service_date, told.position)):
            raise ConflictError("something was said of the journey just now; look at it, then decide")
        with suppress(NotFoundError):  # one that an event released
            audited.release(session, service_date, journey_id, by=caller.name, at=at)
        audited.lock(session, service_date, journey_id, duty_id=duty_id, reason=reason, by=caller.name, at=at)
        stored.say_by_hand(session, service_date, "lock", fields, moment)
    live.heard(service_date)
    return Held(journey_id, duty_id, caller.name, reason, moment, by_move=False)


def release(
    live: LiveDays,
    caller: Caller,
    service_date: date,
    journey_id: str,
    *,
    reason: str,
    at: datetime,
    now: datetime | None = None,
) -> None:
    """Let go of a journey that is held, by whatever.

    Raises
    ------
    NotFoundError
        Nothing is published, there is no such journey for this caller, or it is not held.
    """
    told = live.told(service_date, now)
    _must_see(caller, told, journey_id)
    if not _is_held(told, journey_id):
        raise NotFoundError("the journey is not held")
    fields = {"journey_id": journey_id, "user": caller.name, "reason": reason}
    with live.store.write() as session:
        with suppress(NotFoundError):  # held by an event
            audited.release(session, service_date, journey_id, by=caller.name, at=at)
        stored.say_by_hand(session, service_date, "unlock", fields, now or at)
    live.heard(service_date)


def _is_held(told: Told, journey_id: str) -> bool:
    said = told.binding.get(journey_id)
    return said is not None and not isinstance(said.body, Unlocked)


def _sees(caller: Caller, told: Told, journey_id: str) -> bool:
    journey = told.booked.get(journey_id) or told.in_force.plan.journeys.get(journey_id)
    return journey is not None and caller.sees(journey.contract)


def _must_see(caller: Caller, told: Told, journey_id: str) -> None:
    if not _sees(caller, told, journey_id):
        raise NotFoundError("there is no such journey on this day")
