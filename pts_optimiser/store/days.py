"""Service days: what is to be planned, as last uploaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.store import audit
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.errors import ChangedError, NotFoundError
from pts_optimiser.store.models import DutyRow, JourneyRow, PolicyRow, ServiceDayRow
from pts_optimiser.store.rows import duty_from, duty_row, journey_from, journey_row
from pts_optimiser.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """``revision`` rises with every upload; ``inputs`` maps the uploaded files to their SHA-256."""

    service_date: date
    revision: int
    policy_sha256: str
    inputs: Mapping[str, str]
    created_at: datetime
    updated_at: datetime


def put_day(
    session: Session,
    service_date: date,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy_toml: str,
    inputs: Mapping[str, str],
    *,
    by: str,
    at: datetime,
    expected_revision: int | None = None,
) -> ServiceDay:
    """Upload a day, in place of what was uploaded before; its rosters, events and locks stay.

    ``expected_revision`` is the revision that the author has seen, 0 for a day that must be new, None for any.

    Raises
    ------
    ChangedError
        The day is at another revision.
    """
    policy = _keep_policy(session, policy_toml, at)
    revision = _next_revision(session, service_date, policy, inputs, at, expected_revision)
    for table in (JourneyRow, DutyRow):
        session.execute(delete(table).where(table.service_date == service_date))
    crash_point("days.emptied")
    for table, rows in (
        (JourneyRow, [journey_row(service_date, n, journey) for n, journey in enumerate(journeys)]),
        (DutyRow, [duty_row(service_date, n, duty) for n, duty in enumerate(duties)]),
    ):
        if rows:
            session.execute(insert(table), rows)
    audit.note(
        session,
        at=at,
        who=by,
        what="day.put",
        subject=f"days/{service_date}",
        before={"revision": revision - 1} if revision > 1 else None,
        after={"revision": revision, "journeys": len(journeys), "duties": len(duties), "policy": policy},
    )
    return service_day(session, service_date)


def service_day(session: Session, service_date: date) -> ServiceDay:
    """The day; raises NotFoundError where it was never uploaded."""
    return _day(_row(session, service_date))


def service_days(session: Session, *, before: date | None = None, limit: int = 100) -> list[ServiceDay]:
    """Days, latest first, those before a date where one is given."""
    wanted = select(ServiceDayRow).order_by(ServiceDayRow.service_date.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(ServiceDayRow.service_date < before)
    return [_day(row) for row in session.scalars(wanted)]


def journeys(session: Session, service_date: date, *, contracts: frozenset[str] | None = None) -> tuple[Journey, ...]:
    """The day's journeys in the order of their file; of all contracts (None) or of some."""
    wanted = select(JourneyRow).where(JourneyRow.service_date == service_date).order_by(JourneyRow.position)
    if contracts is not None:
        wanted = wanted.where(JourneyRow.contract.in_(contracts))
    return tuple(journey_from(row) for row in session.scalars(wanted))


def duties(session: Session, service_date: date, *, contracts: frozenset[str] | None = None) -> tuple[Duty, ...]:
    """The day's duties in the order of their file; of all contracts (None) or those that may serve some."""
    wanted = select(DutyRow).where(DutyRow.service_date == service_date).order_by(DutyRow.position)
    if contracts is not None:
        wanted = wanted.where(may_serve(session, contracts))
    return tuple(duty_from(row) for row in session.scalars(wanted))


def may_serve(session: Session, contracts: frozenset[str]) -> ColumnElement[bool]:
    """Whether a duty may serve one of the contracts: it names one of them, or none at all."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    each = func.json_each if sqlite else func.json_array_elements_text
    named = each(DutyRow.contracts).table_valued("value")
    one = select(named.c.value).where(named.c.value.in_(contracts)).correlate(DutyRow).exists()
    return (func.json_array_length(DutyRow.contracts) == 0) | one


def policy_toml(session: Session, sha256: str) -> str:
    """The text of ``policy.toml``; raises NotFoundError where no day has used it."""
    text = session.scalar(select(PolicyRow.toml).where(PolicyRow.sha256 == sha256))
    if text is None:
        raise NotFoundError(f"no policy {sha256[:12]}…")
    return text


def _keep_policy(session: Session, toml: str, at: datetime) -> str:
    sha256 = hashlib.sha256(toml.encode()).hexdigest()
    row = {"sha256": sha256, "toml": toml, "created_at": at}
    session.execute(
        insert_into(session, PolicyRow)
        .values(row)
        .on_conflict_do_update(index_elements=["sha256"], set_={"toml": toml})
    )
    return sha256


def _next_revision(
    session: Session,
    service_date: date,
    policy: str,
    inputs: Mapping[str, str],
    at: datetime,
    expected: int | None,
) -> int:
    """Count the day on and hold it, in one statement for a new day and one for a known one."""
    told = {"policy_sha256": policy, "inputs": dict(inputs), "updated_at": at}
    if not expected:
        fresh = told | {
            "service_date": service_date,
            "revision": 1,
            "last_version": 0,
            "last_event": 0,
            "created_at": at,
        }
        made = insert_into(session, ServiceDayRow).values(fresh).on_conflict_do_nothing()
        if session.scalar(made.returning(ServiceDayRow.revision)):
            return 1
    known = ServiceDayRow.service_date == service_date
    if expected is not None:
        known &= ServiceDayRow.revision == expected
    counted = update(ServiceDayRow).where(known).values(**told, revision=ServiceDayRow.revision + 1)
    revision = session.scalar(counted.returning(ServiceDayRow.revision))
    if revision is None:
        raise ChangedError(f"the day {service_date} is not at revision {expected} any more; read it again")
    return int(revision)


def last_held(session: Session, service_date: date, counter: InstrumentedAttribute[int]) -> int:
    """The last number that a day has given by one of its counters; its row is held until the transaction ends.

    Raises
    ------
    NotFoundError
        The day was never uploaded.
    """
    last = session.scalar(select(counter).where(ServiceDayRow.service_date == service_date).with_for_update())
    if last is None:
        raise _unknown(service_date)
    return last


def _row(session: Session, service_date: date) -> ServiceDayRow:
    wanted = select(ServiceDayRow).where(ServiceDayRow.service_date == service_date)
    row = session.scalar(wanted.execution_options(populate_existing=True))
    if row is None:
        raise _unknown(service_date)
    return row


def _unknown(service_date: date) -> NotFoundError:
    return NotFoundError(f"no service day {service_date}; upload it first")


def _day(row: ServiceDayRow) -> ServiceDay:
    return ServiceDay(row.service_date, row.revision, row.policy_sha256, row.inputs, row.created_at, row.updated_at)
