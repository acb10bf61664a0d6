"""``/v1/formats``: problems in the formats of others, answered in their shape."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from api.kept import vroom_desk
from api.manners.bodies import JSON, accepts, read_json
from api.models.formats import VroomHow, VroomIn, VroomOut
from api.who.roles import READERS, allows

blueprint = APIBlueprint("formats", __name__)


def _vroom() -> bytes:
    read_json(VroomIn)
    return request.get_data()


@blueprint.post("/formats/vroom")
@allows(*READERS)
@blueprint.input(VroomHow, location="query")
@blueprint.output(VroomOut)
@accepts({JSON: (VroomIn, _vroom)})
@blueprint.doc(summary="Solve a VROOM problem", operation_id="solveVroom")
def vroom(query_data: VroomHow, body: bytes) -> Any:
    """A VROOM problem in, VROOM's answer out, while you wait: at most 500 tasks and 100 vehicles.

    What has no meaning here is refused by name, never passed over.
    """
    answer = vroom_desk().solve(body, budget_s=query_data.budget_s, seed=query_data.seed)
    return Response(answer, content_type=JSON)
