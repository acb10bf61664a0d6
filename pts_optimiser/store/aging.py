"""What nobody asks for after a while removed; what was published, and the audit, stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, update
from sqlalchemy.orm import aliased

from pts_optimiser.store.models import PlanRow, PublicationRow, RosterRow
from pts_optimiser.store.retention import forget_positions, sweep
from pts_optimiser.store.store import Store
from pts_optimiser.store.words import PlanKind


@dataclass(frozen=True, slots=True)
class Aged:
    """How much was removed: versions of rosters that were never published, plans without a roster, positions."""

    rosters: int
    plans: int
    positions: int


def forget_aged(store: Store, *, keep_days: int, at: datetime) -> Aged:
    """Remove what has not changed for ``keep_days`` and will not be missed, and what it alone has held.

    These are roster versions that were never published and that no kept one changes, with their proposals; plans,
    re-plans and exports that have ended and have no roster; the drafts of all that have ended; and where vehicles
    were. Published rosters, events, days and the audit stay: days go by ``forget_days``, when their operator says so.
    """
    before = at - timedelta(days=keep_days)
    changing = aliased(RosterRow)
    published = and_(PublicationRow.service_date == RosterRow.service_date, PublicationRow.version == RosterRow.version)
    changed = and_(changing.service_date == RosterRow.service_date, changing.based_on == RosterRow.version)
    rosters = delete(RosterRow).where(
        RosterRow.created_at < before, ~exists().where(published), ~exists().where(changed)
    )
    ended = PlanRow.finished_at < before
    drafts = update(PlanRow).where(ended, PlanRow.best_sha256.is_not(None)).values(best_sha256=None)
    rosterless = ~exists().where(RosterRow.plan_id == PlanRow.plan_id)
    plans = delete(PlanRow).where(ended, rosterless, PlanRow.kind != PlanKind.STUDY)
    apart = {"synchronize_session": False}
    with store.write() as session:
        gone_rosters = len(session.scalars(rosters.returning(RosterRow.version), execution_options=apart).all())
        session.execute(drafts, execution_options=apart)
        gone_plans = len(session.scalars(plans.returning(PlanRow.plan_id), execution_options=apart).all())
    positions = forget_positions(store, at.date(), keep_days)
    sweep(store, at=at)
    return Aged(gone_rosters, gone_plans, positions)
