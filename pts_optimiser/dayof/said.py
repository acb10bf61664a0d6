"""One thing that was said, and the rule that decides between two of a kind.

The order of events is the order of ``occurred_at``, then source, then sequence. Two events alike in all three are one
event told twice: the copy first received stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pts_optimiser.domain.events import Body, Event

Body_co = TypeVar("Body_co", bound=Body, covariant=True)
B = TypeVar("B", bound=Body)

Rank = tuple[float, str, int]


@dataclass(frozen=True, slots=True)
class Said(Generic[Body_co]):
    """A body with its event; ``at`` is ``occurred_at`` in POSIX seconds."""

    at: float
    event: Event
    body: Body_co

    @property
    def rank(self) -> Rank:
        return self.at, self.event.source, self.event.sequence


def said(event: Event, body: B) -> Said[B]:
    return Said(event.occurred_at.timestamp(), event, body)


def later(one: Said[B], other: Said[B] | None) -> Said[B]:
    """The later word of two."""
    if other is None:
        return one
    if one.at != other.at:
        return one if one.at > other.at else other
    if one.rank != other.rank:
        return max(one, other, key=_rank)
    return min(one, other, key=_copy)


def earlier(one: Said[B], other: Said[B] | None) -> Said[B]:
    """The earlier word of two."""
    if other is None:
        return one
    if one.at != other.at:
        return one if one.at < other.at else other
    if one.rank != other.rank:
        return min(one, other, key=_rank)
    return min(one, other, key=_copy)


def _rank(word: Said[Body]) -> Rank:
    return word.rank


def _copy(word: Said[Body]) -> tuple[float, str, str]:
    return word.event.received_at.timestamp(), word.event.event_id, repr(word.body)
