"""Service days: uploaded, listed, read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.journey import Journey
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import Store, days
from pts_optimiser.store.day_list import ListedDay, listed_days
from pts_optimiser.store.days import ServiceDay


@dataclass(frozen=True, slots=True)
class DayTables:
    """A day as it is uploaded: the texts of its files; ``policy`` is laid over the default one.

    Without ``service_date`` it is the date on which most duties start.
    """

    journeys: bytes
    duties: bytes
    policy: bytes | None = None
    service_date: date | None = None
    distancing: str | None = None
    standards: str | None = None


@dataclass(frozen=True, slots=True)
class DayView:
    """A day as its caller may see it; ``journeys`` and ``duties`` count what they see."""

    day: ServiceDay
    journeys: int
    duties: int


@dataclass(frozen=True, slots=True)
class UploadedDay:
    """``new`` where the day was not there before; ``issues`` are warnings."""

    view: DayView
    new: bool
    issues: tuple[Issue, ...]


def upload_day(
    store: Store, caller: Caller, tables: DayTables, *, at: datetime, expected_revision: int | None = None
) -> UploadedDay:
    """Read a day whole and keep it, in place of what was uploaded for it before.

    Raises
    ------
    InputError
        With every issue of every row; nothing is kept.
    NotAllowedError
        The caller is limited to some contracts: an upload replaces the day of all.
    ChangedError
        The day is not at ``expected_revision`` (0: it is there already).
    """
    caller.must_see_all()
    policy = load_policy(tables.policy, distancing=tables.distancing, standards=tables.standards)
    read = read_day(tables.journeys, tables.duties, policy, service_date=tables.service_date)
    inputs = {"journeys.csv": _sha256(tables.journeys), "duties.csv": _sha256(tables.duties)}
    if tables.policy is not None:
        inputs["policy.toml"] = _sha256(tables.policy)
    with store.write() as session:
        kept = days.put_day(
            session,
            read.service_date,
            read.journeys,
            read.duties,
            policy_toml(policy),
            inputs,
            by=caller.name,
            at=at,
            expected_revision=expected_revision,
        )
    view = DayView(kept, len(read.journeys), len(read.duties))
    return UploadedDay(view, kept.revision == 1, read.issues)


def list_days(store: Store, caller: Caller, *, before: date | None, limit: int) -> list[ListedDay]:
    """Days as the caller may see them, latest first, those before a date where one is given."""
    with store.read() as session:
        return listed_days(session, contracts=caller.contracts, before=before, limit=limit)


def reach(store: Store) -> None:
    """Ask the store for something small.

    Raises
    ------
    BusyError
        It cannot be reached.
    """
    with store.read() as session:
        days.service_days(session, limit=1)


def view_day(store: Store, caller: Caller, service_date: date) -> DayView:
    """One day; raises NotFoundError where it was never uploaded."""
    with store.read() as session:
        day = days.service_day(session, service_date)
        journeys = days.journeys(session, service_date, contracts=caller.contracts)
        duties = days.duties(session, service_date, contracts=caller.contracts)
        return DayView(day, len(journeys), len(duties))


def day_journeys(store: Store, caller: Caller, service_date: date) -> tuple[Journey, ...]:
    """The day's journeys that the caller sees, in the order of their file; raises NotFoundError."""
    with store.read() as session:
        days.service_day(session, service_date)
        return days.journeys(session, service_date, contracts=caller.contracts)


def day_duties(store: Store, caller: Caller, service_date: date) -> tuple[Duty, ...]:
    """The day's duties that may serve a contract that the caller sees; raises NotFoundError."""
    with store.read() as session:
        days.service_day(session, service_date)
        return days.duties(session, service_date, contracts=caller.contracts)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
