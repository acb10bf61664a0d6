"""Logs as JSON, one object a line: which route, never the values in its path, query or body."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from time import perf_counter

from flask import Response, g, request

from api.manners.redaction import redacted

_LOG = logging.getLogger("pts.api.requests")
_FIELDS = ("request_id", "method", "route", "status", "ms", "bytes", "who")


class JsonLines(logging.Formatter):
    """A record as one line; messages and tracebacks are redacted."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Have everything that is logged written to stderr, in place of what was set up before."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def log_request(response: Response) -> Response:
    caller = g.get("caller")
    told = {
        "request_id": g.request_id,
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round((perf_counter() - g.began) * 1000, 1),
        "bytes": response.content_length,
        "who": caller.name if caller else None,
    }
    _LOG.info("request", extra=told)
    return response
