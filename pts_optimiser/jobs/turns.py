"""One turn with a plan, whatever its kind, in the process that is there for it."""

from __future__ import annotations

from contextlib import suppress

from pts_optimiser.services.hosted.failure import failure_of
from pts_optimiser.services.hosted.solving import solve
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.store import BusyError, ConflictError, NotFoundError, Store, plans
from pts_optimiser.store.words import PlanKind, PlanStatus


def take_turn(store: Store, plan_id: str, fence: int) -> None:
    """Work on a plan that has been claimed until it has ended; nothing where another worker holds it by now.

    Raises
    ------
    BusyError
        The database is away; the next turn goes on.
    """
    with suppress(ConflictError, NotFoundError):
        with store.read() as session:
            plan = plans.plan(session, plan_id)
        if plan.fence != fence:
            return
        with Turn(store, plan) as turn:
            try:
                WORK[plan.kind](turn)
            except (BusyError, ConflictError, NotFoundError):
                raise
            except Exception as error:
                turn.end(PlanStatus.FAILED, error=failure_of(error))


WORK = {PlanKind.PLAN: solve}
