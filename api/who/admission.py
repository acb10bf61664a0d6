"""At the door of every request: who is it, and may they?"""

from __future__ import annotations

import logging

from flask import current_app, g, request

from api.context import now, store
from api.manners.problems import Problem
from api.who.roles import admitted
from api.who.sessions import caller_of_session
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.keys import key_caller
from pts_optimiser.store import BusyError, keys

BUCKETS = "pts.buckets"
_LOG = logging.getLogger("pts.api")


def admit() -> None:
    """Find out who calls, and refuse who may not.

    Raises
    ------
    Problem
        401 for who is not known, 403 for who is and may not, 429 for who asks too much.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    roles = admitted(view) if view else None
    if roles is None:  # a public view, or no view at all: 404 and 405 follow
        return
    g.caller = _caller()
    current_app.extensions[BUCKETS].take(g.caller.name)
    if not roles & g.caller.roles:
        raise Problem(403, "forbidden", "your role does not include this")


def _caller() -> Caller:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found = _by_key(token.strip()) if scheme.lower() == "bearer" else caller_of_session()
    if found is None:
        headers = {"WWW-Authenticate": 'Bearer realm="pts-optimiser"'}
        raise Problem(401, "unauthorized", "send a good API key as a bearer token, or sign in", headers=headers)
    return found


def _by_key(token: str) -> Caller | None:
    at = now()
    with store().read() as session:
        key = keys.authenticate(session, token, at=at)
    if key is None:
        return None
    if keys.due(key, at=at):
        try:
            with store().write() as session:
                keys.used(session, key, at=at)
        except BusyError:  # when a key was last used can wait for its next use
            _LOG.info("last use of a key not noted: the store is busy")
    return Caller(key_caller(key.key_id), frozenset({key.role}), key.contracts)
