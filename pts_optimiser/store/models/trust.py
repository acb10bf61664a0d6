"""Who may do what, who did what, and answers kept for repeated requests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pts_optimiser.store.models.base import Base, one_of
from pts_optimiser.store.words import Role


class AuditRow(Base):
    """``hash`` is over the hash before and all other columns."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    hash: Mapped[str]


class AuditHeadRow(Base):
    """The last entry; its row is what two writers wait for each other at."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]


class ApiKeyRow(Base):
    """``contracts`` null means all of them, an empty list none."""

    __tablename__ = "api_keys"
    __table_args__ = (one_of("role", Role),)

    key_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    secret_sha256: Mapped[str]
    role: Mapped[str]
    contracts: Mapped[list[str] | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInRow(Base):
    """A person's session; ``session_id`` is the SHA-256 of what the browser bears. It is removed after ``until``."""

    __tablename__ = "sign_ins"

    session_id: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(index=True)
    shown_name: Mapped[str]
    roles: Mapped[list[str]]
    contracts: Mapped[list[str] | None]
    browser: Mapped[str]
    begun_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class AnswerRow(Base):
    """The answer to a request with an idempotency key; without ``status`` the request is running."""

    __tablename__ = "answers"

    owner: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[dict[str, Any] | None]
    body: Mapped[bytes | None]
    lease_until: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
