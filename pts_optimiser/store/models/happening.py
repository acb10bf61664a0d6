"""The day as it happens: events, locks, and proposals of changed rosters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pts_optimiser.store.models.base import Base, one_of
from pts_optimiser.store.words import ProposalStatus

HELD = text("released_at IS NULL")


class EventRow(Base):
    """``position`` numbers the events of a day without gaps, in the order in which they become visible."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("service_date", "event_id"),
        UniqueConstraint("service_date", "source", "sequence"),
        Index(None, "service_date", "type", "position"),
    )

    service_date: Mapped[date] = mapped_column(
        ForeignKey("service_days.service_date", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str]
    source: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    type: Mapped[str]
    fields: Mapped[dict[str, Any]]


class LockRow(Base):
    """A journey that a controller holds where it is, or on a duty; at most one lock of a journey is held."""

    __tablename__ = "locks"
    __table_args__ = (
        Index(
            "one_lock_a_journey",
            "service_date",
            "journey_id",
            unique=True,
            sqlite_where=HELD,
            postgresql_where=HELD,
        ),
    )

    lock_id: Mapped[str] = mapped_column(primary_key=True)
    service_date: Mapped[date] = mapped_column(ForeignKey("service_days.service_date", ondelete="CASCADE"), index=True)
    journey_id: Mapped[str]
    duty_id: Mapped[str | None]
    reason: Mapped[str]
    locked_at: Mapped[datetime]
    locked_by: Mapped[str]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str | None]


class ProposalRow(Base):
    """A roster offered in place of the published one whose tag is ``base_etag``."""

    __tablename__ = "proposals"
    __table_args__ = (
        one_of("status", ProposalStatus),
        ForeignKeyConstraint(
            ["service_date", "version"], ["rosters.service_date", "rosters.version"], ondelete="CASCADE"
        ),
        UniqueConstraint("service_date", "version"),
    )

    proposal_id: Mapped[str] = mapped_column(primary_key=True)
    service_date: Mapped[date]
    version: Mapped[int]
    base_etag: Mapped[str]
    diff: Mapped[dict[str, Any]]
    status: Mapped[str]
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
