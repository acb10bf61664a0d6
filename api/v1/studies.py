"""``/v1/studies``: studies that were run, their tables and reports."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response

from api.context import caller, store
from api.models.plans import ProgressOut
from api.models.studies import StudiesOut, StudyOut
from api.v1.plans import shown
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted import plans, studies

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
    return {"items": found, "under_way": [shown(ProgressOut, plan) for plan in plans.studies_under_way(store())]}


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
