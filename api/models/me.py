"""The caller."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Moment, Shown
from pts_optimiser.store.words import Role


class MeOut(Shown):
    """Who you are. `csrf_token` and `until` are of sessions: send the token as `X-CSRF-Token` with whatever changes."""

    name: str
    shown_name: str
    roles: list[Role]
    contracts: list[str] | None = Field(description="null: all")
    csrf_token: str | None
    until: Moment | None
