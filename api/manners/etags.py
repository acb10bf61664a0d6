"""``ETag`` out, ``If-Match`` and ``If-None-Match`` in: nobody overwrites what they have not seen."""

from __future__ import annotations

from flask import Response, request

from api.manners.problems import Problem


def tag(value: str | int) -> dict[str, str]:
    """The header that names the state of what is answered."""
    return {"ETag": f'"{value}"'}


def expected() -> str | None:
    """The tag that the caller has seen, as ``If-Match`` has it; None where it says nothing.

    Raises
    ------
    Problem
        Several tags, or ``*``: one state is seen, or none.
    """
    if "If-Match" not in request.headers:
        return None
    tags = list(request.if_match)
    if len(tags) != 1:
        raise Problem(412, "changed_meanwhile", "If-Match needs the one tag that you have been given")
    return tags[0]


def expects_none() -> bool:
    """Whether the caller wants to be the first (``If-None-Match: *``)."""
    return request.if_none_match.star_tag


def required() -> str | None:
    """The tag seen, or None for "nothing yet"; raises Problem (428) where the caller says neither."""
    if "If-Match" not in request.headers and not expects_none():
        hint = "send If-Match with the ETag that you have seen, or If-None-Match: * where there was none"
        raise Problem(428, "precondition_required", hint)
    return expected()


def answer_unchanged(response: Response) -> Response:
    """304 in place of what the caller has already."""
    reading = request.method in {"GET", "HEAD"} and "If-Match" not in request.headers
    if reading and response.status_code == 200 and not response.is_streamed:
        response.make_conditional(request)
    return response
