"""What was ordered from the jobs: accepted → validated | invalid → queued → solving → complete | stopped | failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, func, select, tuple_, update
from sqlalchemy.orm import Session

from pts_optimiser.domain.roster import Roster
from pts_optimiser.store import audit
from pts_optimiser.store.contents import keep_texts, text_of
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.days import service_day
from pts_optimiser.store.errors import ConflictError, NotFoundError
from pts_optimiser.store.models import PlanRow
from pts_optimiser.store.models.plans import ONE_REOPTIMISE, UNFINISHED
from pts_optimiser.store.rosters import roster_from_text, roster_text
from pts_optimiser.store.upsert import insert_into
from pts_optimiser.store.words import PlanKind, PlanStatus

_ENDS = (PlanStatus.STOPPED, PlanStatus.FAILED)
NEXT: Mapping[PlanStatus, tuple[PlanStatus, ...]] = {
    PlanStatus.ACCEPTED: (PlanStatus.VALIDATED, PlanStatus.INVALID, *_ENDS),
    PlanStatus.VALIDATED: (PlanStatus.QUEUED, *_ENDS),
    PlanStatus.QUEUED: (PlanStatus.SOLVING, *_ENDS),
    PlanStatus.SOLVING: (PlanStatus.SOLVING, PlanStatus.COMPLETE, *_ENDS),
}
"""Which status may follow which; what is not here is final. Solving follows solving where a worker has died."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``order`` is what was asked for, ``best_so_far`` the figures of the best roster yet, ``error`` code and message.

    ``fence`` is the turn of the worker that holds the plan; ``revision`` rises with every change.
    """

    plan_id: str
    kind: PlanKind
    service_date: date | None
    status: PlanStatus
    fence: int
    revision: int
    order: Mapping[str, Any]
    best_so_far: Mapping[str, Any] | None
    error: Mapping[str, Any] | None
    stop_requested: bool
    created_at: datetime
    created_by: str
    started_at: datetime | None
    finished_at: datetime | None
    updated_at: datetime

    @property
    def final(self) -> bool:
        return self.status not in NEXT


def order_plan(
    session: Session, kind: PlanKind, service_date: date | None, order: Mapping[str, Any], *, by: str, at: datetime
) -> tuple[Plan, bool]:
    """Order a plan; returns it and whether it is new.

    A day has one re-optimise at a time: who orders another one meanwhile joins it.

    Raises
    ------
    NotFoundError
        The day was never uploaded.
    """
    if service_date is not None:
        service_day(session, service_date)
    plan_id = uuid4().hex
    row = {
        "plan_id": plan_id,
        "kind": kind,
        "service_date": service_date,
        "status": PlanStatus.ACCEPTED,
        "fence": 0,
        "revision": 1,
        "order": dict(order),
        "stop_requested": False,
        "created_at": at,
        "created_by": by,
        "updated_at": at,
    }
    ordered = insert_into(session, PlanRow).values(row)
    joined = ordered.on_conflict_do_nothing(index_elements=["service_date"], index_where=ONE_REOPTIMISE)
    while session.scalar(joined.returning(PlanRow.plan_id)) is None:
        running = _plans(session, ONE_REOPTIMISE, PlanRow.service_date == service_date)
        if running:
            return running[0], False
    audit.note(
        session,
        at=at,
        who=by,
        what=f"{kind}.order",
        subject=f"plans/{plan_id}",
        after={"day": service_date.isoformat()} if service_date else None,
    )
    return plan(session, plan_id), True


def plan(session: Session, plan_id: str) -> Plan:
    """The plan; raises NotFoundError where there is none."""
    found = _plans(session, PlanRow.plan_id == plan_id)
    if not found:
        raise NotFoundError("no such plan")
    return found[0]


def plans_among(session: Session, plan_ids: Sequence[str]) -> list[Plan]:
    """Those plans of some that are there, in one question."""
    return _plans(session, PlanRow.plan_id.in_(plan_ids), limit=len(plan_ids))


def plans(
    session: Session, *, service_date: date | None = None, before: Plan | None = None, limit: int = 100
) -> list[Plan]:
    """Plans, latest first, of all days or of one, those older than ``before`` where it is given."""
    wanted = [] if service_date is None else [PlanRow.service_date == service_date]
    if before is not None:
        wanted.append(tuple_(PlanRow.created_at, PlanRow.plan_id) < (before.created_at, before.plan_id))
    return _plans(session, *wanted, limit=limit)


def reoptimising(session: Session, service_date: date) -> str | None:
    """The id of a day's re-optimise that is under way."""
    return next((plan.plan_id for plan in _plans(session, ONE_REOPTIMISE, PlanRow.service_date == service_date)), None)


def unfinished(session: Session) -> list[Plan]:
    """Plans that are not final, latest first."""
    return _plans(session, UNFINISHED, limit=None)


def request_stop(session: Session, plan_id: str, *, by: str, at: datetime) -> Plan:
    """Ask that a plan stops and keeps its best; one that no worker has taken up is stopped at once."""
    before = plan(session, plan_id)
    waiting = (PlanStatus.ACCEPTED, PlanStatus.VALIDATED, PlanStatus.QUEUED)
    stopped = {"status": PlanStatus.STOPPED, "finished_at": at}
    if not (
        _change(session, plan_id, PlanRow.status.in_(waiting), at, stop_requested=True, **stopped)
        or _change(session, plan_id, PlanRow.status == PlanStatus.SOLVING, at, stop_requested=True)
    ):
        return before
    audit.note(session, at=at, who=by, what="plan.stop", subject=f"plans/{plan_id}", before={"status": before.status})
    return plan(session, plan_id)


