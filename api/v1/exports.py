"""``…/exports``: the whole folder of a roster in one zip, made by a worker and kept for a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, send_file, url_for

from api.context import caller, store
from api.manners.idempotency import idempotent
from api.models.exports import ExportIn
from api.models.plans import PlanOut
from api.v1.plans import shown
from api.who.roles import READERS, allows
from pts_optimiser.jobs.orders import ExportOrder, order_export
from pts_optimiser.services.hosted.exports import exported
from pts_optimiser.services.hosted.publishing import published_key
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("exports", __name__)

ZIP = "application/zip"


@blueprint.post("/days/<day:service_date>/exports")
@allows(Role.PLANNER, Role.CONTROLLER, Role.ANALYST)
@idempotent
@blueprint.input(ExportIn)
@blueprint.output(PlanOut, status_code=202)
@blueprint.doc(summary="Order an export", operation_id="orderExport")
def order(service_date: date, json_data: ExportIn) -> Any:
    """Have the folder of a roster packed: inputs, policy, roster, figures, map, report, run sheets, travel times.

    `Location` names the file; until it is there, it answers 409. `/v1/plans/{plan_id}/progress` tells when it is.
    """
    by = caller()
    by.must_see_all()
    version = json_data.version or published_key(store(), service_date).version
    ordered, _ = order_export(store(), by.name, service_date, ExportOrder(version))
    return shown(PlanOut, ordered), {"Location": url_for("v1.exports.fetch", plan_id=ordered.plan_id)}


@blueprint.get("/plans/<plan_id>/export")
@allows(*READERS)
@blueprint.output(FileSchema(format="binary"), content_type=ZIP)
@blueprint.doc(summary="Fetch an export", operation_id="getExport")
def fetch(plan_id: str) -> Response:
    """The zip of an export, until a day after it was made."""
    found = exported(store(), caller(), plan_id)
    return send_file(found.path, ZIP, as_attachment=True, download_name=found.name, conditional=False)
