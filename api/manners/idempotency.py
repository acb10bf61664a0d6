"""``Idempotency-Key``: the same request sent again gets the same answer and does nothing twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, make_response, request

from api.context import caller, now, store
from api.manners.problems import Problem
from pts_optimiser.store import answers
from pts_optimiser.store.answers import Answer

View = TypeVar("View", bound=Callable[..., Any])
KEY = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
_KEY = re.compile(r"[!-~]{1,200}")


def idempotent(view: View) -> View:
    """For a POST that creates. Answers of success are kept a day; what has failed may be tried again.

    Not for views whose answers hold secrets.
    """

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(KEY)
        if key is None:
            return view(*args, **kwargs)
        if not _KEY.fullmatch(key):
            raise Problem(400, "bad_idempotency_key", f"{KEY} has 1 to 200 characters without blanks, as a UUID has")
        turn = (caller().name, key, _fingerprint())
        with store().write() as session:
            known = answers.begin(session, *turn, at=now())
        if known is not None:
            return Response(known.body, known.status, {**known.headers, REPLAYED: "true"})
        try:
            response = make_response(view(*args, **kwargs))
        except BaseException:
            with store().write() as session:
                answers.abandon(session, *turn)
            raise
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        with store().write() as session:
            answers.answer(session, *turn, Answer(response.status_code, headers, response.get_data()))
        return response

    once.idempotent = True  # type: ignore[attr-defined]
    return once  # type: ignore[return-value]


def _fingerprint() -> str:
    told = (request.method, request.full_path, request.mimetype, request.headers.get("If-Match", ""))
    return hashlib.sha256("\n".join(told).encode() + b"\n" + request.get_data()).hexdigest()