def advance(
    session: Session, plan_id: str, status: PlanStatus, *, at: datetime, error: Mapping[str, Any] | None = None
) -> Plan:
    """Bring a plan that no worker holds to its next status.

    Raises
    ------
    ConflictError
        It is not in a status that this one follows.
    """
    from_ = [known for known, following in NEXT.items() if status in following and known is not PlanStatus.SOLVING]
    ends = {} if status in NEXT else {"finished_at": at}
    if status is PlanStatus.SOLVING or not _change(
        session, plan_id, PlanRow.status.in_(from_), at, status=status, error=error and dict(error), **ends
    ):
        raise ConflictError(f"a plan that is {plan(session, plan_id).status} cannot become {status}")
    return plan(session, plan_id)


def claim(session: Session, plan_id: str, *, at: datetime, fence: int | None = None) -> Plan:
    """Take a plan up, also one whose worker has died: whoever held it before can write no more.

    ``fence`` is that of the turn to be followed, where it matters that no other has followed it.

    Raises
    ------
    ConflictError
        It is not queued or solving, or in a later turn.
    """
    takeable: ColumnElement[bool] = PlanRow.status.in_((PlanStatus.QUEUED, PlanStatus.SOLVING))
    if fence is not None:
        takeable &= PlanRow.fence == fence
    if not _change(
        session,
        plan_id,
        takeable,
        at,
        status=PlanStatus.SOLVING,
        fence=PlanRow.fence + 1,
        started_at=func.coalesce(PlanRow.started_at, at),
    ):
        now = plan(session, plan_id)
        raise ConflictError(f"a plan that is {now.status}, in its turn {now.fence}, cannot be taken up")
    crash_point("plans.claimed")
    return plan(session, plan_id)


def save_best(
    session: Session,
    plan_id: str,
    fence: int,
    figures: Mapping[str, Any],
    roster: Roster | None = None,
    *,
    at: datetime,
) -> Plan:
    """Save the figures of the best roster so far, and the roster itself where the referee has passed it.

    Raises
    ------
    ConflictError
        Another worker holds the plan, or it has ended.
    """
    kept = {} if roster is None else {"best_sha256": keep_texts(session, [roster_text(roster)])[0]}
    _held(session, plan_id, fence, at, best_so_far=dict(figures), **kept)
    return plan(session, plan_id)


def best_roster(session: Session, plan_id: str) -> Roster | None:
    """The best checked roster that was saved: what a resumed plan starts from."""
    sha256 = session.scalar(select(PlanRow.best_sha256).where(PlanRow.plan_id == plan_id))
    return roster_from_text(text_of(session, sha256)) if sha256 else None


def finish(
    session: Session,
    plan_id: str,
    fence: int,
    status: PlanStatus,
    *,
    at: datetime,
    error: Mapping[str, Any] | None = None,
) -> Plan:
    """End a plan: complete, stopped or failed. In one transaction with ``add_roster`` it ends once with one roster.

    Raises
    ------
    ConflictError
        Another worker holds the plan, or it has ended.
    """
    if status in NEXT or status is PlanStatus.INVALID:
        raise ValueError(f"{status} does not end a plan that is solving")
    _held(session, plan_id, fence, at, status=status, finished_at=at, error=error and dict(error))
    crash_point("plans.finished")
    return plan(session, plan_id)


def _held(session: Session, plan_id: str, fence: int, at: datetime, **values: object) -> None:
    holds = (PlanRow.fence == fence) & (PlanRow.status == PlanStatus.SOLVING)
    if not _change(session, plan_id, holds, at, **values):
        now = plan(session, plan_id)
        raise ConflictError(f"the plan is {now.status}, in its turn {now.fence}; turn {fence} can write no more")


def _change(session: Session, plan_id: str, when: ColumnElement[bool], at: datetime, **values: object) -> bool:
    """Compare and change in one statement."""
    changed = update(PlanRow).where(PlanRow.plan_id == plan_id, when)
    changed = changed.values(**values, revision=PlanRow.revision + 1, updated_at=at)
    changed = changed.execution_options(synchronize_session=False)
    return session.scalar(changed.returning(PlanRow.plan_id)) is not None


def _plans(session: Session, *which: Any, limit: int | None = 1) -> list[Plan]:
    wanted = select(PlanRow).where(*which).order_by(PlanRow.created_at.desc(), PlanRow.plan_id.desc()).limit(limit)
    rows = session.scalars(wanted.execution_options(populate_existing=True))
    return [
        Plan(
            plan_id=row.plan_id,
            kind=PlanKind(row.kind),
            service_date=row.service_date,
            status=PlanStatus(row.status),
            fence=row.fence,
            revision=row.revision,
            order=row.order,
            best_so_far=row.best_so_far,
            error=row.error,
            stop_requested=row.stop_requested,
            created_at=row.created_at,
            created_by=row.created_by,
            started_at=row.started_at,
            finished_at=row.finished_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]
