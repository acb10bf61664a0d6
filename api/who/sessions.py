"""Sessions of people: a signed cookie bears a token, and the store knows whose it is and whether it is over."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, request, session

from api.context import caller, now, settings, store
from api.manners.problems import Problem
from api.settings import Settings
from api.who.browsers import browser_of
from pts_optimiser.services.hosted import sign_ins
from pts_optimiser.services.hosted.caller import Caller

CSRF_HEADER = "X-CSRF-Token"
_KEPT = "token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Session:
    """A person who has signed in."""

    session_id: str
    shown_name: str
    csrf_token: str
    until: datetime


def cookies(settings: Settings) -> dict[str, Any]:
    """How Flask is to set the cookie; with TLS under a name that browsers bind to this host."""
    return {
        "SESSION_COOKIE_NAME": "__Host-pts" if settings.https else "pts",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": settings.session_longest,
    }


def begin_session(person: Caller, shown_name: str) -> None:
    """Let a person in, with nothing left of what the cookie held before."""
    former = session.get(_KEPT)
    session.clear()
    session.permanent = True
    session[_KEPT] = sign_ins.begin_session(
        store(),
        person,
        shown_name,
        browser=browser_of(request.headers.get("User-Agent", "")),
        longest=settings().session_longest,
        at=now(),
        instead_of=former,
    )


def end_session() -> None:
    """Let nobody in with this cookie any more, nor with a copy of it."""
    token = session.get(_KEPT)
    session.clear()
    if token is not None:
        sign_ins.end_session(store(), caller(), token, at=now())


def bears_session() -> bool:
    """Whether the cookie bears a session, which may be over."""
    return _KEPT in session


def current_session() -> Session | None:
    """The session by which the caller was let in."""
    found: Session | None = g.get("session")
    return found


def caller_of_session() -> Caller | None:
    """Who has signed in; None for nobody, or where the session is over.

    Raises
    ------
    Problem
        403: the request changes something and does not bear the session's token; another site may have sent it.
    """
    token = session.get(_KEPT)
    found = token and sign_ins.known_session(store(), token, idle=settings().session_idle, at=now())
    if not found:
        return None
    csrf_token = hashlib.sha256(f"csrf {token}".encode()).hexdigest()
    sent = request.headers.get(CSRF_HEADER, "")
    if request.method not in _SAFE and not hmac.compare_digest(sent.encode(), csrf_token.encode()):
        raise Problem(403, "csrf", f"send the session's token, as /v1/me has it, as {CSRF_HEADER}")
    g.session = Session(found.session_id, found.shown_name, csrf_token, found.until)
    return Caller(found.who, found.roles, found.contracts)
