"""Plans as their callers see them: how far they are, what they have come to, and stopping one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.rosters import RosterKey
from pts_optimiser.store import NotFoundError, Store, plans
from pts_optimiser.store.errors import ConflictError
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.rosters import roster_of_plan
from pts_optimiser.store.words import PlanKind


class NotReadyError(ConflictError):
    """The plan has no roster: it is not done yet, or has come to nothing."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan, and the version of the roster that it has come to."""

    plan: Plan
    version: int | None


def seen_by(caller: Caller, plan: Plan) -> Plan:
    """The plan without what tells of all contracts together, where the caller is limited to some."""
    if caller.contracts is None:
        return plan
    error = plan.error and {"code": plan.error.get("code")}
    order = {**plan.order, "held": {}} if "held" in plan.order else plan.order
    return replace(plan, order=order, best_so_far=None, error=error)


def view_plan(store: Store, caller: Caller, plan_id: str) -> PlanView:
    """One plan; raises NotFoundError."""
    with store.read() as session:
        return _view(session, caller, plans.plan(session, plan_id))


def list_plans(store: Store, caller: Caller, service_date: date, *, before: str | None, limit: int) -> list[Plan]:
    """The plans of a day, latest first, those older than one; raises NotFoundError where that is none."""
    with store.read() as session:
        older = plans.plan(session, before) if before else None
        found = plans.plans(session, service_date=service_date, before=older, limit=limit)
    return [seen_by(caller, plan) for plan in found]


def studies_under_way(store: Store) -> list[Plan]:
    """The studies that are ordered or run, latest first."""
    with store.read() as session:
        return [plan for plan in plans.unfinished(session) if plan.kind is PlanKind.STUDY]


def stop_plan(store: Store, caller: Caller, plan_id: str, *, at: datetime) -> PlanView:
    """Ask that a plan stops and keeps the best it has; one that has ended stays as it is.

    Raises
    ------
    NotFoundError
    NotAllowedError
        The caller is limited to some contracts.
    """
    caller.must_see_all()
    with store.write() as session:
        return _view(session, caller, plans.request_stop(session, plan_id, by=caller.name, at=at))


def stop_study(store: Store, caller: Caller, plan_id: str, *, at: datetime) -> PlanView:
    """Ask that a study stops and keeps what it has solved; raises as ``stop_plan``, which is for all plans."""
    with store.read() as session:
        if plans.plan(session, plan_id).kind is not PlanKind.STUDY:
            raise NotFoundError("no such study is under way")
    return stop_plan(store, caller, plan_id, at=at)


def roster_of(store: Store, plan_id: str) -> RosterKey:
    """The roster that a plan has come to.

    Raises
    ------
    NotFoundError
        There is no such plan.
    NotReadyError
        It has no roster.
    """
    with store.read() as session:
        plan = plans.plan(session, plan_id)
        stored = roster_of_plan(session, plan_id)
    if stored is None:
        raise NotReadyError(f"the plan is {plan.status}: it has no roster{'' if plan.final else ' yet'}")
    return RosterKey(stored.service_date, stored.version, stored.sha256)


def _view(session: Session, caller: Caller, plan: Plan) -> PlanView:
    stored = roster_of_plan(session, plan.plan_id)
    return PlanView(seen_by(caller, plan), None if stored is None else stored.version)
