"""A worker's turn with a plan: the store hears how far it is, and tells whether to stop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy.orm import Session

from pts_optimiser.domain.roster import Roster
from pts_optimiser.store import BusyError, ConflictError, NotFoundError, Store, plans
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanStatus

BEAT_S = 1.5
"""From one word about the figures to the next, whether they have changed or not: who is silent counts as dead."""
PATIENCE_S = 60.0
"""How long the end of a plan is tried again while the database is busy."""

Done = TypeVar("Done")


class Turn:
    """Holds a plan that has been claimed, while its block lasts. Each write carries the plan's fence.

    ``over`` is true once somebody wants the plan to stop, or another worker holds it.
    """

    def __init__(self, store: Store, plan: Plan) -> None:
        self.store, self.plan = store, plan
        self.figures: dict[str, Any] = dict(plan.best_so_far or {})
        self.lost = False
        self._stop_requested = plan.stop_requested
        self._ended = Event()
        self._beating = Thread(target=self._beat, name="turn", daemon=True)

    def __enter__(self) -> Self:
        self._beating.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._beating.join()

    def over(self) -> bool:
        return self._stop_requested or self.lost

    def keep(self, roster: Roster) -> None:
        """Save the best checked roster so far; while the database is busy the next one will do."""
        with suppress(BusyError):
            self._say(roster)

    def end(
        self,
        status: PlanStatus,
        *,
        error: dict[str, Any] | None = None,
        also: Callable[[Session, datetime], object] = lambda _session, _at: None,
    ) -> None:
        """End the plan, in one transaction with what ``also`` adds to the store: all of it once, or nothing.

        Raises
        ------
        ConflictError, NotFoundError
            Another worker holds it, it has ended, or it is gone.
        BusyError
            The database was busy for a minute.
        """

        plan_id, fence = self.plan.plan_id, self.plan.fence

        def end() -> None:
            now = datetime.now(UTC)
            with self.store.write() as session:
                also(session, now)
                plans.save_best(session, plan_id, fence, self.figures, at=now)
                plans.finish(session, plan_id, fence, status, at=now, error=error)

        self._ended.set()
        crash_point("turn.ending")
        patiently(end)
        crash_point("turn.ended")

    def _beat(self) -> None:
        while not self._ended.wait(BEAT_S):
            with suppress(BusyError):
                self._say()

    def _say(self, roster: Roster | None = None) -> None:
        if self.lost:
            return
        try:
            with self.store.write() as session:
                now = datetime.now(UTC)
                told = plans.save_best(session, self.plan.plan_id, self.plan.fence, self.figures, roster, at=now)
        except (ConflictError, NotFoundError):
            self.lost = True
        else:
            self._stop_requested |= told.stop_requested
            crash_point("turn.said")


def patiently(work: Callable[[], Done]) -> Done:
    """Do it again while the database is busy, for a minute; then BusyError."""
    give_up = monotonic() + PATIENCE_S
    while True:
        try:
            return work()
        except BusyError:
            if monotonic() > give_up:
                raise
            sleep(BEAT_S)
