"""``/v1/days``: upload a day, list days, read one with its journeys and duties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for
from pydantic import BaseModel

from api.context import caller, now, store
from api.manners import etags
from api.manners.bodies import JSON, accepts, read_json
from api.manners.idempotency import idempotent
from api.manners.paging import PageIn, next_cursor, part_of, position
from api.manners.problems import Problem, ProblemIssue, bad_input
from api.models.days import DayFilesIn, DayIn, DaysOut, DayViewOut, DutiesOut, JourneysOut, UploadedOut
from api.v1.day_bodies import issue_in_json, tables_of
from api.v1.day_files import FILES, tables_of_files
from api.who.roles import READERS, allows
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted import days
from pts_optimiser.services.hosted.days import DayTables
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("days", __name__)

Read = tuple[DayTables, Callable[[Issue], ProblemIssue]]
"""The tables of a day, and how to say of their rows where they stood in the body."""


def _from_json() -> Read:
    return tables_of(read_json(DayIn)), issue_in_json


WAYS: dict[str, tuple[type[BaseModel], Callable[[], Read]]] = {
    JSON: (DayIn, _from_json),
    FILES: (DayFilesIn, tables_of_files),
}
"""How a day may be sent: by content type, the model that describes it and what reads it."""


@blueprint.post("/days")
@allows(Role.PLANNER)
@idempotent
@blueprint.output(UploadedOut, status_code=201)
@accepts(WAYS)
@blueprint.doc(summary="Upload a service day", operation_id="putDay", responses={200: "The day was there before"})
def upload(body: Read) -> Any:
    """Upload a whole day. It replaces the day's journeys and duties; its rosters, events and locks stay.

    `If-Match` with the day's ETag, or `If-None-Match: *` for a day that must be new, keeps two uploads apart.
    """
    tables, issue = body
    try:
        uploaded = days.upload_day(store(), caller(), tables, at=now(), expected_revision=_expected_revision())
    except InputError as error:
        raise bad_input(error, issue) from None
    day = uploaded.view.day
    headers = etags.tag(day.revision) | {"Location": url_for("v1.days.show", service_date=day.service_date)}
    shown = {"view": uploaded.view, "issues": [issue(found) for found in uploaded.issues]}
    return shown, 201 if uploaded.new else 200, headers


@blueprint.get("/days")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(DaysOut)
@blueprint.doc(summary="List service days", operation_id="listDays")
def index(query_data: PageIn) -> Any:
    """Days, latest first, each with the number of journeys and duties that you see and what its roster has come to."""
    before = position(query_data, date.fromisoformat)
    found = days.list_days(store(), caller(), before=before, limit=query_data.limit)
    return {"items": found, "next": next_cursor(query_data, found, lambda day: day.service_date)}


@blueprint.get("/days/<day:service_date>")
@allows(*READERS)
@blueprint.output(DayViewOut)
@blueprint.doc(summary="Read a service day", operation_id="getDay")
def show(service_date: date) -> Any:
    """A day, with the number of journeys and duties that you see."""
    found = days.view_day(store(), caller(), service_date)
    return found, etags.tag(found.day.revision)


@blueprint.get("/days/<day:service_date>/journeys")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(JourneysOut)
@blueprint.doc(summary="List a day's journeys", operation_id="listJourneys")
def journeys(service_date: date, query_data: PageIn) -> Any:
    """The journeys of the contracts that you see, in the order of their file."""
    return part_of(query_data, days.day_journeys(store(), caller(), service_date))


@blueprint.get("/days/<day:service_date>/duties")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(DutiesOut)
@blueprint.doc(summary="List a day's duties", operation_id="listDuties")
def duties(service_date: date, query_data: PageIn) -> Any:
    """The duties that may serve a contract that you see, in the order of their file."""
    return part_of(query_data, days.day_duties(store(), caller(), service_date))


def _expected_revision() -> int | None:
    if etags.expects_none():
        return 0
    seen = etags.expected()
    if seen is None:
        return None
    if not seen.isdecimal() or len(seen) > 9:
        raise Problem(412, "changed_meanwhile", "that is no tag of a day")
    return int(seen)
