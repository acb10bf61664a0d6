"""``/v1/base-map``: the roads that the page draws runs on."""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from api.context import settings
from api.models.outputs import Document
from api.who.roles import READERS, allows
from geodata.errors import RoadsError
from geodata.skeleton_map import skeleton_map

blueprint = APIBlueprint("base_map", __name__)
_LOG = logging.getLogger("pts.api")


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
    given, network = settings().base_map, settings().network
    answer = Response(given.read_bytes() if given else _drawn(network), content_type="application/geo+json")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer


@cache
def _drawn(network: Path | None) -> bytes:
    """The main roads of a network, or those in the package, with the waters there, which no network knows."""
    document = skeleton_map()
    if network is not None:
        from geodata.base_map import base_map  # noqa: PLC0415  who has no network needs none of this
        from geodata.network import open_network  # noqa: PLC0415

        try:
            roads = base_map(open_network(network)[0])
        except RoadsError as error:
            _LOG.warning("the base map is the packaged one: %s", error)
        else:
            waters = [one for one in document["features"] if one["properties"]["highway"] == "water"]
            document = roads | {"features": [*waters, *roads["features"]]}
    return json.dumps(document, separators=(",", ":")).encode()
