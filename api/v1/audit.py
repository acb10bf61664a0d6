"""``/v1/audit``: who did what and when."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from api.context import caller, store
from api.manners.paging import PageIn, next_cursor, offset, position
from api.models.audit import EntriesOut, VerdictOut
from api.who.roles import allows
from pts_optimiser.services.hosted.trail import audit_entries, audit_verdict
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("audit", __name__)


@blueprint.get("/audit")
@allows(Role.ADMIN)
@blueprint.input(PageIn, location="query")
@blueprint.output(EntriesOut)
@blueprint.doc(summary="Read the audit", operation_id="listAudit")
def index(query_data: PageIn) -> Any:
    """Entries in the order written."""
    found = audit_entries(store(), caller(), after=position(query_data, offset) or 0, limit=query_data.limit)
    return {"items": found, "next": next_cursor(query_data, found, lambda entry: entry.seq)}


@blueprint.get("/audit/verdict")
@allows(Role.ADMIN)
@blueprint.output(VerdictOut)
@blueprint.doc(summary="Check the audit", operation_id="checkAudit")
def verdict() -> Any:
    """Works the whole chain of hashes out again."""
    return audit_verdict(store(), caller())
