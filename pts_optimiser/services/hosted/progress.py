"""Progress of plans for many listeners at once: one thread a process asks the store for all of them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from threading import Condition, Thread
from time import monotonic

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.plans import seen_by
from pts_optimiser.store import BusyError, Store, plans
from pts_optimiser.store.plans import Plan

EVERY_S = 0.5
HEARTBEAT_S = 15.0
"""So often a listener hears something, so that nobody between takes the line for dead."""
LONGEST_S = 900.0
"""After this a listener has to ask again, with a key that is still good."""
MOST_LISTENERS = 60
"""In one process: each holds a thread of the web server."""

_log = logging.getLogger(__name__)


class Listener(Iterator[Plan | None]):
    """A plan each time that it has changed, None where nothing has for a while; ends after the final state."""

    def __init__(self, progress: Progress, caller: Caller, plan: Plan, seen: int | None) -> None:
        self._progress, self._caller, self.plan_id = progress, caller, plan.plan_id
        self._seen = seen
        self.over = plan.final and seen == plan.revision
        """Whether there is nothing more to tell."""
        self._until = monotonic() + progress.longest_s
        self._open = True

    def __next__(self) -> Plan | None:
        if self.over:
            self.close()
            raise StopIteration
        plan = self._progress.next_of(self.plan_id, self._seen)
        if plan is not None:
            self._seen = plan.revision
            plan = seen_by(self._caller, plan)
        self.over = monotonic() > self._until or self._progress.closed or (plan is not None and plan.final)
        return plan

    def close(self) -> None:
        """Listen no more; called by the web server also where the client has gone."""
        if self._open:
            self._open = False
            self._progress.leave(self.plan_id)


class Progress:
    """What the store says of the plans that somebody listens to. Open it after a fork; threads share it."""

    def __init__(
        self,
        store: Store,
        *,
        every_s: float = EVERY_S,
        heartbeat_s: float = HEARTBEAT_S,
        longest_s: float = LONGEST_S,
        most: int = MOST_LISTENERS,
    ) -> None:
        self._store, self._every_s, self._heartbeat_s, self._most = store, every_s, heartbeat_s, most
        self.longest_s = longest_s
        self.closed = False
        self._changed = Condition()
        self._listeners: Counter[str] = Counter()
        self._plans: dict[str, Plan] = {}
        self._asking = False

    def listen(self, caller: Caller, plan_id: str, seen: int | None = None) -> Listener:
        """Listen to a plan, from the state after revision ``seen`` (None: from the present one).

        Raises
        ------
        NotFoundError
            There is no such plan.
        BusyError
            Too many listen already.
        """
        with self._store.read() as session:
            plan = plans.plan(session, plan_id)
        with self._changed:
            if self._listeners.total() >= self._most:
                raise BusyError("too many listen to plans already; read the plan itself from time to time")
            self._listeners[plan_id] += 1
            known = self._plans.get(plan_id)
            if known is None or known.revision < plan.revision:
                self._plans[plan_id] = plan
            if not self._asking:
                self._asking = True
                Thread(target=self._ask, name="progress", daemon=True).start()
        return Listener(self, caller, plan, seen)

    def next_of(self, plan_id: str, seen: int | None) -> Plan | None:
        """The plan once it is not at revision ``seen`` any more; None where that takes longer than a heartbeat."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self._plans[plan_id].revision != seen, self._heartbeat_s)
            plan = self._plans[plan_id]
            return plan if plan.revision != seen else None

    def leave(self, plan_id: str) -> None:
        """One listener less."""
        with self._changed:
            self._listeners[plan_id] -= 1
            if not self._listeners[plan_id]:
                del self._listeners[plan_id], self._plans[plan_id]
            self._changed.notify_all()

    def close(self) -> None:
        """Let all listeners go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def _ask(self) -> None:
        """Until nobody listens any more."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self.closed or not self._listeners, self._every_s)
                if self.closed or not self._listeners:
                    self._asking = False
                    return
                waiting = [plan_id for plan_id, plan in self._plans.items() if not plan.final]
            if waiting:
                self._tell(waiting)

    def _tell(self, plan_ids: list[str]) -> None:
        try:
            with self._store.read() as session:
                found = plans.plans_among(session, plan_ids)
        except BusyError:
            _log.warning("progress of plans not read: the store is busy")
            return
        with self._changed:
            for plan in found:
                if plan.plan_id in self._plans:
                    self._plans[plan.plan_id] = plan
            self._changed.notify_all()
