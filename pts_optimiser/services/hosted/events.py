"""What happens on the day comes in: one event or many, each kept once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.events import Event, JourneyBooked, StopReported
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.events import HEAD, read_event_documents
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.services.hosted.caller import Caller, NotAllowedError
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.store import days
from pts_optimiser.store import events as stored
from pts_optimiser.store.events import Appended

BOOKED = frozenset({"journey_booked"})


@dataclass(frozen=True, slots=True)
class Reported:
    """Which of the events are new; ``issues`` are warnings."""

    appended: Appended
    issues: tuple[Issue, ...]


def report(
    live: LiveDays, caller: Caller, service_date: date, documents: Sequence[Mapping[str, Any]], *, at: datetime
) -> Reported:
    """Keep events in the form of ``events.jsonl``; one without ``received_at`` was received ``at``.

    All are kept or none; what was kept before is not kept again.

    Raises
    ------
    InputError
        With every issue of every event; rows are counted from 1.
    NotAllowedError
        The caller is limited to some contracts, and an event is not about a journey of theirs.
    NotFoundError
        The day was never uploaded.
    """
    received = {"received_at": at.isoformat()}
    whole = [document if document.get("received_at") else {**document, **received} for document in documents]
    with live.store.read() as session:
        policy = day_policy(session, service_date)
        read = read_event_documents(whole, policy, service_date=service_date)
        issues = (*read.issues, *_not_by_hand(whole))
        if any(issue.severity is Severity.ERROR for issue in issues):
            raise InputError("these events cannot be used as they are; none was kept", issues)
        if caller.contracts is not None:
            _must_be_theirs(session, caller, service_date, read.items)
    kept = [_to_store(event, document) for event, document in zip(read.items, whole, strict=True)]
    with live.store.write() as session:
        appended = stored.append_events(session, service_date, kept)
    live.heard(service_date)
    return Reported(appended, read.issues)


def day_policy(session: Session, service_date: date) -> Policy:
    """The policy of a day as uploaded; raises NotFoundError."""
    return _policy(days.policy_toml(session, days.service_day(session, service_date).policy_sha256))


@lru_cache(maxsize=8)
def _policy(toml: str) -> Policy:
    return load_policy(toml.encode())


def _not_by_hand(documents: Sequence[Mapping[str, Any]]) -> Iterator[Issue]:
    message = f"{stored.OWN_SOURCE!r} is the source of what is said in the service itself."
    for row, document in enumerate(documents, start=1):
        if document.get("source") == stored.OWN_SOURCE:
            yield Issue("events", row, "source", "reserved_source", message, "name the system that it comes from")


def _to_store(event: Event, document: Mapping[str, Any]) -> stored.Event:
    return stored.Event(
        event.event_id,
        event.source,
        event.sequence,
        event.occurred_at,
        event.received_at,
        event.type,
        {name: value for name, value in document.items() if name not in HEAD and value is not None},
    )


def _must_be_theirs(session: Session, caller: Caller, service_date: date, events: Sequence[Event]) -> None:
    theirs = {journey.journey_id for journey in days.journeys(session, service_date, contracts=caller.contracts)}
    for _, word in stored.events(session, service_date, only=BOOKED):
        journey = word.fields["journey"]
        if caller.sees(journey.get("contract") or ""):
            theirs.add(journey["journey_id"])
    for event in events:
        body = event.body
        if isinstance(body, JourneyBooked):
            known = body.journey.journey_id in theirs or not _taken(session, service_date, body.journey.journey_id)
            allowed = caller.sees(body.journey.contract) and known
        else:
            allowed = not isinstance(body, StopReported) and getattr(body, "journey_id", None) in theirs
        if not allowed:
            raise NotAllowedError("your contracts let you tell of their own journeys only, and of no duty")


def _taken(session: Session, service_date: date, journey_id: str) -> bool:
    """Whether a journey, of whatever contract, has this id."""
    told = stored.events(session, service_date, only=BOOKED)
    return any(journey.journey_id == journey_id for journey in days.journeys(session, service_date)) or any(
        word.fields["journey"]["journey_id"] == journey_id for _, word in told
    )
