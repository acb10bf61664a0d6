"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

from pts_optimiser.store.errors import UnstorableError


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept and returned in UTC to the microsecond."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise UnstorableError("a time without offset cannot be stored; say which zone it is in")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length that both databases hold: no NUL, no half of a surrogate pair."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value if value is None else storable(value)


def encoded(text: str) -> bytes:
    """The text in UTF-8; raises UnstorableError for half of a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise UnstorableError("text holds half of a surrogate pair, which cannot be stored") from None


def storable(text: str) -> str:
    """The text itself; raises UnstorableError where one of the databases could not hold it."""
    if b"\0" in encoded(text):
        raise UnstorableError("text holds a NUL character, which cannot be stored")
    return text


def json_text(document: Any) -> str:
    """Compact JSON in ASCII, so that any text fits; raises UnstorableError for what is no JSON, as NaN."""
    try:
        return json.dumps(document, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise UnstorableError(f"not a JSON document: {error}") from None
