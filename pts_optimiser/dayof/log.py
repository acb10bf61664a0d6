"""The day's events as they come in, in bounded memory."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime
from heapq import heappop, heappush

from pts_optimiser.dayof.facts import Facts
from pts_optimiser.domain.events import Event


class DayLog:
    """Takes events in any order, some of them more than once, and keeps what stands by ``now``.

    An event counts once it has occurred and has been received; one that is ahead of ``now`` waits for its time.
    """

    def __init__(self) -> None:
        self.facts = Facts()
        self.now: datetime | None = None
        self._waiting: list[tuple[float, int, Event]] = []
        self._number = 0

    @property
    def waiting(self) -> int:
        """Events ahead of ``now``, copies counted singly."""
        return len(self._waiting)

    def take(self, events: Iterable[Event], now: datetime) -> None:
        """Take in events and set the clock, which never goes back.

        Raises
        ------
        ValueError
            Where ``now`` lies before that of an earlier call: what stood then is not kept.
        """
        if self.now is not None and now.timestamp() < self.now.timestamp():
            raise ValueError(f"the day is already at {self.now.isoformat()}, it does not go back to {now.isoformat()}")
        self.now = now
        clock = now.timestamp()
        for event in events:
            known = max(event.occurred_at.timestamp(), event.received_at.timestamp())
            if known <= clock:
                self.facts.take(event)
            else:
                self._number += 1
                heappush(self._waiting, (known, self._number, event))
        while self._waiting and self._waiting[0][0] <= clock:
            self.facts.take(heappop(self._waiting)[2])

    def copy(self) -> DayLog:
        """The same log, apart: what either takes in from now on is not in the other."""
        other = DayLog()
        other.facts, other.now, other._waiting, other._number = (
            self.facts.copy(),
            self.now,
            list(self._waiting),
            self._number,
        )
        return other

    def only(self, journeys: Container[str], duties: Container[str]) -> DayLog:
        """What stands by now of some journeys and duties, and of travel."""
        other = DayLog()
        other.facts, other.now = self.facts.only(journeys, duties), self.now
        return other
