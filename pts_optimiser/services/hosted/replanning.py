"""The rest of a published day planned anew, from the store to the store: a version of its roster and a proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from pts_optimiser.planning.replan import Replanning
from pts_optimiser.reporting.diff import diff_document
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.orders import ReoptimiseOrder
from pts_optimiser.services.hosted.turn import Turn, patiently
from pts_optimiser.services.hosted.versions import staged
from pts_optimiser.services.replanned import replan
from pts_optimiser.store.proposals import propose
from pts_optimiser.store.words import PlanStatus


def reoptimise(turn: Turn, live: LiveDays) -> None:
    """Plan the rest of the day anew and end the plan with its roster and a proposal, also where nothing changes.

    ``live`` keeps what it has read of the day for the next time. The roster's engine says up to which event it knows.

    Raises
    ------
    RefusedRosterError
        A proposal that the referee does not pass: a defect of ours; it is not stored.
    ConflictError, NotFoundError
        Another worker holds the plan, it has ended, or its day is gone.
    """
    plan = turn.plan
    service_date = plan.service_date
    assert service_date is not None, "a re-plan is of a day"  # noqa: S101
    order = ReoptimiseOrder.from_document(plan.order)
    standing = live.standing(service_date, order.now)
    in_force = standing.in_force
    how = Replanning(order.budget_s, most_changes_percent=order.most_changes_percent)
    found = replan(in_force.replanner, standing.plan, standing.state, standing.before, standing.rules, how, {})
    after = replace(found.after, engine={**found.after.engine, "events": standing.position})
    turn.figures = {"gained_s": found.gained_s, "drive_s": found.diff.driving_s, "changes": len(found.diff.changes)}

    def end() -> None:
        with staged(turn.store, in_force, after, found.journeys, found.duties, found.travel) as version:

            def add(session: Session, at: datetime) -> None:
                added = version.add(session, by=plan.created_by, at=at, plan_id=plan.plan_id)
                etag, diff = in_force.publication.etag, diff_document(found.diff)
                propose(session, service_date, added.version, base_etag=etag, diff=diff, at=at)

            turn.end(PlanStatus.STOPPED if turn.over() else PlanStatus.COMPLETE, also=add)

    patiently(end)
