"""API keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from api.models.base import Body, Moment, Shown
from api.models.days import Name
from pts_optimiser.store.words import Role

_LONGEST_DAYS = 366


class KeyIn(Body):
    """A key to make."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$", description="What the key is for")
    role: Role
    contracts: Annotated[list[Name], Field(max_length=200)] | None = Field(
        default=None, description="The contracts whose journeys the key sees; null: all"
    )
    good_for_days: int = Field(default=90, ge=1, le=_LONGEST_DAYS)


class ReplaceIn(Body):
    """A key to make in place of another one."""

    good_for_days: int = Field(default=90, ge=1, le=_LONGEST_DAYS)
    old_for_hours: int = Field(default=24, ge=1, le=24 * 7, description="How long the old one stays good")


def _sorted(contracts: frozenset[str] | None) -> list[str] | None:
    return None if contracts is None else sorted(contracts)


class KeyOut(Shown):
    """A key without its secret."""

    key_id: str
    name: str
    role: Role
    contracts: Annotated[list[str] | None, BeforeValidator(_sorted)]
    created_at: Moment
    created_by: str
    expires_at: Moment
    last_used_at: Moment | None
    revoked_at: Moment | None


class MadeKeyOut(Shown):
    """A new key. `token` is told this once: keep it."""

    key: KeyOut
    token: str


class KeysOut(Shown):
    """All keys in the order made."""

    items: list[KeyOut]
