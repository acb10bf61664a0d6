"""Versions of rosters, and which of them were published when."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from api.models.base import Body, Moment, Shown


class PublishIn(Body):
    """Which version crews are to drive."""

    version: int = Field(ge=1, le=10**9)


class RosterSummaryOut(Shown):
    """A version of a day's roster, without its stops."""

    service_date: date
    version: int
    plan_id: str | None
    based_on: int | None = Field(description="The version that it changes")
    inputs: dict[str, str] = Field(description="SHA-256 of each file it was made from")
    engine: dict[str, Any]
    served: int | None = Field(description="Of all contracts; null for who is limited to some")
    unserved: int | None
    created_at: Moment
    created_by: str


class RostersOut(Shown):
    """A page of the versions of a day's roster, latest first."""

    items: list[RosterSummaryOut]
    next: str | None


class PublicationOut(Shown):
    """One publication; `etag` is what `If-Match` has to name to publish in its place."""

    service_date: date
    number: int
    version: int
    etag: str
    published_at: Moment
    published_by: str


class PublicationsOut(Shown):
    """A page of what was published for a day, latest first."""

    items: list[PublicationOut]
    next: str | None


class PublishedOut(Shown):
    """What crews drive."""

    publication: PublicationOut
    roster: RosterSummaryOut
