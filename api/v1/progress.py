"""``/v1/plans/{id}/progress``: how far a plan is, told as it changes (server-sent events)."""

from __future__ import annotations

from collections.abc import Iterator

from apiflask import APIBlueprint
from flask import Response, request

from api.context import caller
from api.kept import progress
from api.models.plans import ProgressEvent, ProgressOut
from api.who.admission import while_admitted
from api.who.roles import READERS, allows
from pts_optimiser.store.plans import Plan

blueprint = APIBlueprint("progress", __name__)

STREAM = "text/event-stream"
RETRY_MS = 2000


@blueprint.get("/plans/<plan_id>/progress")
@allows(*READERS)
@blueprint.output(ProgressEvent, content_type=STREAM)
@blueprint.doc(
    summary="Follow a plan",
    operation_id="followPlan",
    responses={204: "The plan has ended, and you have had its end"},
)
def follow(plan_id: str) -> Response:
    """Events `progress` with the plan's state, and `end` with the last one. A line of comment comes every 15 seconds.

    After a quarter of an hour the stream ends, and clients ask again with `Last-Event-ID`, as browsers do.
    """
    last = request.headers.get("Last-Event-ID", "")
    seen = int(last) if last.isdecimal() and last.isascii() and len(last) < 10 else None
    listener = progress().listen(caller(), plan_id, seen)
    if listener.over:
        listener.close()
        return Response(status=204)
    answer = Response(_lines(while_admitted(listener)), mimetype=STREAM, headers={"X-Accel-Buffering": "no"})
    answer.call_on_close(listener.close)
    return answer


def _lines(heard: Iterator[Plan | None]) -> Iterator[str]:
    yield f"retry: {RETRY_MS}\n\n"
    for plan in heard:
        yield ":\n\n" if plan is None else _event(plan)


def _event(plan: Plan) -> str:
    told = ProgressOut.model_validate(plan, strict=False).model_dump_json()
    return f"id: {plan.revision}\nevent: {'end' if plan.final else 'progress'}\ndata: {told}\n\n"
