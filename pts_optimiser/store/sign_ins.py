"""Sessions of people who have signed in, so that one can be seen and ended from elsewhere.

What the browser bears are 256 random bits; a session's id is their SHA-256, so it may be shown and opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from pts_optimiser.store import audit
from pts_optimiser.store.keys import NOTED_EVERY
from pts_optimiser.store.models import SignInRow
from pts_optimiser.store.words import Role


@dataclass(frozen=True, slots=True)
class SignIn:
    """``contracts`` limit what the person sees: None is everything. ``until`` is the end however busy it is."""

    session_id: str
    who: str
    shown_name: str
    roles: frozenset[Role]
    contracts: frozenset[str] | None
    browser: str
    begun_at: datetime
    last_used_at: datetime
    until: datetime


def begin(
    session: Session,
    who: str,
    shown_name: str,
    roles: frozenset[Role],
    contracts: frozenset[str] | None,
    *,
    browser: str,
    until: datetime,
    at: datetime,
) -> str:
    """The token of a new session, which is nowhere kept."""
    token = secrets.token_urlsafe(32)
    row = {
        "session_id": session_id(token),
        "who": who,
        "shown_name": shown_name,
        "roles": sorted(roles),
        "contracts": None if contracts is None else sorted(contracts),
        "browser": browser,
        "begun_at": at,
        "last_used_at": at,
        "until": until,
    }
    session.execute(insert(SignInRow), row)
    audit.note(session, at=at, who=who, what="session.begin", subject=f"sessions/{row['session_id']}")
    return token


def session_id(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def recognise(session: Session, token: str, *, idle: timedelta, at: datetime) -> SignIn | None:
    """The session of a token; None where it is unknown, ended, over, or has not been used for ``idle``."""
    row = session.scalar(select(SignInRow).where(SignInRow.session_id == session_id(token), *_going_on(idle, at)))
    return None if row is None else _sign_in(row)


def due(found: SignIn, *, at: datetime) -> bool:
    """Whether ``used`` has something to note."""
    return found.last_used_at <= at - NOTED_EVERY


def used(session: Session, found: SignIn, *, at: datetime) -> None:
    """Note when a session was last used, once a minute: reading must not mean writing. Cheap to ask: see ``due``."""
    noted = update(SignInRow).where(
        SignInRow.session_id == found.session_id, SignInRow.last_used_at <= at - NOTED_EVERY
    )
    session.execute(noted.values(last_used_at=at).execution_options(synchronize_session=False))


def going_on(session: Session, who: str | None, *, idle: timedelta, at: datetime) -> list[SignIn]:
    """The sessions that are not over, of one person or (None) of all, in the order begun."""
    rows = select(SignInRow).where(*_going_on(idle, at), *_of(who))
    return [_sign_in(row) for row in session.scalars(rows.order_by(SignInRow.begun_at, SignInRow.session_id))]


def end(
    session: Session,
    who: str | None,
    *,
    by: str,
    at: datetime,
    only: str | None = None,
    but: str | None = None,
) -> list[str]:
    """End sessions for good: of one person or (None) of all, ``only`` the one of this id, all ``but`` one. Returns the
    ids of those that had not been ended before.
    """
    which = [SignInRow.ended_at.is_(None), SignInRow.until > at, *_of(who)]
    which += [] if only is None else [SignInRow.session_id == only]
    which += [] if but is None else [SignInRow.session_id != but]
    changed = update(SignInRow).where(*which).values(ended_at=at).execution_options(synchronize_session=False)
    ended = sorted(session.scalars(changed.returning(SignInRow.session_id)))
    for one in ended:
        audit.note(session, at=at, who=by, what="session.end", subject=f"sessions/{one}")
    return ended


def _of(who: str | None) -> list[ColumnElement[bool]]:
    return [] if who is None else [SignInRow.who == who]


def _going_on(idle: timedelta, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return SignInRow.ended_at.is_(None), SignInRow.until > at, SignInRow.last_used_at > at - idle


def _sign_in(row: SignInRow) -> SignIn:
    return SignIn(
        row.session_id,
        row.who,
        row.shown_name,
        frozenset(map(Role, row.roles)),
        None if row.contracts is None else frozenset(row.contracts),
        row.browser,
        row.begun_at,
        row.last_used_at,
        row.until,
    )
