"""A worker: takes turns with plans, each in a child process, and watches over the orders of all workers."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Any
from uuid import uuid4

from pts_optimiser.jobs.children import Child, Ending, warm_up
from pts_optimiser.jobs.queue import POLL_S, Queue
from pts_optimiser.jobs.watch import Watch
from pts_optimiser.services.hosted.exports import remove_old
from pts_optimiser.services.hosted.failure import failure
from pts_optimiser.services.hosted.orders import MOST_BUDGET_S
from pts_optimiser.services.hosted.turn import patiently
from pts_optimiser.store import BusyError, ConflictError, NotFoundError, Store, plans
from pts_optimiser.store.aging import forget_aged
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.studies import tidy_studies
from pts_optimiser.store.words import PlanKind, PlanStatus

GIBIBYTE = 1 << 30
MOST_TURNS = 12
"""A plan in the middle of which so many workers or children have died is given up."""
TIDY_S = 3600.0
STUDY_S = 6 * 3600.0
"""The largest study that may be ordered takes some four hours of a processor."""
NICENESS = {PlanKind.REOPTIMISE: 0, PlanKind.PLAN: 5, PlanKind.EXPORT: 10, PlanKind.STUDY: 10}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory``: bytes of address space of a child; ``allowance_s``: seconds that it has for all but the search;
    ``keep_days``: how long what nobody asks for any more is kept.
    """

    memory: int = 4 * GIBIBYTE
    allowance_s: float = 600.0
    keep_days: int = 90


class Worker:
    """Works on the store at ``url`` from ``run`` until ``stop``; plans go by the roads of ``network``, a folder."""

    def __init__(self, url: str, limits: Limits, network: Path | None = None) -> None:
        self.url, self.limits, self.network = url, limits, network
        self._store = Store(url)
        self._stopping = Event()
        self._children: dict[PlanKind, Child] = {}
        self._lock = Lock()

    def run(self, ready: Callable[[], None]) -> None:
        """Work until stopped; ``ready`` is called once turns are taken.

        What is under way at the end is killed: another worker goes on with it from the best roster saved.
        """
        warm_up()
        queue = Queue(self.url, f"{socket.gethostname()}-{uuid4().hex}", self._take_turns)
        watch = Watch(self._store, queue)
        ready()
        tidied = -TIDY_S
        try:
            while not self._stopping.wait(POLL_S):
                with suppress(BusyError):
                    watch.look()
                    if monotonic() - tidied > TIDY_S:
                        tidied = monotonic()
                        self._tidy(queue)
        finally:
            self.stop()
            with self._lock:
                for child in self._children.values():
                    child.kill()
            queue.close()
            self._store.close()

    def stop(self) -> None:
        self._stopping.set()

    def _tidy(self, queue: Queue) -> None:
        now = datetime.now(UTC)
        remove_old(self._store, at=now)
        tidy_studies(self._store)
        forget_aged(self._store, keep_days=self.limits.keep_days, at=now)
        while queue.forget(now - timedelta(days=self.limits.keep_days)):
            pass

    def _take_turns(self, plan_id: str, fence: int) -> None:
        """Take turns with a plan until it has ended, after the turn ``fence``; none where another worker does."""
        while (plan := self._claimed(plan_id, fence)) is not None:
            fence = plan.fence
            crash_point("worker.claimed")
            if fence > MOST_TURNS:
                self._fail(plan, failure("plan_given_up", f"{MOST_TURNS} attempts have died in the middle of it"))
                return
            ending = self._in_child(plan)
            if ending is Ending.DONE or self._stopping.is_set():
                return
            if ending is Ending.TOO_LONG:
                self._fail(plan, failure("plan_time_limit", "the work took far longer than it was given"))
                return
            _log.warning("turn %d of plan %s has died; the next one goes on", fence, plan_id)

    def _claimed(self, plan_id: str, fence: int) -> Plan | None:
        def claim() -> Plan | None:
            now = datetime.now(UTC)
            with suppress(ConflictError, NotFoundError), self._store.write() as session:
                with suppress(ConflictError):  # who has put it into the queue may not have said so yet
                    plans.advance(session, plan_id, PlanStatus.QUEUED, at=now)
                return plans.claim(session, plan_id, at=now, fence=fence)
            return None

        return patiently(claim)

    def _in_child(self, plan: Plan) -> Ending:
        """A re-plan in the process of the one before, which knows the day; all else in a process of its own."""
        with self._lock:
            if self._stopping.is_set():
                return Ending.DIED
            child = self._children.pop(plan.kind, None)
            if child is None or not child.alive:
                child = Child(self.url, self.limits.memory, NICENESS[plan.kind], self.network)
            self._children[plan.kind] = child
        ending = child.take_turn(plan.plan_id, plan.fence, self._limit_s(plan))
        crash_point("worker.turned")
        if plan.kind is not PlanKind.REOPTIMISE:
            child.kill()
        return ending

    def _limit_s(self, plan: Plan) -> float:
        order = plan.order
        if plan.kind is PlanKind.STUDY:
            return STUDY_S
        searching = order.get("budget_s", 0.0) if order.get("iterations") is None else MOST_BUDGET_S
        return 3 * float(searching) + self.limits.allowance_s

    def _fail(self, plan: Plan, error: dict[str, Any]) -> None:
        def fail() -> None:
            with suppress(ConflictError, NotFoundError), self._store.write() as session:
                now = datetime.now(UTC)
                plans.finish(session, plan.plan_id, plan.fence, PlanStatus.FAILED, at=now, error=error)

        patiently(fail)
