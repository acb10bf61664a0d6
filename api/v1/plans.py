"""``/v1/plans``: order one, see how far it is, stop it, publish what it has come to."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from api.context import caller, now, store
from api.manners import etags
from api.manners.idempotency import idempotent
from api.manners.paging import PageIn, next_cursor, position
from api.models.base import Shown
from api.models.plans import PlanIn, PlanOut, PlansOut, ProgressOut, SummaryOut
from api.models.published import PublishedOut
from api.who.roles import READERS, allows
from pts_optimiser.jobs.orders import PlanOrder, order_plan
from pts_optimiser.services.hosted import plans, publishing
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("plans", __name__)


def shown(model: type[Shown], plan: Plan, version: int | None = None) -> dict[str, Any]:
    """What a model shows of a plan."""
    return {name: version if name == "version" else getattr(plan, name) for name in model.model_fields}


@blueprint.post("/days/<day:service_date>/plans")
@allows(Role.PLANNER)
@idempotent
@blueprint.input(PlanIn)
@blueprint.output(PlanOut, status_code=202)
@blueprint.doc(summary="Order a plan", operation_id="orderPlan")
def order(service_date: date, json_data: PlanIn) -> Any:
    """Have a day planned. `Location` names the plan: read it, or follow its progress."""
    by = caller()
    by.must_see_all()
    ordered, _ = order_plan(store(), by.name, service_date, PlanOrder(**json_data.model_dump()))
    return shown(PlanOut, ordered), {"Location": url_for("v1.plans.show", plan_id=ordered.plan_id)}


@blueprint.get("/days/<day:service_date>/plans")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(PlansOut)
@blueprint.doc(summary="List a day's plans", operation_id="listPlans")
def index(service_date: date, query_data: PageIn) -> Any:
    """Plans, re-plans and exports of a day, latest first."""
    before = position(query_data, str)
    found = plans.list_plans(store(), caller(), service_date, before=before, limit=query_data.limit)
    return {
        "items": [shown(ProgressOut, plan) for plan in found],
        "next": next_cursor(query_data, found, lambda plan: plan.plan_id),
    }


@blueprint.get("/plans/<plan_id>")
@allows(*READERS)
@blueprint.output(PlanOut)
@blueprint.doc(summary="Read a plan", operation_id="getPlan")
def show(plan_id: str) -> Any:
    """A plan whole."""
    view = plans.view_plan(store(), caller(), plan_id)
    return shown(PlanOut, view.plan, view.version)


@blueprint.get("/plans/<plan_id>/summary")
@allows(*READERS)
@blueprint.output(SummaryOut)
@blueprint.doc(summary="Read how far a plan is", operation_id="getPlanSummary")
def show_summary(plan_id: str) -> Any:
    """The little that is asked for again and again; `progress` tells it unasked."""
    view = plans.view_plan(store(), caller(), plan_id)
    return shown(SummaryOut, view.plan, view.version)


@blueprint.delete("/plans/<plan_id>")
@allows(Role.PLANNER, Role.CONTROLLER)
@blueprint.output(SummaryOut, status_code=202)
@blueprint.doc(summary="Stop a plan", operation_id="stopPlan")
def stop(plan_id: str) -> Any:
    """Stop a plan, which keeps the best it has. One that has ended stays as it is."""
    view = plans.stop_plan(store(), caller(), plan_id, at=now())
    return shown(SummaryOut, view.plan, view.version)


@blueprint.post("/plans/<plan_id>/publish")
@allows(Role.PLANNER, Role.CONTROLLER)
@idempotent
@blueprint.output(PublishedOut)
@blueprint.doc(summary="Publish a plan's roster", operation_id="publishPlan")
def publish(plan_id: str) -> Any:
    """Give crews the roster of a plan.

    `If-Match` names the publication that it replaces, by its ETag; `If-None-Match: *` where there is none yet.
    """
    seen = etags.required()
    roster = plans.roster_of(store(), plan_id)
    made = publishing.publish(store(), caller(), roster.service_date, roster.version, expected_etag=seen, at=now())
    return made, etags.tag(made.publication.etag)
