"""The events of a day, each kept once, in the order in which they came to be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, or_, select, tuple_, update
from sqlalchemy.orm import Session

from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.days import last_held
from pts_optimiser.store.models import EventRow, ServiceDayRow

OWN_SOURCE = "by hand"
"""The source of what is said in the service itself; nobody else has it."""
_AT_ONCE = 400
"""Events looked up by one statement: a statement has room for some thousand values only."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``fields`` are those of its type. The same ``event_id``, or source and sequence, is the same event."""

    event_id: str
    source: str
    sequence: int
    occurred_at: datetime
    received_at: datetime
    type: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Appended:
    """Ids of the events that are new, of those that were known, and of those known that say something else now.

    What was known first stands. ``last`` is the position of the day's last event.
    """

    new: tuple[str, ...]
    known: tuple[str, ...]
    differing: tuple[str, ...]
    last: int


def append_events(session: Session, service_date: date, events: Sequence[Event]) -> Appended:
    """Append events to a day, those that it does not have.

    Positions have no gaps and become visible in their order: who has read up to one misses nothing by reading on.

    Raises
    ------
    NotFoundError
        The day was never uploaded.
    """
    last = last_held(session, service_date, ServiceDayRow.last_event)
    by_id, by_number = _known(session, service_date, events)
    new, known, differing = [], [], []
    for event in events:
        number = (event.source, event.sequence)
        same = by_id.get(event.event_id) or by_number.get(number)
        if same is None:
            by_id[event.event_id] = by_number[number] = event
            new.append(event)
        elif _says(same) == _says(event):
            known.append(event.event_id)
        else:
            differing.append(event.event_id)
    if new:
        rows = [_row(service_date, position, event) for position, event in enumerate(new, last + 1)]
        session.execute(insert(EventRow), rows)
        crash_point("events.inserted")
        last += len(new)
        session.execute(update(ServiceDayRow).where(ServiceDayRow.service_date == service_date).values(last_event=last))
    return Appended(tuple(event.event_id for event in new), tuple(known), tuple(differing), last)


def say_by_hand(
    session: Session, service_date: date, kind: str, fields: Mapping[str, str | None], moment: datetime
) -> Event:
    """Append one event of the service's own, numbered by its place in the day: of two in a second the second counts.

    Raises
    ------
    NotFoundError
        The day was never uploaded.
    """
    number = last_held(session, service_date, ServiceDayRow.last_event) + 1
    told = {field: value for field, value in fields.items() if value is not None}
    said = Event(f"{kind}-{uuid4().hex}", OWN_SOURCE, number, moment, moment, kind, told)
    append_events(session, service_date, [said])
    return said


def events(
    session: Session,
    service_date: date,
    *,
    after: int = 0,
    limit: int | None = None,
    only: frozenset[str] | None = None,
    without: frozenset[str] = frozenset(),
) -> list[tuple[int, Event]]:
    """Events with their positions, those after one, of all types or some."""
    wanted = select(EventRow).where(EventRow.service_date == service_date, EventRow.position > after)
    if only is not None:
        wanted = wanted.where(EventRow.type.in_(only))
    if without:
        wanted = wanted.where(EventRow.type.not_in(without))
    rows = session.scalars(wanted.order_by(EventRow.position).limit(limit))
    return [(row.position, _event(row)) for row in rows]


def last_position(session: Session, service_date: date) -> int:
    """The position of the day's last event, 0 where there is none."""
    wanted = select(ServiceDayRow.last_event).where(ServiceDayRow.service_date == service_date)
    return session.scalar(wanted) or 0


def positions_that_count(session: Session, service_date: date, *, upto: int, by: datetime) -> list[tuple[int, Event]]:
    """Of all positions of vehicles that were told: of each duty the last known ``by`` a moment, and what came later.

    Those alone among the day's positions up to event ``upto`` tell where a vehicle is, then or at any later moment.
    """
    known = (EventRow.occurred_at <= by) & (EventRow.received_at <= by)
    latest = (EventRow.occurred_at.desc(), EventRow.source.desc(), EventRow.sequence.desc())
    turn = func.row_number().over(partition_by=EventRow.fields["duty_id"].as_string(), order_by=latest)
    positions = (EventRow.service_date == service_date) & (EventRow.type == "position") & (EventRow.position <= upto)
    ranked = select(EventRow.position, turn.label("turn")).where(positions, known).subquery()
    last = EventRow.position.in_(select(ranked.c.position).where(ranked.c.turn == 1))
    rows = session.scalars(select(EventRow).where(positions, or_(last, ~known)).order_by(EventRow.position))
    return [(row.position, _event(row)) for row in rows]


def _known(
    session: Session, service_date: date, events: Sequence[Event]
) -> tuple[dict[str, Event], dict[tuple[str, int], Event]]:
    by_id: dict[str, Event] = {}
    by_number: dict[tuple[str, int], Event] = {}
    for first in range(0, len(events), _AT_ONCE):
        part = events[first : first + _AT_ONCE]
        numbered = tuple_(EventRow.source, EventRow.sequence).in_([(event.source, event.sequence) for event in part])
        same = or_(EventRow.event_id.in_([event.event_id for event in part]), numbered)
        for row in session.scalars(select(EventRow).where(EventRow.service_date == service_date, same)):
            event = _event(row)
            by_id[event.event_id] = by_number[event.source, event.sequence] = event
    return by_id, by_number


def _says(event: Event) -> tuple[object, ...]:
    """All but when it came and under which id: these differ where an event is sent again."""
    return (event.source, event.sequence, event.occurred_at, event.type, dict(event.fields))


def _row(service_date: date, position: int, event: Event) -> dict[str, Any]:
    return {
        "service_date": service_date,
        "position": position,
        "event_id": event.event_id,
        "source": event.source,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "received_at": event.received_at,
        "type": event.type,
        "fields": dict(event.fields),
    }


def _event(row: EventRow) -> Event:
    return Event(row.event_id, row.source, row.sequence, row.occurred_at, row.received_at, row.type, row.fields)
