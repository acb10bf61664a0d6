"""Journeys that controllers hold on their duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pts_optimiser.store import audit
from pts_optimiser.store.days import service_day
from pts_optimiser.store.errors import ConflictError, NotFoundError
from pts_optimiser.store.models import LockRow
from pts_optimiser.store.models.happening import HELD
from pts_optimiser.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Lock:
    """A journey held on a duty, or where it is (``duty_id`` None); ``reason`` is never in the audit."""

    lock_id: str
    service_date: date
    journey_id: str
    duty_id: str | None
    reason: str
    locked_at: datetime
    locked_by: str
    released_at: datetime | None = None
    released_by: str | None = None


def lock(
    session: Session, service_date: date, journey_id: str, *, duty_id: str | None, reason: str, by: str, at: datetime
) -> Lock:
    """Hold a journey.

    Raises
    ------
    NotFoundError
        The day was never uploaded.
    ConflictError
        The journey is held already.
    """
    service_day(session, service_date)
    made = Lock(uuid4().hex, service_date, journey_id, duty_id, reason, at, by)
    row = {
        "lock_id": made.lock_id,
        "service_date": service_date,
        "journey_id": journey_id,
        "duty_id": duty_id,
        "reason": reason,
        "locked_at": at,
        "locked_by": by,
    }
    held = insert_into(session, LockRow).values(row)
    held = held.on_conflict_do_nothing(index_elements=["service_date", "journey_id"], index_where=HELD)
    if session.scalar(held.returning(LockRow.lock_id)) is None:
        raise ConflictError("the journey is locked already")
    _note(session, "lock", made, by, at)
    return made


def release(session: Session, service_date: date, journey_id: str, *, by: str, at: datetime) -> Lock:
    """Let go of a journey; raises NotFoundError where it is not held."""
    held = (LockRow.service_date == service_date) & (LockRow.journey_id == journey_id) & LockRow.released_at.is_(None)
    freed = update(LockRow).where(held).values(released_at=at, released_by=by).returning(LockRow)
    row = session.scalar(freed.execution_options(synchronize_session=False, populate_existing=True))
    if row is None:
        raise NotFoundError("the journey is not locked")
    _note(session, "unlock", _lock(row), by, at)
    return _lock(row)


def locks(session: Session, service_date: date, *, released: bool = False) -> list[Lock]:
    """The locks of a day in the order made: those held, or with ``released`` all."""
    wanted = select(LockRow).where(LockRow.service_date == service_date)
    if not released:
        wanted = wanted.where(LockRow.released_at.is_(None))
    return [_lock(row) for row in session.scalars(wanted.order_by(LockRow.locked_at, LockRow.lock_id))]


def _note(session: Session, what: str, made: Lock, by: str, at: datetime) -> None:
    """Told by the id of the lock: what a journey is called is for others to choose."""
    subject = f"days/{made.service_date}/locks/{made.lock_id}"
    audit.note(session, at=at, who=by, what=f"journey.{what}", subject=subject, after={"held": what == "lock"})


def _lock(row: LockRow) -> Lock:
    return Lock(
        row.lock_id,
        row.service_date,
        row.journey_id,
        row.duty_id,
        row.reason,
        row.locked_at,
        row.locked_by,
        row.released_at,
        row.released_by,
    )
