"""``/v1/studies``: order one, stop it, read what was run: tables and report."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, url_for

from api.context import caller, now, store
from api.manners.idempotency import idempotent
from api.models.plans import PlanOut, SummaryOut
from api.models.studies import StudiesOut, StudyIn, StudyOut
from api.v1.plans import shown
from api.who.roles import READERS, allows
from pts_optimiser.jobs.orders import StudyOrder, order_study
from pts_optimiser.services.hosted import plans, studies
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("studies", __name__)

_REPORT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
"""A report carries its style and pictures; nothing else runs or loads in it."""


@blueprint.get("/studies")
@allows(*READERS)
@blueprint.output(StudiesOut)
@blueprint.doc(summary="List studies", operation_id="listStudies")
def index() -> Any:
    """Studies of many days under several scenarios; they are of all contracts."""
    found = studies.list_studies(store(), caller())
    return {"items": found, "under_way": [shown(PlanOut, plan) for plan in plans.studies_under_way(store())]}


@blueprint.post("/studies")
@allows(Role.ANALYST)
@idempotent
@blueprint.input(StudyIn)
@blueprint.output(PlanOut, status_code=202)
@blueprint.doc(summary="Order a study", operation_id="orderStudy")
def order(json_data: StudyIn) -> Any:
    """Have days solved under several scenarios, on one processor, behind all other work.

    `Location` names the plan: follow its progress; its id will be the study's name. Larger studies are run by `study`
    on the command line.
    """
    by = caller()
    by.must_see_all()
    asked = json_data.model_dump()
    lists = {name: tuple(asked[name]) for name in ("contracts", "distancing", "demand", "fleet")}
    ordered, _ = order_study(store(), by.name, StudyOrder(**asked | lists))
    return shown(PlanOut, ordered), {"Location": url_for("v1.plans.show", plan_id=ordered.plan_id)}


@blueprint.delete("/studies/<name>")
@allows(Role.ANALYST)
@blueprint.output(SummaryOut, status_code=202)
@blueprint.doc(summary="Stop a study", operation_id="stopStudy")
def stop(name: str) -> Any:
    """Stop a study that is ordered or run; what it has solved is kept. One that has ended stays as it is."""
    view = plans.stop_study(store(), caller(), name, at=now())
    return shown(SummaryOut, view.plan, view.version)


@blueprint.get("/studies/<name>")
@allows(*READERS)
@blueprint.output(StudyOut)
@blueprint.doc(summary="Read a study", operation_id="getStudy")
def show(name: str) -> Any:
    """Means of every scenario and paired differences from the baseline, with their intervals."""
    return studies.study_view(store(), caller(), name)


@blueprint.get("/studies/<name>/report")
@allows(*READERS)
@blueprint.output(FileSchema(), content_type="text/html")
@blueprint.doc(summary="Read the report of a study", operation_id="getStudyReport")
def report(name: str) -> Response:
    """The page with its pictures, and with what the study cannot tell."""
    answer = Response(studies.study_report(store(), caller(), name), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = _REPORT
    return answer


@blueprint.get("/studies/<name>/tables/<table>")
@allows(*READERS)
@blueprint.output(FileSchema(), content_type="text/csv")
@blueprint.doc(summary="Read a table of a study as CSV", operation_id="getStudyTable")
def table(name: str, table: str) -> Response:
    """One of `tables` of the study."""
    answer = Response(studies.study_table(store(), caller(), name, table), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{table}.csv"'
    return answer
