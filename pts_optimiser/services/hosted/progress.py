"""Progress of plans for many listeners at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.listening import Listener, Listening
from pts_optimiser.services.hosted.plans import seen_by
from pts_optimiser.store import Store, plans
from pts_optimiser.store.plans import Plan


class Progress(Listening[str, Plan]):
    """What the store says of the plans that somebody listens to."""

    def __init__(self, store: Store, **how: Any) -> None:
        super().__init__(store, _read, **how)

    def listen(self, caller: Caller, plan_id: str, seen: int | None = None) -> Listener[str, Plan]:
        """Listen to a plan, from the state after revision ``seen`` (None: from the present one).

        Raises
        ------
        NotFoundError
            There is no such plan.
        BusyError
            Too many listen already.
        """
        with self.store.read() as session:
            plan = plans.plan(session, plan_id)
        return self.join(plan_id, plan, seen, lambda plan: seen_by(caller, plan))


def _read(session: Session, plan_ids: Sequence[str]) -> Iterator[tuple[str, Plan]]:
    return ((plan.plan_id, plan) for plan in plans.plans_among(session, plan_ids))
