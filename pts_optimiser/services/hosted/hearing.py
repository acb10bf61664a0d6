"""What was said of one day, taken from the store in the order of its positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pts_optimiser.dayof import DayLog, DayState
from pts_optimiser.domain.events import Event
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.events import read_event_documents
from pts_optimiser.store import events as stored

AT_ONCE = 5_000
POSITIONS = frozenset({"position"})
MOST_NEWS = 10_000


@dataclass(frozen=True, slots=True)
class News:
    """What an event was about, and its position in the store; positions of vehicles are no news."""

    position: int
    type: str
    journey_id: str | None
    duty_id: str | None


class Hearing:
    """The log of a day, kept up with the store.

    ``position`` is that of the last event taken in; ``news`` are the latest, from ``news_from`` on.
    """

    def __init__(self, service_date: date, policy: Policy) -> None:
        self.service_date, self.policy = service_date, policy
        self.log = DayLog()
        self.position = 0
        self.news: list[News] = []
        self.news_from = 0

    def catch_up(self, session: Session, now: datetime) -> None:
        """Take in what the store has beyond the last position, and set the clock.

        Raises
        ------
        ValueError
            ``now`` lies before that of an earlier call.
        """
        if self.position == 0:
            self._from_the_beginning(session, now)
        while part := stored.events(session, self.service_date, after=self.position, limit=AT_ONCE):
            self._take(part, now)
        self.log.take((), now)

    def since(self, position: int) -> list[News] | None:
        """The news behind a position; None where so much was said since that it is not kept."""
        return None if position < self.news_from else [one for one in self.news if one.position > position]

    def _from_the_beginning(self, session: Session, now: datetime) -> None:
        """All but the positions of vehicles, of which only the last count: there may be millions."""
        last = stored.last_position(session, self.service_date)
        after = 0
        while part := stored.events(session, self.service_date, after=after, limit=AT_ONCE, without=POSITIONS):
            self._take([one for one in part if one[0] <= last], now)
            after = part[-1][0]
        self.log.take(_read(stored.positions_that_count(session, self.service_date, upto=last, by=now), self), now)
        self.position, self.news, self.news_from = last, [], last

    def _take(self, part: list[tuple[int, stored.Event]], now: datetime) -> None:
        told = [one for one in part if one[1].type not in POSITIONS]
        self.log.take(_read(part, self), now)
        self.news += [_news(position, event) for position, event in told]
        if len(self.news) > MOST_NEWS:
            self.news_from = self.news[-MOST_NEWS - 1].position
            self.news = self.news[-MOST_NEWS:]
        self.position = max([self.position, *(position for position, _ in part)])


def spoken_of(news: Iterable[News], state: DayState) -> frozenset[str]:
    """The duties that news are about, and those of the journeys that they are about."""
    duties = set()
    for one in news:
        known = state.journeys.get(one.journey_id or "")
        duties |= {one.duty_id, known.duty_id if known else None}
    return frozenset(duty_id for duty_id in duties if duty_id is not None)


def concerns(news: Sequence[News], state: DayState, duties: set[str], journeys: set[str]) -> bool:
    """Whether something was said of some journeys, of some duties or of what these carry."""
    return any(one.journey_id in journeys for one in news) or not duties.isdisjoint(spoken_of(news, state))


def news_held(session: Session, service_date: date, position: int) -> list[News]:
    """What was said behind a position; to the end of the transaction nobody says anything more."""
    stored.append_events(session, service_date, ())
    return [_news(*one) for one in stored.events(session, service_date, after=position, without=POSITIONS)]


def document_of(event: stored.Event) -> dict[str, Any]:
    """A stored event in the form of ``events.jsonl``."""
    return {
        "event_id": event.event_id,
        "source": event.source,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at.isoformat(),
        "received_at": event.received_at.isoformat(),
        "type": event.type,
        **event.fields,
    }


def _read(part: Iterable[tuple[int, stored.Event]], hearing: Hearing) -> Iterator[Event]:
    """Events as they count; what the policy of the roster does not know is passed over."""
    documents = (document_of(event) for _, event in part)
    yield from read_event_documents(documents, hearing.policy, service_date=hearing.service_date).items


def _news(position: int, event: stored.Event) -> News:
    fields = event.fields
    journey = fields.get("journey")
    journey_id = journey.get("journey_id") if isinstance(journey, dict) else fields.get("journey_id")
    return News(position, event.type, journey_id, fields.get("duty_id"))
