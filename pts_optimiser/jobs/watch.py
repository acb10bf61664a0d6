"""Looks after the orders of a store: new ones are queued, and those whose worker says nothing any more are again.

Every worker watches, over all plans. What two of them do about the same plan at the same revision is done once.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic

from pts_optimiser.jobs.queue import Queue
from pts_optimiser.services.hosted.turn import BEAT_S
from pts_optimiser.store import ConflictError, NotFoundError, Store, plans
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanStatus

SILENT_S = 8 * BEAT_S
"""A plan whose revision stays the same for so long, by this worker's own clock, is in nobody's hands."""


class Watch:
    def __init__(self, store: Store, queue: Queue) -> None:
        self.store, self.queue = store, queue
        self._seen: dict[str, tuple[int, float]] = {}

    def look(self) -> None:
        """Look at every plan that has not ended.

        Raises
        ------
        BusyError
            The database is busy or away; look again later.
        """
        with self.store.read() as session:
            unfinished = plans.unfinished(session)
        now = monotonic()
        known, self._seen = self._seen, {}
        for plan in unfinished:
            revision, since = known.get(plan.plan_id, (0, now))
            if revision != plan.revision:
                since = now
            if plan.status is PlanStatus.VALIDATED:
                self._queue(plan)
            elif now - since >= SILENT_S:
                since = now
                if not self.queue.holds(plan):
                    self.queue.put(plan)
            self._seen[plan.plan_id] = plan.revision, since

    def _queue(self, plan: Plan) -> None:
        """It is in the queue before it says so: if this worker dies between, it is found as it was."""
        self.queue.put(plan)
        crash_point("watch.queued")
        with suppress(ConflictError, NotFoundError), self.store.write() as session:
            plans.advance(session, plan.plan_id, PlanStatus.QUEUED, at=datetime.now(UTC))
