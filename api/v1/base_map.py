"""``/v1/base-map``: the roads that the page draws runs on."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from api.context import settings
from api.models.outputs import Document
from api.who.roles import READERS, allows
from geodata.skeleton_map import skeleton_map

blueprint = APIBlueprint("base_map", __name__)


class BaseMapOut(Document):
    """GeoJSON (RFC 7946) with an `attribution` to show wherever it is drawn."""

    type: str
    attribution: str
    features: list[dict[str, Any]]


@blueprint.get("/base-map")
@allows(*READERS)
@blueprint.output(BaseMapOut, content_type="application/geo+json")
@blueprint.doc(summary="Read the base map", operation_id="getBaseMap")
def show() -> Response:
    """Roads as GeoJSON, one feature a class of road: those of the service's own network where it has one."""
    path = settings().base_map
    answer = Response(path.read_bytes() if path else _skeleton(), content_type="application/geo+json")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer


@cache
def _skeleton() -> bytes:
    return json.dumps(skeleton_map(), separators=(",", ":")).encode()
