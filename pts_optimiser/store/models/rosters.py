"""Rosters, immutable, with what they stand on; and which of them was published when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from pts_optimiser.store.models.base import Base


def _of_roster() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["service_date", "version"], ["rosters.service_date", "rosters.version"], ondelete="CASCADE"
    )


class RosterRow(Base):
    """``based_on`` is the version that a re-optimised roster changes; a plan has at most one roster."""

    __tablename__ = "rosters"

    service_date: Mapped[date] = mapped_column(
        ForeignKey("service_days.service_date", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), index=True)
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.plan_id"), unique=True)
    based_on: Mapped[int | None]
    inputs: Mapped[dict[str, Any]]
    engine: Mapped[dict[str, Any]]
    engine_name: Mapped[str]
    seed: Mapped[int | None] = mapped_column(BigInteger)
    served: Mapped[int]
    unserved: Mapped[int]
    kpis: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str]


class RosterTextRow(Base):
    """A text of the roster's folder, as ``journeys.csv``."""

    __tablename__ = "roster_texts"
    __table_args__ = (_of_roster(),)

    service_date: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), index=True)


class RosterFileRow(Base):
    """A large file of the roster's folder, as ``travel.npz``."""

    __tablename__ = "roster_files"
    __table_args__ = (_of_roster(),)

    service_date: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)


class PublicationRow(Base):
    """The latest ``number`` of a day is what crews drive. Rows are added only: two of one number cannot be."""

    __tablename__ = "publications"
    __table_args__ = (_of_roster(), Index(None, "service_date", "version"))

    service_date: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    etag: Mapped[str] = mapped_column(unique=True)
    published_at: Mapped[datetime]
    published_by: Mapped[str]
