"""gzip for answers that are worth it. Streams go as they come."""

from __future__ import annotations

import gzip

from flask import Response, request

_WORTH = 1024
_TYPES = ("application/json", "application/problem+json", "application/geo+json", "text/")
_LEVEL = 5


def ready_made(body: bytes, packed: bytes | None, mimetype: str) -> Response:
    """An answer in the form that the client takes; None where there is no packed one."""
    taken = packed if request.accept_encodings["gzip"] > 0 else None
    answer = Response(body if taken is None else taken, mimetype=mimetype)
    answer.vary.add("Accept-Encoding")
    if taken is not None:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def compress(response: Response) -> Response:
    if response.is_streamed or response.direct_passthrough or not (response.mimetype or "").startswith(_TYPES):
        return response
    response.vary.add("Accept-Encoding")
    fitting = response.status_code == 200 and "Content-Encoding" not in response.headers
    if fitting and request.accept_encodings["gzip"] > 0 and len(response.get_data()) >= _WORTH:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
