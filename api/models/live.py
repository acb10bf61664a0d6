"""What the answers of the day itself have in common."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.models.base import Body, Moment, Shown
from pts_optimiser.store.publishing import Publication

NOW = Field(default=None, description="How the day stood at this moment, by what was known then. Default: now")


class NowIn(Body):
    """At what moment."""

    now: Moment | None = NOW


class AsOfOut(Shown):
    """The moment that an answer is of."""

    now: Moment
    position: int = Field(description="Of the last event that it has taken in")
    version: int = Field(description="Of the published roster")
    etag: str = Field(description="Of its publication, for `If-Match`")


class PublicationOut(Shown):
    """What crews drive."""

    number: int
    version: int
    etag: str
    published_at: Moment
    published_by: str


class ReasonOut(Shown):
    """Why something cannot be, and what could be done."""

    code: str
    detail: str
    action: str


class ChangedOut(Shown):
    """A target (`arrive`, `collect` or `aboard`) that a journey newly keeps, or newly misses."""

    journey_id: str
    standard: str
    kept: bool


class ChangeOut(Shown):
    """One journey's change: `placed`, `moved`, `retimed`, `left_out` or `without`."""

    journey_id: str
    kind: str
    from_duty: str | None
    to_duty: str | None
    pickup_before: Moment | None
    pickup_after: Moment | None
    minutes: int | None = Field(description="Its pick-up comes later; below 0 earlier")
    why: str


class DiffOut(Shown):
    """What changes, and which crews must be told."""

    changes: list[ChangeOut]
    told: list[str]
    driving_s: int = Field(description="Seconds of driving to come, more than before")
    served: int = Field(description="Journeys served, more than before")


def as_of(now: Any, position: int, publication: Publication) -> AsOfOut:
    return AsOfOut(now=now, position=position, version=publication.version, etag=publication.etag)
