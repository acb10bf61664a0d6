"""Orders for the jobs. An order is a row of the store; the workers pick it up from there, so none can be lost.

Whoever orders needs the store alone: nothing of the jobs' own machinery is loaded here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from pts_optimiser.domain.errors import InputError
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.services.hosted.orders import ExportOrder, PlanOrder, ReoptimiseOrder, StudyOrder
from pts_optimiser.store import Store, plans
from pts_optimiser.store.days import duties, journeys, policy_toml, service_day, service_days
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.publishing import in_force
from pts_optimiser.store.rosters import stored_roster
from pts_optimiser.store.words import PlanKind, PlanStatus

__all__ = [
    "ExportOrder",
    "PlanOrder",
    "ReoptimiseOrder",
    "StudyOrder",
    "order_export",
    "order_plan",
    "order_reoptimise",
    "order_study",
]


def order_plan(store: Store, by: str, service_date: date, order: PlanOrder) -> tuple[Plan, bool]:
    """Order the roster of a day; returns the plan, validated, and True: each order is a plan of its own.

    Raises
    ------
    NotFoundError
        The day was never uploaded, or has no roster of the version to start from.
    InputError
        The day's policy has no such distancing profile, or a journey is to be held that the day does not have or on a
        duty that it does not have.
    """
    with store.write() as session:
        day = service_day(session, service_date)
        if order.distancing is not None:
            load_policy(policy_toml(session, day.policy_sha256).encode(), distancing=order.distancing)
        if order.warm is not None:
            stored_roster(session, service_date, order.warm)
        if order.held:
            _must_know(session, service_date, order)
        return _ordered(session, PlanKind.PLAN, service_date, order, by)


def order_reoptimise(store: Store, by: str, service_date: date, order: ReoptimiseOrder) -> tuple[Plan, bool]:
    """Order a proposal for the rest of a day; returns the plan, and whether it is new: False where one under way
    is joined.

    Raises
    ------
    NotFoundError
        Nothing is published for the day.
    """
    with store.write() as session:
        in_force(session, service_date)
        return _ordered(session, PlanKind.REOPTIMISE, service_date, order, by)


def order_export(store: Store, by: str, service_date: date, order: ExportOrder) -> tuple[Plan, bool]:
    """Order the folder of a roster version as one zip.

    Raises
    ------
    NotFoundError
        The day has no such version.
    """
    with store.write() as session:
        stored_roster(session, service_date, order.version)
        return _ordered(session, PlanKind.EXPORT, service_date, order, by)


def order_study(store: Store, by: str, order: StudyOrder) -> tuple[Plan, bool]:
    """Order a study; returns the plan, whose id will be the study's name, and True.

    Raises
    ------
    InputError
        The policy has no such distancing profile, or none of the days is here.
    """
    with store.write() as session:
        toml = None
        if order.source == "kept":
            kept = service_days(session, before=order.last + timedelta(days=1), limit=1)
            if not kept or kept[0].service_date < order.first:
                raise InputError(f"no day from {order.first} to {order.last} is here")
            toml = policy_toml(session, kept[0].policy_sha256).encode()
        for name in order.distancing:
            load_policy(toml, distancing=name)
        return _ordered(session, PlanKind.STUDY, None, order, by)


def _must_know(session: Session, service_date: date, order: PlanOrder) -> None:
    strangers = order.held.keys() - {journey.journey_id for journey in journeys(session, service_date)}
    missing = set(order.held.values()) - {duty.duty_id for duty in duties(session, service_date)}
    if strangers or missing:
        raise InputError(
            f"of what is to be held the day does not have {len(strangers)} journeys and {len(missing)} duties"
        )


def _ordered(
    session: Session,
    kind: PlanKind,
    service_date: date | None,
    order: PlanOrder | ReoptimiseOrder | ExportOrder | StudyOrder,
    by: str,
) -> tuple[Plan, bool]:
    now = datetime.now(UTC)
    ordered, new = plans.order_plan(session, kind, service_date, order.document(), by=by, at=now)
    return (plans.advance(session, ordered.plan_id, PlanStatus.VALIDATED, at=now) if new else ordered), new
