"""Old days forgotten, and what nothing refers to any more removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from pts_optimiser.store import audit
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.models import (
    AnswerRow,
    DocumentRow,
    EventRow,
    FileRow,
    PlanRow,
    PolicyRow,
    RosterFileRow,
    RosterRow,
    RosterTextRow,
    ServiceDayRow,
    SignInRow,
)
from pts_optimiser.store.store import Store
from pts_optimiser.store.upsert import insert_into

STALE = timedelta(hours=1)
"""After which a staged file counts as left behind by a process that died."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was removed."""

    documents: int
    files: int
    strays: int


def days_before(store: Store, before: date) -> list[date]:
    """The days before a date, in their order."""
    old = select(ServiceDayRow.service_date).where(ServiceDayRow.service_date < before)
    with store.read() as session:
        return list(session.scalars(old.order_by(ServiceDayRow.service_date)))


def forget_days(store: Store, today: date, keep_days: int, *, by: str, at: datetime) -> list[date]:
    """Delete the days more than ``keep_days`` before ``today`` with all that belongs to them, plans of no day of that
    age, and then what they alone have held. The audit stays.

    Each day is a transaction of its own: who writes to others waits for one day, not for years.
    """
    gone = []
    for day in days_before(store, today - timedelta(days=keep_days)):
        one = delete(ServiceDayRow).where(ServiceDayRow.service_date == day).returning(ServiceDayRow.service_date)
        with store.write() as session:
            if session.scalar(one) is not None:
                audit.note(session, at=at, who=by, what="day.forget", subject=f"days/{day}")
                gone.append(day)
    dayless = PlanRow.service_date.is_(None) & (PlanRow.created_at < at - timedelta(days=keep_days))
    with store.write() as session:
        session.execute(delete(PlanRow).where(dayless))
    sweep(store, at=at)
    return gone


def forget_positions(store: Store, today: date, keep_days: int) -> int:
    """Delete where vehicles were on the days more than ``keep_days`` before ``today``; returns how many positions.

    They are most of what a day's events weigh, and tell where crews were: few have a reason to keep them for long.
    """
    last = today - timedelta(days=keep_days)
    old = delete(EventRow).where(EventRow.type == "position", EventRow.service_date < last)
    with store.write() as session:
        days = list(session.scalars(old.returning(EventRow.service_date).execution_options(synchronize_session=False)))
    store.settle()
    return len(days)


def sweep(store: Store, *, at: datetime) -> Swept:
    """Remove texts and files that no roster holds, files that the database does not know, and answers and sessions of
    people past their time.

    Safe at any time, beside any other work. A file goes only after what referred to it has gone for good.
    """
    with store.write() as session:
        session.execute(delete(AnswerRow).where(AnswerRow.expires_at <= at))
        session.execute(delete(SignInRow).where(SignInRow.until <= at))
        _remove(session, PolicyRow, [exists().where(ServiceDayRow.policy_sha256 == PolicyRow.sha256)])
        documents = _remove(session, DocumentRow, [exists().where(column == DocumentRow.sha256) for column in _HOLD])
    with store.write() as session:
        files = _remove(session, FileRow, [exists().where(RosterFileRow.sha256 == FileRow.sha256)])
        crash_point("retention.rows_gone")
        for sha256 in files:
            store.files.remove(sha256)
            crash_point("retention.file_gone")
    strays = sum(_remove_stray(store, sha256, at) for sha256 in _unknown(store))
    for path in store.files.abandoned((at - STALE).timestamp()):
        path.unlink(missing_ok=True)
        strays += 1
    store.settle()
    return Swept(len(documents), len(files), strays)


_HOLD = (RosterRow.sha256, RosterTextRow.sha256, PlanRow.best_sha256)


def _remove(
    session: Session, table: type[DocumentRow | FileRow | PolicyRow], held_by: Iterable[ColumnElement[bool]]
) -> list[str]:
    """Delete what is held by nothing, passing over what somebody is just taking up: a sweeper waits for nobody.

    It is looked at twice, for whoever has taken it up between the first look and our lock.
    """
    free = [~held for held in held_by]
    candidates = list(session.scalars(select(table.sha256).where(*free).with_for_update(skip_locked=True)))
    gone = delete(table).where(table.sha256.in_(candidates), *free).execution_options(synchronize_session=False)
    return list(session.scalars(gone.returning(table.sha256)))


def _unknown(store: Store) -> set[str]:
    with store.read() as session:
        return set(store.files.kept()) - set(session.scalars(select(FileRow.sha256)))


def _remove_stray(store: Store, sha256: str, at: datetime) -> bool:
    """Remove a file without a row: under a row of our own, so that nobody takes it up meanwhile."""
    with store.write() as session:
        claimed = insert_into(session, FileRow).values(sha256=sha256, size=0, created_at=at).on_conflict_do_nothing()
        if session.scalar(claimed.returning(FileRow.sha256)) is None:
            return False
        store.files.remove(sha256)
        session.execute(delete(FileRow).where(FileRow.sha256 == sha256))
        return True
