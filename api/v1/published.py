"""``/v1/days/{date}/published``: what crews drive, what they drove before, and every version of a day's roster.

Nothing here needs solver, jobs or roads.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint

from api.context import caller, now, store
from api.manners import etags
from api.manners.idempotency import idempotent
from api.manners.paging import PageIn, next_cursor, position
from api.models.published import PublicationsOut, PublishedOut, PublishIn, RostersOut
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted import publishing, rosters
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("published", __name__)


@blueprint.get("/days/<day:service_date>/published")
@allows(*READERS)
@blueprint.output(PublishedOut)
@blueprint.doc(summary="Read what is published", operation_id="getPublished")
def show(service_date: date) -> Any:
    """The roster that crews drive, without its stops; its parts are below."""
    found = publishing.published(store(), caller(), service_date)
    return found, etags.tag(found.publication.etag)


@blueprint.post("/days/<day:service_date>/published")
@allows(Role.PLANNER, Role.CONTROLLER)
@idempotent
@blueprint.input(PublishIn)
@blueprint.output(PublishedOut)
@blueprint.doc(summary="Publish a version", operation_id="publishVersion")
def publish(service_date: date, json_data: PublishIn) -> Any:
    """Give crews a version of the roster, also one that was published before.

    `If-Match` names the publication that it replaces, by its ETag; `If-None-Match: *` where there is none yet.
    """
    seen = etags.required()
    made = publishing.publish(store(), caller(), service_date, json_data.version, expected_etag=seen, at=now())
    return made, etags.tag(made.publication.etag)


@blueprint.get("/days/<day:service_date>/publications")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(PublicationsOut)
@blueprint.doc(summary="List what was published", operation_id="listPublications")
def publications(service_date: date, query_data: PageIn) -> Any:
    """The publications of a day, latest first."""
    before = position(query_data, int)
    found = publishing.list_publications(store(), service_date, before=before, limit=query_data.limit)
    return {"items": found, "next": next_cursor(query_data, found, lambda publication: publication.number)}


@blueprint.get("/days/<day:service_date>/rosters")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(RostersOut)
@blueprint.doc(summary="List a day's rosters", operation_id="listRosters")
def versions(service_date: date, query_data: PageIn) -> Any:
    """The versions of a day's roster, latest first, published or not."""
    before = position(query_data, int)
    found = rosters.list_rosters(store(), caller(), service_date, before=before, limit=query_data.limit)
    return {"items": found, "next": next_cursor(query_data, found, lambda roster: roster.version)}
