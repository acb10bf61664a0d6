"""Whole days forgotten when their time has come: what an operator has promised to keep no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted.exports import remove_old
from pts_optimiser.store import Store, audit
from pts_optimiser.store.days import service_days
from pts_optimiser.store.retention import days_before, forget_days
from pts_optimiser.store.studies import forget_rows, tidy_studies

LULL = timedelta(days=14)
"""A service that has no day of the last fortnight or later is not in use, or its clock is wrong."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The days that went, all of them before ``before``, and the studies that lost what had a row for each journey."""

    before: date
    days: tuple[date, ...]
    studies: tuple[str, ...]


def due(store: Store, keep_days: int, *, at: datetime, retired: bool = False) -> Forgotten:
    """The days that ``forget`` would forget; raises as ``forget`` does, and changes nothing."""
    before = _today(store, at, retired) - timedelta(days=keep_days)
    return Forgotten(before, tuple(days_before(store, before)), ())


def forget(store: Store, keep_days: int, *, by: str, at: datetime, retired: bool = False) -> Forgotten:
    """Delete the days more than ``keep_days`` before today in London, with all that was made of them.

    Today, what is to come, and the audit stay, and so do the counts and means of studies. Each day and the whole are
    entries of the audit. Killed in the middle, the next time does the rest.

    Raises
    ------
    InputError
        The last day of the store is more than a fortnight past, and nobody says that the service is ``retired``: a
        clock that has leapt ahead must not cost what is still needed. Or some files cannot be removed.
    BusyError
        The database is busy or away; days forgotten until then are.
    """
    today = _today(store, at, retired)
    before = today - timedelta(days=keep_days)
    days = forget_days(store, today, keep_days, by=by, at=at)
    tidy_studies(store)
    try:
        studies = forget_rows(store, before)
        remove_old(store, at=at)
    except OSError as error:
        raise InputError(
            f"days were forgotten, but not all files of studies and exports ({error.strerror}); let this account"
            " remove them, and do it again"
        ) from error
    told: audit.State = {"before": before.isoformat(), "days": len(days), "studies": len(studies)}
    with store.write() as session:
        audit.note(session, at=at, who=by, what="store.forget", subject="store", after=told)
    return Forgotten(before, tuple(days), tuple(studies))


def _today(store: Store, at: datetime, retired: bool) -> date:
    today = at.astimezone(LONDON).date()
    with store.read() as session:
        last = max((day.service_date for day in service_days(session, limit=1)), default=today)
    if last < today - LULL and not retired:
        message = f"the last day of this store is {last}, long before today, {today}"
        hint = "set the clock right; where nobody plans here any more, say --retired"
        issue = Issue("store", None, None, "no_recent_day", message, hint)
        raise InputError("nothing was forgotten", [issue])
    return today
