"""Problems as RFC 9457 has them, with coded issues. They never hold a value of the request."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from apiflask import APIFlask
from flask import Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from api.manners.redaction import redacted
from pts_optimiser.domain.errors import InputError, RefusedRosterError, TravelTimesError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted.caller import NotAllowedError
from pts_optimiser.store import (
    BusyError,
    ChangedError,
    ConflictError,
    DamagedError,
    KeyReusedError,
    NotFoundError,
    StillRunningError,
)
from pts_optimiser.store.disk import disk_refuses

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
PROBLEM_JSON = "application/problem+json"
_LOG = logging.getLogger("pts.api")
_AGAIN_S = 2


@dataclass(frozen=True, slots=True)
class ProblemIssue:
    """One thing wrong: ``path`` is a JSON pointer into the body, or the file's column; ``row`` a line of a file."""

    code: str
    message: str
    hint: str
    path: str | None = None
    row: int | None = None
    severity: str = "error"


class Problem(Exception):  # noqa: N818  an answer, as the standard calls it
    """An answer that is not what was asked for. ``code`` is the last part of its type."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        issues: Sequence[ProblemIssue] = (),
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.issues, self.headers = tuple(issues), headers


def problem_answer(problem: Problem) -> Response:
    """The problem as it is sent."""
    document = {
        "type": f"/docs#{problem.code}",
        "title": problem.code.replace("_", " ").capitalize(),
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"/requests/{g.get('request_id', '')}",
        "issues": [asdict(issue) for issue in problem.issues],
    }
    return Response(json.dumps(document), problem.status, problem.headers, content_type=PROBLEM_JSON)


def issue_of(found: Issue) -> ProblemIssue:
    """A finding of intake about a file."""
    path = f"{found.file}/{found.column}" if found.column else found.file
    return _issue(found, path, found.row)


def issue_in(place: str, found: Issue) -> ProblemIssue:
    """A finding about what stood at a place of the body, a JSON pointer; its column is the last part."""
    return _issue(found, f"{place}/{found.column}" if found.column else place, None)


def _issue(found: Issue, path: str, row: int | None) -> ProblemIssue:
    return ProblemIssue(found.code, found.message, found.hint, path, row, found.severity.value)


def bad_input(error: InputError, issue: Callable[[Issue], ProblemIssue] = issue_of) -> Problem:
    """Input that cannot be used, with all that was found."""
    return Problem(422, "bad_input", redacted(str(error)), [issue(found) for found in error.issues])


def handle_problems(app: APIFlask) -> None:
    """Answer every error with a problem."""

    @app.errorhandler(Problem)
    def known(error: Problem) -> Response:
        return problem_answer(error)

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> HTTPException | Response:
        return error if isinstance(error, RequestRedirect) else problem_answer(_of_http(error))

    @app.errorhandler(InputError)
    def of_input(error: InputError) -> Response:
        return problem_answer(bad_input(error))

    @app.errorhandler(RefusedRosterError)
    def refused(error: RefusedRosterError) -> Response:
        issues = [ProblemIssue("violation", text, "change the plan, or the rule") for text in error.violations[:100]]
        return problem_answer(Problem(422, "refused", "the referee does not pass this roster", issues))

    for kind, (status, code) in _KNOWN.items():
        app.register_error_handler(kind, _answering(status, code))

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        if disk_refuses(error):
            _LOG.error("the disk is full or cannot be written")
            return problem_answer(Problem(503, "busy", "there is no room to take this in; try again", headers=_LATER))
        _LOG.error("unforeseen error", exc_info=error)
        return problem_answer(
            Problem(500, "internal", "something went wrong here; quote the request id to the operator")
        )


_LATER = {"Retry-After": str(_AGAIN_S)}
_KNOWN: Mapping[type[Exception], tuple[int, str]] = {
    NotAllowedError: (403, "forbidden"),
    NotFoundError: (404, "not_found"),
    ConflictError: (409, "conflict"),
    StillRunningError: (409, "still_running"),
    KeyReusedError: (422, "key_reused"),
    TravelTimesError: (422, "no_travel_times"),
    BusyError: (503, "busy"),
    DamagedError: (503, "damaged"),
}


def _answering(status: int, code: str) -> Callable[[Exception], Response]:
    headers = _LATER if status == 503 or code == "still_running" else NO_HEADERS

    def answer(error: Exception) -> Response:
        if isinstance(error, ChangedError) and ("If-Match" in request.headers or "If-None-Match" in request.headers):
            return problem_answer(Problem(412, "changed_meanwhile", str(error)))
        if code == "damaged":
            _LOG.error("damaged store", exc_info=error)
        return problem_answer(Problem(status, code, redacted(str(error)), headers=headers))

    return answer


def _of_http(error: HTTPException) -> Problem:
    code, detail = _OF_HTTP.get(error.code or 500, ("bad_request", "the request cannot be read"))
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return Problem(error.code or 500, code, detail, headers=kept)


_OF_HTTP = {
    404: ("not_found", "there is no such way"),
    405: ("method_not_allowed", "this way does not know the method"),
    413: ("too_large", "the body is too large"),
    415: ("unsupported_media_type", "this is no content type of this way"),
}
