"""``/v1/plans/{id}/draft``: the best roster of a plan that is still searched for."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from api.context import caller, store
from api.manners.bodies import JSON
from api.models.outputs import ViewOut
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted.drafts import draft_view

blueprint = APIBlueprint("drafts", __name__)


@blueprint.get("/plans/<plan_id>/draft")
@allows(*READERS)
@blueprint.output(ViewOut, content_type=JSON)
@blueprint.doc(
    summary="Read the best roster so far",
    operation_id="getPlanDraft",
    responses={204: "No roster has been passed yet"},
)
def show(plan_id: str) -> Response:
    """What `view` shows of a version, of the last roster that the referee has passed."""
    draft = draft_view(store(), caller(), plan_id)
    return Response(status=204) if draft is None else Response(draft, content_type=JSON)
