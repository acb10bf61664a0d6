"""At the door of every request: who is it, and may they?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

from flask import copy_current_request_context, current_app, g, request

from api.context import now, store
from api.manners.problems import Problem
from api.who.roles import admitted
from api.who.sessions import caller_of_session
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.keys import key_caller
from pts_optimiser.store import BusyError, keys

BUCKETS = "pts.buckets"
LOOK_EVERY_S = 15.0
"""So often it is looked whether who follows a stream is still let in."""
Item = TypeVar("Item")
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
    found = _known()
    if found is None:
        headers = {"WWW-Authenticate": 'Bearer realm="pts-optimiser"'}
        raise Problem(401, "unauthorized", "send a good API key as a bearer token, or sign in", headers=headers)
    g.caller = found
    current_app.extensions[BUCKETS].take(found.name)
    if not roles & found.roles:
        raise Problem(403, "forbidden", "your role does not include this")


def while_admitted(items: Iterable[Item]) -> Iterator[Item]:
    """What a stream tells, for as long as who asked for it would be let in; to follow it is to use key or session."""
    return _until_refused(items, copy_current_request_context(_known))


def _until_refused(items: Iterable[Item], known: Callable[[], Caller | None]) -> Iterator[Item]:
    looked = monotonic()
    for item in items:
        if monotonic() - looked >= LOOK_EVERY_S:
            looked = monotonic()
            try:
                if known() is None:
                    return
            except BusyError:
                _LOG.info("who follows a stream was not looked at: the store is busy")
        yield item


def _known() -> Caller | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return _by_key(token.strip()) if scheme.lower() == "bearer" else caller_of_session()


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
