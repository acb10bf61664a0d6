"""What was ordered from the jobs and how far it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pts_optimiser.store.models.base import Base, one_of
from pts_optimiser.store.words import PlanKind, PlanStatus

ONE_REOPTIMISE = text("kind = 'reoptimise' AND status IN ('accepted', 'validated', 'queued', 'solving')")
UNFINISHED = text("status IN ('accepted', 'validated', 'queued', 'solving')")


class PlanRow(Base):
    """``fence`` counts the workers that took the plan up: only the last one may write. ``revision`` counts changes."""

    __tablename__ = "plans"
    __table_args__ = (
        one_of("kind", PlanKind),
        one_of("status", PlanStatus),
        Index(
            "one_reoptimise_a_day",
            "service_date",
            unique=True,
            sqlite_where=ONE_REOPTIMISE,
            postgresql_where=ONE_REOPTIMISE,
        ),
        Index("unfinished_plans", "created_at", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
        Index(None, "service_date", "created_at"),
        Index(None, "created_at"),
    )

    plan_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    service_date: Mapped[date | None] = mapped_column(ForeignKey("service_days.service_date", ondelete="CASCADE"))
    status: Mapped[str]
    fence: Mapped[int]
    revision: Mapped[int]
    order: Mapped[dict[str, Any]]
    best_so_far: Mapped[dict[str, Any] | None]
    best_sha256: Mapped[str | None] = mapped_column(ForeignKey("documents.sha256"), index=True)
    error: Mapped[dict[str, Any] | None]
    stop_requested: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
