"""What each code of a problem means and what to do: shown by ``/docs``, where a problem's ``type`` leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class ProblemCode(NamedTuple):
    """The status that it comes with, its cause and the cure, in Markdown."""

    status: int
    cause: str
    fix: str


PROBLEM_CODES: Mapping[str, ProblemCode] = {
    "bad_idempotency_key": ProblemCode(
        400,
        "`Idempotency-Key` has blanks or more than 200 characters.",
        "Send a new UUID with each new request.",
    ),
    "bad_input": ProblemCode(
        422,
        "The files, rows or options sent cannot be used; every fault is among `issues`.",
        "Correct them; see the codes above.",
    ),
    "bad_json": ProblemCode(
        400,
        "The body is not JSON in UTF-8.",
        "Look for the comma or the encoding; `NaN` is no JSON.",
    ),
    "bad_request": ProblemCode(
        400,
        "What was sent is not HTTP as it should be.",
        "Look at what sends it, or at a proxy between.",
    ),
    "bad_request_values": ProblemCode(
        422,
        "The body or the query is JSON, and not as described: an unknown field, another type, a number "
        "out of its range. The code of each issue is the one of the check that failed.",
        "Compare it with `/openapi.json` at the path that is named.",
    ),
    "busy": ProblemCode(
        503,
        "The database, the provider of identities or another part is busy or away; nothing has changed.",
        "Send it again after `Retry-After` seconds.",
    ),
    "changed_meanwhile": ProblemCode(
        412,
        "What `If-Match` or `If-None-Match` says is not so any more.",
        "Read it again, then decide.",
    ),
    "conflict": ProblemCode(
        409,
        "Somebody else was first, or the state does not allow it.",
        "Read it again, then decide.",
    ),
    "contradicted": ProblemCode(
        409,
        "What has happened since a proposal was made speaks against it: each issue says what. Only what "
        "the proposal changes is looked at.",
        "Re-optimise the day anew, then decide; or accept the changes of other journeys only.",
    ),
    "csrf": ProblemCode(
        403,
        "A request of a session changes something and does not bear the session's token.",
        "Send `csrf_token` of `/v1/me` as `X-CSRF-Token`.",
    ),
    "damaged": ProblemCode(
        503,
        "A stored file is missing or not what was stored.",
        "Tell who runs the service: it must be restored from a backup.",
    ),
    "forbidden": ProblemCode(
        403,
        "The caller is known and may not.",
        "Look at the table of `docs/api.md`; ask an admin for a key of another role or of all contracts.",
    ),
    "internal": ProblemCode(
        500,
        "A defect of ours.",
        "Tell who runs the service the request id; the log has the rest.",
    ),
    "key_reused": ProblemCode(
        422,
        "The idempotency key came before with another request.",
        "Use a new key for a new request.",
    ),
    "method_not_allowed": ProblemCode(
        405,
        "The way does not know this method.",
        "`Allow` names those that it knows.",
    ),
    "no_travel_times": ProblemCode(
        422,
        "There are no travel times for a place.",
        "Correct the place, or the road network.",
    ),
    "not_found": ProblemCode(
        404,
        "There is nothing of that name, or nothing that the caller may see.",
        "Look at the name.",
    ),
    "precondition_required": ProblemCode(
        428,
        "It would overwrite what others may have changed.",
        "Send `If-Match` with the ETag seen, or `If-None-Match: *` where there was none.",
    ),
    "refused": ProblemCode(
        422,
        "The referee does not pass the roster; the rules broken are among `issues`.",
        "Change the plan, or the rule.",
    ),
    "sign_in_failed": ProblemCode(
        400,
        "The provider of identities has not let the person in, or the sign-in took too long.",
        "Sign in again.",
    ),
    "still_running": ProblemCode(
        409,
        "The first request with this idempotency key is not answered yet.",
        "Send it again after `Retry-After` seconds.",
    ),
    "too_large": ProblemCode(
        413,
        "The body has more bytes than are taken.",
        "Send less at once.",
    ),
    "too_many_requests": ProblemCode(
        429,
        "The key or person asks for more than its share.",
        "Send it again after `Retry-After` seconds.",
    ),
    "unauthorized": ProblemCode(
        401,
        "No key, a key that is wrong, ended or has expired, or a session that is over, ended or unused for too long.",
        "Send a good key, or sign in.",
    ),
    "unsupported_media_type": ProblemCode(
        415,
        "The body is of a content type that the way does not read.",
        "Send `Content-Type: application/json`, or what the detail names.",
    ),
}
