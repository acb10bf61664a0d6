"""``/v1/days/{date}/live``: that something has changed on the day, told at once (server-sent events)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from apiflask import APIBlueprint
from flask import Response, request

from api.context import settings
from api.kept import pulses
from api.models.live import PublicationOut
from api.models.pulse import PulseEvent, PulseOut
from api.v1.progress import RETRY_MS, STREAM
from api.who.admission import while_admitted
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted.pulse import Pulse

blueprint = APIBlueprint("pulse", __name__)


@blueprint.get("/days/<day:service_date>/live")
@allows(*READERS)
@blueprint.output(PulseEvent, content_type=STREAM)
@blueprint.doc(summary="Follow a day", operation_id="followDay")
def follow(service_date: date) -> Response:
    """Events `pulse`: the last event's position, what is published, proposed and under way, each time one changes.

    A line of comment comes every 15 seconds; after a quarter of an hour the stream ends, and clients ask again with
    `Last-Event-ID`, as browsers do.
    """
    listener = pulses().listen(service_date, request.headers.get("Last-Event-ID"))
    answer = Response(
        _lines(while_admitted(listener), settings().clock), mimetype=STREAM, headers={"X-Accel-Buffering": "no"}
    )
    answer.call_on_close(listener.close)
    return answer


def _lines(heard: Iterator[Pulse | None], clock: Callable[[], datetime]) -> Iterator[str]:
    yield f"retry: {RETRY_MS}\n\n"
    for pulse in heard:
        yield ":\n\n" if pulse is None else _event(pulse, clock())


def _event(pulse: Pulse, now: datetime) -> str:
    found = pulse.publication
    publication = None if found is None else PublicationOut.model_validate(found, strict=False)
    told = PulseOut(
        now=now,
        uploaded=pulse.uploaded,
        position=pulse.position,
        publication=publication,
        proposal_id=pulse.proposal_id,
        replan_id=pulse.replan_id,
    )
    return f"id: {pulse.revision}\nevent: pulse\ndata: {told.model_dump_json()}\n\n"
