"""Answers to requests with an idempotency key, kept a day: the same request again gets the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.errors import ConflictError, KeyReusedError, StillRunningError
from pts_optimiser.store.models import AnswerRow
from pts_optimiser.store.upsert import insert_into

KEPT = timedelta(hours=24)
LEASE = timedelta(minutes=2)
"""After which a request that has not been answered counts as dead, and the same request may try again."""
AHEAD = 2 * LEASE
"""A lease that ends later was given before the clock was set back, and says nothing; hosts differ by less."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def begin(session: Session, owner: str, key: str, fingerprint: str, *, at: datetime) -> Answer | None:
    """The answer that this request has had, or None: it is yours to answer, with ``answer`` or ``abandon``.

    ``owner`` is who asks: keys of others are other keys. ``fingerprint`` is a hash over method, path and body.

    Raises
    ------
    KeyReusedError
        The key came with another request.
    StillRunningError
        The first request with it is being answered.
    """
    row = {
        "owner": owner,
        "key": key,
        "fingerprint": fingerprint,
        "status": None,
        "headers": None,
        "body": None,
        "lease_until": at + LEASE,
        "expires_at": at + KEPT,
    }
    over = or_(AnswerRow.lease_until <= at, AnswerRow.lease_until > at + AHEAD)
    dead = and_(AnswerRow.status.is_(None), over, AnswerRow.fingerprint == fingerprint)
    taken = insert_into(session, AnswerRow).values(row)
    taken = taken.on_conflict_do_update(
        index_elements=["owner", "key"], set_=row, where=or_(AnswerRow.expires_at <= at, dead)
    )
    if session.scalar(taken.returning(AnswerRow.key)) is not None:
        crash_point("answers.begun")
        return None
    known = session.scalars(select(AnswerRow).where(AnswerRow.owner == owner, AnswerRow.key == key)).one()
    if known.fingerprint != fingerprint:
        raise KeyReusedError("this idempotency key came before with another request; use a new one")
    if known.status is None:
        raise StillRunningError("the first request with this idempotency key is still being answered")
    return Answer(known.status, known.headers or {}, known.body or b"")


def answer(session: Session, owner: str, key: str, fingerprint: str, given: Answer) -> None:
    """Keep the answer of a request that has begun; raises ConflictError where its turn is over."""
    kept = update(AnswerRow).where(*_running(owner, key, fingerprint))
    kept = kept.values(status=given.status, headers=dict(given.headers), body=given.body)
    if session.scalar(kept.execution_options(synchronize_session=False).returning(AnswerRow.key)) is None:
        raise ConflictError("the request took too long and is being answered anew")


def abandon(session: Session, owner: str, key: str, fingerprint: str) -> None:
    """Give up a request that has begun, so that it can be tried again."""
    session.execute(delete(AnswerRow).where(*_running(owner, key, fingerprint)))


def _running(owner: str, key: str, fingerprint: str) -> tuple[ColumnElement[bool], ...]:
    return (
        AnswerRow.owner == owner,
        AnswerRow.key == key,
        AnswerRow.fingerprint == fingerprint,
        AnswerRow.status.is_(None),
    )
