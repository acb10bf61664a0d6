"""Exports as they are ordered."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Body


class ExportIn(Body):
    """What to export."""

    version: int | None = Field(default=None, ge=1, le=10**9, description="Default: what is published")
