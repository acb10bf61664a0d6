"""The days as they happen, kept in memory by one process: what answers is worked out behind the scenes."""

from __future__ import annotations

import gc
import logging
from collections import OrderedDict
from datetime import UTC, date, datetime
from threading import Condition, Thread
from time import monotonic

from pts_optimiser.services.hosted.hearing import News
from pts_optimiser.services.hosted.live_day import Clock, LiveDay, Ready, Told
from pts_optimiser.services.hosted.shelf import IDLE_S
from pts_optimiser.services.hosted.standing import Standing
from pts_optimiser.store import BusyError, Store

MOST_DAYS = 3
"""A weekday of 3,500 journeys takes half a gigabyte."""
WAIT_S = 20.0
"""So long somebody waits for what is being worked out."""
REFRESH_S = 30.0
"""What is asked for again and again is worked out anew after this, before it is too old to answer,"""
IN_USE_S = 600.0
"""while somebody has asked within this."""
REST = 3.0
"""Working out without anybody waiting leaves so many times its duration free for other things."""

_log = logging.getLogger(__name__)


class LiveDays:
    """The days of one store, each as it happens. Open it after a fork; threads share it.

    A day has one memory by the clock on the wall, and another for those who ask how it stood at a moment that they
    say. The days not asked about for the longest time are forgotten first.
    """

    def __init__(self, store: Store, *, most: int = MOST_DAYS, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self.store, self.most, self.clock = store, most, clock
        self._days: OrderedDict[tuple[date, bool], LiveDay] = OrderedDict()
        self._wake = Condition()
        self._urgent: OrderedDict[LiveDay, None] = OrderedDict()
        self._worker: Thread | None = None
        self._closed = False

    def standing(self, service_date: date, now: datetime | None = None) -> Standing:
        """The day as it stands at ``now`` (None: by the clock), worked out anew.

        Raises
        ------
        NotFoundError
            Nothing is published for the day.
        """
        return self._day(service_date, now).standing(now)

    def told(self, service_date: date, now: datetime | None = None) -> Told:
        """What is published, and the words that bind journeys to duties; raises NotFoundError."""
        return self._day(service_date, now).told(now)

    def ready(
        self, service_date: date, now: datetime | None = None, *, journey_id: str | None = None, risks: bool = False
    ) -> tuple[Ready, list[News]]:
        """What answers at once, at most a minute old, and what was said since.

        Parameters
        ----------
        now
            By when; None: by the clock.
        journey_id
            Nothing was said since of this journey.
        risks
            The late risks are worked out too.

        Raises
        ------
        NotFoundError
            Nothing is published for the day.
        BusyError
            It could not be worked out in time.
        """
        day = self._day(service_date, now)
        until = monotonic() + WAIT_S
        while True:
            seen = day.ready
            found = day.ready_for(now, journey_id)
            if found is not None and not (risks and found[0].risks is None):
                if found[1]:
                    self._want(day, urgent=False)
                return found
            if found is None or not day.preparing:  # else the risks are on their way
                self._want(day, urgent=True)
            if not day.wait_beyond(seen, until - monotonic()):
                raise BusyError("the day is still being worked out; try again")

    def heard(self, service_date: date) -> None:
        """Something was said of a day: have it worked out anew if it is in use."""
        with self._wake:
            day = self._days.get((service_date, False))
        if day is not None and monotonic() - day.asked_at < IN_USE_S:
            self._want(day, urgent=False)

    def drop_idle(self) -> None:
        """Forget the days that nobody has asked about in a while."""
        before = monotonic() - IDLE_S
        with self._wake:
            for key in [key for key, day in self._days.items() if day.used_at < before]:
                del self._days[key]

    def close(self) -> None:
        """Stop working behind the scenes."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
            worker = self._worker
        if worker is not None:
            worker.join()

    def _day(self, service_date: date, now: datetime | None) -> LiveDay:
        key = service_date, now is not None
        with self._wake:
            day = self._days.get(key)
            if day is None:
                day = self._days[key] = LiveDay(self.store, service_date, self.clock, said=now is not None)
            day.used_at = monotonic()
            self._days.move_to_end(key)
            while len(self._days) > self.most:
                self._days.popitem(last=False)
            return day

    def _want(self, day: LiveDay, *, urgent: bool) -> None:
        with self._wake:
            if urgent:
                self._urgent[day] = None
            day.wanted = True
            if self._worker is None:
                self._worker = Thread(target=self._work, name="live-days", daemon=True)
                self._worker.start()
            self._wake.notify_all()

    def _work(self) -> None:
        while (day := self._next()) is not None:
            try:
                day.prepare()
            except Exception as error:  # whoever waits is told, and the next day is worked out all the same
                _log.exception("a day could not be worked out")
                day.fail(error)
            gc.freeze()  # a day lies in no cycle, and to look through it for garbage would stop all answers for 100 ms

    def _next(self) -> LiveDay | None:
        """The day to be worked out next, when it is time; None at the end."""
        with self._wake:
            while not self._closed:
                if self._urgent:
                    day = self._urgent.popitem(last=False)[0]
                    day.wanted = False
                    return day
                due = [(self._due(day), day) for day in self._days.values()]
                soonest = min(due, key=lambda one: one[0], default=None)
                wait_s = REFRESH_S if soonest is None else soonest[0] - monotonic()
                if soonest is not None and wait_s <= 0:
                    soonest[1].wanted = False
                    return soonest[1]
                self._wake.wait(min(wait_s, REFRESH_S))
            return None

    def _due(self, day: LiveDay) -> float:
        """When a day that nobody waits for is worked out."""
        if day.ready is None and not day.wanted:
            return float("inf")
        if day.wanted:
            return day.prepared_at + REST * day.took_s
        in_use = not day.said and monotonic() - day.asked_at < IN_USE_S
        return day.prepared_at + max(REFRESH_S, REST * day.took_s) if in_use else float("inf")
