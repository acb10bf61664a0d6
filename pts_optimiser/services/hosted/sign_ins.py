"""Sessions of people: everybody sees and ends their own, an admin who sees all contracts those of all."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import BusyError, NotFoundError, Store, sign_ins
from pts_optimiser.store.sign_ins import SignIn

_log = logging.getLogger(__name__)


def begin_session(
    store: Store,
    caller: Caller,
    shown_name: str,
    *,
    browser: str,
    longest: timedelta,
    at: datetime,
    instead_of: str | None,
) -> str:
    """The token of a new session; the one of the token that the browser has borne so far is ended."""
    with store.write() as session:
        if instead_of is not None:
            sign_ins.end(session, None, by=caller.name, at=at, only=sign_ins.session_id(instead_of))
        return sign_ins.begin(
            session,
            caller.name,
            shown_name,
            caller.roles,
            caller.contracts,
            browser=browser,
            until=at + longest,
            at=at,
        )


def known_session(store: Store, token: str, *, idle: timedelta, at: datetime) -> SignIn | None:
    """The session of a token, which counts as used by this; None where it is over."""
    with store.read() as session:
        found = sign_ins.recognise(session, token, idle=idle, at=at)
    if found is not None and sign_ins.due(found, at=at):
        try:
            with store.write() as session:
                sign_ins.used(session, found, at=at)
        except BusyError:  # it can wait for the next use
            _log.info("last use of a session not noted: the store is busy")
    return found


def end_session(store: Store, caller: Caller, token: str, *, at: datetime) -> None:
    """End the session of a token for good."""
    with store.write() as session:
        sign_ins.end(session, None, by=caller.name, at=at, only=sign_ins.session_id(token))


def own_sessions(store: Store, caller: Caller, *, idle: timedelta, at: datetime) -> list[SignIn]:
    """The caller's sessions that are not over, in the order begun; a key has none."""
    with store.read() as session:
        return sign_ins.going_on(session, caller.name, idle=idle, at=at)


def end_own_session(store: Store, caller: Caller, session_id: str, *, at: datetime) -> None:
    """End one of the caller's own; raises NotFoundError where they have none of that id that is not over."""
    with store.write() as session:
        _found(sign_ins.end(session, caller.name, by=caller.name, at=at, only=session_id))


def end_other_sessions(store: Store, caller: Caller, but: str | None, *, at: datetime) -> int:
    """End all of the caller's own but one; returns how many."""
    with store.write() as session:
        return len(sign_ins.end(session, caller.name, by=caller.name, at=at, but=but))


def all_sessions(store: Store, caller: Caller, who: str | None, *, idle: timedelta, at: datetime) -> list[SignIn]:
    """The sessions of a person or (None) of all; raises NotAllowedError where the caller is limited to contracts."""
    caller.must_see_all()
    with store.read() as session:
        return sign_ins.going_on(session, who, idle=idle, at=at)


def end_anybodys_session(store: Store, caller: Caller, session_id: str, *, at: datetime) -> None:
    """End a session of anybody's; raises NotAllowedError, NotFoundError."""
    caller.must_see_all()
    with store.write() as session:
        _found(sign_ins.end(session, None, by=caller.name, at=at, only=session_id))


def end_anybodys_sessions(store: Store, caller: Caller, who: str | None, but: str | None, *, at: datetime) -> int:
    """End all of a person or (None) of everybody, but the one that asks; returns how many; raises NotAllowedError."""
    caller.must_see_all()
    with store.write() as session:
        return len(sign_ins.end(session, who, by=caller.name, at=at, but=but))


def _found(ended: list[str]) -> None:
    if not ended:
        raise NotFoundError("no such session, or it is over")
