"""``/v1/me``: who am I?"""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from api.context import caller
from api.models.me import MeOut
from api.who.roles import READERS, allows
from api.who.sessions import current_session

blueprint = APIBlueprint("me", __name__)


@blueprint.get("/me")
@allows(*READERS)
@blueprint.output(MeOut)
@blueprint.doc(summary="Who am I", operation_id="me")
def me() -> Any:
    """Your name, roles and contracts; in a session also its end and its token."""
    who, kept = caller(), current_session()
    return {
        "name": who.name,
        "shown_name": kept.shown_name if kept else who.name,
        "roles": sorted(who.roles),
        "contracts": None if who.contracts is None else sorted(who.contracts),
        "csrf_token": kept.csrf_token if kept else None,
        "until": kept.until if kept else None,
    }
