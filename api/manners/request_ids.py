"""A name for each request, the caller's or ours, which answers and logs bear."""

from __future__ import annotations

import re
from uuid import uuid4

from flask import Response, g, request

from api.manners.redaction import redacted

HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def name_request() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _ID.fullmatch(given) and redacted(given) == given else uuid4().hex


def echo_name(response: Response) -> Response:
    response.headers[HEADER] = g.request_id
    return response
