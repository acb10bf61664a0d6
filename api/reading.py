"""``/docs``: the description of the API as a page to read; it needs nothing from other hosts."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, current_app

from api.who.roles import public

blueprint = APIBlueprint("reading", __name__, enable_openapi=False)


@blueprint.get("/docs")
@public
def docs() -> Response:
    return current_app.send_static_file("docs.html")
