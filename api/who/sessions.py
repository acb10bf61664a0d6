"""Sessions of people: a signed cookie, twelve hours at most, and a token that other sites cannot know."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g, request, session

from api.context import now
from api.manners.problems import Problem
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store.words import Role

LONGEST = timedelta(hours=12)
CSRF_HEADER = "X-CSRF-Token"
_KEPT = "person"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Session:
    """A person who has signed in."""

    caller: Caller
    shown_name: str
    csrf_token: str
    until: datetime


def cookies(https: bool) -> dict[str, Any]:
    """How Flask is to set the cookie; with TLS under a name that browsers bind to this host."""
    return {
        "SESSION_COOKIE_NAME": "__Host-pts" if https else "pts",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": LONGEST,
    }


def begin_session(caller: Caller, shown_name: str) -> None:
    """Let a person in, with nothing left of what the cookie held before."""
    session.clear()
    session.permanent = True
    session[_KEPT] = {
        "name": caller.name,
        "shown_name": shown_name,
        "roles": sorted(caller.roles),
        "contracts": None if caller.contracts is None else sorted(caller.contracts),
        "csrf_token": secrets.token_urlsafe(32),
        "until": int((now() + LONGEST).timestamp()),
    }


def end_session() -> None:
    session.clear()


def current_session() -> Session | None:
    """The session by which the caller was let in."""
    found: Session | None = g.get("session")
    return found


def caller_of_session() -> Caller | None:
    """Who has signed in; None for nobody, or longer ago than a session lasts.

    Raises
    ------
    Problem
        403: the request changes something and does not bear the session's token; another site may have sent it.
    """
    kept = session.get(_KEPT)
    if kept is None:
        return None
    until = datetime.fromtimestamp(kept["until"], UTC)
    if until <= now():
        return None
    if request.method not in _SAFE and not hmac.compare_digest(
        request.headers.get(CSRF_HEADER, "").encode(), kept["csrf_token"].encode()
    ):
        raise Problem(403, "csrf", f"send the session's token, as /v1/me has it, as {CSRF_HEADER}")
    contracts = None if kept["contracts"] is None else frozenset(kept["contracts"])
    caller = Caller(kept["name"], frozenset(map(Role, kept["roles"])), contracts)
    g.session = Session(caller, kept["shown_name"], kept["csrf_token"], until)
    return caller
