"""``/v1/keys``: keys of machines. Their tokens are secrets, so no answer is kept for a second asking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint

from api.context import caller, now, store
from api.models.keys import KeyIn, KeyOut, KeysOut, MadeKeyOut, ReplaceIn
from api.who.roles import allows
from pts_optimiser.services.hosted import keys
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("keys", __name__)


@blueprint.post("/keys")
@allows(Role.ADMIN)
@blueprint.input(KeyIn)
@blueprint.output(MadeKeyOut, status_code=201)
@blueprint.doc(summary="Make an API key", operation_id="makeKey")
def make(json_data: KeyIn) -> Any:
    """The token is told this once. Sent twice, two keys are made: end the one that you do not have."""
    contracts = None if json_data.contracts is None else frozenset(json_data.contracts)
    good_for = timedelta(days=json_data.good_for_days)
    return keys.make_key(store(), caller(), json_data.name, json_data.role, contracts, good_for=good_for, at=now())


@blueprint.get("/keys")
@allows(Role.ADMIN)
@blueprint.output(KeysOut)
@blueprint.doc(summary="List API keys", operation_id="listKeys")
def index() -> Any:
    """All keys, also those that are ended, in the order made."""
    return {"items": keys.list_keys(store(), caller())}


@blueprint.post("/keys/<key_id>/replacement")
@allows(Role.ADMIN)
@blueprint.input(ReplaceIn)
@blueprint.output(MadeKeyOut, status_code=201)
@blueprint.doc(summary="Replace an API key", operation_id="replaceKey")
def replace(key_id: str, json_data: ReplaceIn) -> Any:
    """A new key with the name, role and contracts of the old one, which stays good for a while."""
    good_for, old_for = timedelta(days=json_data.good_for_days), timedelta(hours=json_data.old_for_hours)
    return keys.replace_key(store(), caller(), key_id, good_for=good_for, old_for=old_for, at=now())


@blueprint.delete("/keys/<key_id>")
@allows(Role.ADMIN)
@blueprint.output(KeyOut)
@blueprint.doc(summary="End an API key", operation_id="endKey")
def end(key_id: str) -> Any:
    """End a key at once; one that is ended stays as it is."""
    return keys.end_key(store(), caller(), key_id, at=now())
