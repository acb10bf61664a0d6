"""``/v1/days/{date}/events``: what happens on the day comes in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from apiflask import APIBlueprint

from api.context import caller, now
from api.kept import live
from api.manners.idempotency import idempotent
from api.manners.problems import ProblemIssue, bad_input, issue_in
from api.models.events import EventIn, EventsIn, Head, ReportedOut, document_of
from api.who.roles import allows
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("events", __name__)
_KNOWN = {200: "All were known before"}


@blueprint.post("/days/<day:service_date>/events")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(EventIn)
@blueprint.output(ReportedOut, status_code=201)
@blueprint.doc(summary="Report an event", operation_id="reportEvent", responses=_KNOWN)
def report_one(service_date: date, json_data: EventIn) -> Any:
    """One event. Sent again it is known, and nothing happens twice."""
    return _report(service_date, [json_data.root], "")


@blueprint.post("/days/<day:service_date>/events/batch")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(EventsIn)
@blueprint.output(ReportedOut, status_code=201)
@blueprint.doc(summary="Report events", operation_id="reportEvents", responses=_KNOWN)
def report_many(service_date: date, json_data: EventsIn) -> Any:
    """Up to a thousand events in any order; all are kept or, where one cannot be used, none."""
    return _report(service_date, json_data.events, "/events/{}")


def _report(service_date: date, events: Sequence[Head], place: str) -> Any:
    from pts_optimiser.services.hosted.events import report  # noqa: PLC0415  loads the solver

    def issue(found: Issue) -> ProblemIssue:
        return issue_in(place.format((found.row or 1) - 1), found)

    try:
        reported = report(live(), caller(), service_date, list(map(document_of, events)), at=now())
    except InputError as error:
        raise bad_input(error, issue) from None
    kept = reported.appended
    shown = {
        "new": kept.new,
        "known": kept.known,
        "differing": kept.differing,
        "position": kept.last,
        "issues": list(map(issue, reported.issues)),
    }
    return shown, 201 if kept.new else 200
