"""Which roster crews drive. Two who publish at once: one wins, the other is told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from pts_optimiser.domain.roster import Roster
from pts_optimiser.store import audit
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.errors import ChangedError, NotFoundError
from pts_optimiser.store.models import PublicationRow, RosterRow
from pts_optimiser.store.rosters import StoredRoster, read_roster, stored_roster
from pts_optimiser.store.types import Moment, Words
from pts_optimiser.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Publication:
    """``number`` counts the publications of a day; ``etag`` is of one publication, never again of another."""

    service_date: date
    number: int
    version: int
    etag: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class RosteredDay:
    """A day with the version of its roster that is published, and the latest."""

    service_date: date
    published: int | None
    latest: int


@dataclass(frozen=True, slots=True)
class Published:
    """The roster that crews drive, whole; its texts and files by ``read_text`` and ``read_file``."""

    publication: Publication
    stored: StoredRoster
    roster: Roster


def publish(
    session: Session, service_date: date, version: int, *, expected_etag: str | None, by: str, at: datetime
) -> Publication:
    """Publish a version in place of the publication that the author has seen (None: of none).

    Raises
    ------
    NotFoundError
        No such version.
    ChangedError
        Something else is published by now.
    """
    stored = stored_roster(session, service_date, version)
    before = current(session, service_date)
    crash_point("publishing.read")
    etag = _etag(service_date, expected_etag, stored.sha256, version)
    columns = ["service_date", "number", "version", "etag", "published_at", "published_by"]
    row = [service_date, 1, version, etag, at, by]
    statement = insert_into(session, PublicationRow)
    if expected_etag is None:
        swap = statement.values(dict(zip(columns, row, strict=True)))
    else:  # the number after the one seen: taken already if another was faster
        swap = statement.from_select(
            columns,
            select(
                PublicationRow.service_date,
                PublicationRow.number + 1,
                literal(version),
                literal(etag, Words),
                literal(at, Moment),
                literal(by, Words),
            ).where(PublicationRow.service_date == service_date, PublicationRow.etag == expected_etag),
        )
    number = session.scalar(swap.on_conflict_do_nothing().returning(PublicationRow.number))
    if number is None:
        raise ChangedError(f"another roster of {service_date} is published by now; read it, then decide")
    crash_point("publishing.inserted")
    audit.note(
        session,
        at=at,
        who=by,
        what="roster.publish",
        subject=f"days/{service_date}",
        before={"version": before.version, "etag": before.etag} if before else None,
        after={"version": version, "etag": etag, "sha256": stored.sha256},
    )
    return Publication(service_date, number, version, etag, at, by)


def in_force(session: Session, service_date: date) -> Publication:
    """The latest publication of a day; raises NotFoundError where there is none."""
    found = current(session, service_date)
    if found is None:
        raise none_published(service_date)
    return found


def none_published(service_date: date) -> NotFoundError:
    return NotFoundError(f"no roster of {service_date} is published; publish one first")


def current(session: Session, service_date: date) -> Publication | None:
    """The latest publication of a day."""
    return next(iter(publications(session, service_date, limit=1)), None)


def published_version(session: Session, service_date: date) -> tuple[int, str] | None:
    """Version and SHA-256 of the roster that is published: asked with every reading, so in one statement."""
    same = (RosterRow.service_date == PublicationRow.service_date) & (RosterRow.version == PublicationRow.version)
    wanted = select(RosterRow.version, RosterRow.sha256).join(PublicationRow, same)
    latest = wanted.where(PublicationRow.service_date == service_date).order_by(PublicationRow.number.desc()).limit(1)
    found = session.execute(latest).first()
    return None if found is None else (found.version, found.sha256)


def publications(
    session: Session, service_date: date, *, before: int | None = None, limit: int = 100
) -> list[Publication]:
    """What was published for a day, latest first, those before a number where one is given."""
    wanted = select(PublicationRow).where(PublicationRow.service_date == service_date)
    if before is not None:
        wanted = wanted.where(PublicationRow.number < before)
    rows = session.scalars(wanted.order_by(PublicationRow.number.desc()).limit(limit))
    return [
        Publication(row.service_date, row.number, row.version, row.etag, row.published_at, row.published_by)
        for row in rows
    ]


def rostered_days(session: Session, first: date, last: date) -> list[RosteredDay]:
    """The days from ``first`` to ``last`` that have a roster, earliest first."""
    number = func.max(PublicationRow.number).label("number")
    latest = select(PublicationRow.service_date, number).group_by(PublicationRow.service_date).subquery()
    published = (
        select(PublicationRow.version)
        .join(
            latest, (latest.c.service_date == PublicationRow.service_date) & (latest.c.number == PublicationRow.number)
        )
        .where(PublicationRow.service_date == RosterRow.service_date)
        .scalar_subquery()
    )
    wanted = (
        select(RosterRow.service_date, published, func.max(RosterRow.version))
        .where(RosterRow.service_date.between(first, last))
        .group_by(RosterRow.service_date)
        .order_by(RosterRow.service_date)
    )
    return [RosteredDay(*row) for row in session.execute(wanted)]


def published(session: Session, service_date: date) -> Published | None:
    """What crews drive, from the store alone: neither solver nor jobs nor roads are asked.

    Raises
    ------
    DamagedError
        The stored roster is not what was stored.
    """
    publication = current(session, service_date)
    if publication is None:
        return None
    version = publication.version
    return Published(
        publication, stored_roster(session, service_date, version), read_roster(session, service_date, version)
    )


def _etag(service_date: date, before: str | None, sha256: str, version: int) -> str:
    """Over the tag before, so that publishing an old version again gives a new tag."""
    return hashlib.sha256(f"{service_date}/{before}/{version}/{sha256}".encode()).hexdigest()[:32]
