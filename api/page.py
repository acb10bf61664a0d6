"""``/`` and ``/static``: the page where planners and controllers work. It asks the API like any other client."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from apiflask import APIBlueprint, APIFlask
from flask import Response, abort, render_template, request
from werkzeug.security import safe_join

from api.context import settings
from api.who.roles import public
from api.who.sessions import bears_session

STATIC = Path(__file__).parent / "static"
KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
"""What is handed out: nothing else belongs to the page."""

blueprint = APIBlueprint("page", __name__, enable_openapi=False)


def add_page(app: APIFlask) -> None:
    """The page at ``/``, and its files in place of the framework's way with them."""
    app.register_blueprint(blueprint)
    app.view_functions["static"] = _file


@blueprint.get("/")
@public
def index() -> str:
    return render_template(
        "page.html",
        there=(STATIC / "vendor" / ".ready").is_file(),
        sign_in="account" if settings().open_id else "key",
        signed_in=bears_session(),
    )


@public
def _file(filename: str) -> Response:
    """A file of the page, packed once where the client takes gzip. Browsers ask each time whether it has changed."""
    path = safe_join(str(STATIC), filename)
    kind = KINDS.get(Path(filename).suffix)
    if path is None or kind is None or not Path(path).is_file():
        abort(404)
    packed = request.accept_encodings["gzip"] > 0
    changed_ns = Path(path).stat().st_mtime_ns
    answer = Response(_content(path, changed_ns, packed), content_type=f"{kind}; charset=utf-8")
    answer.set_etag(f"{changed_ns:x}{'-gzip' * packed}")
    answer.headers["Cache-Control"] = "no-cache"
    answer.vary.add("Accept-Encoding")
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@lru_cache(maxsize=256)
def _content(path: str, _changed_ns: int, packed: bool) -> bytes:
    content = Path(path).read_bytes()
    return gzip.compress(content, mtime=0) if packed else content
