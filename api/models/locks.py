"""Journeys that are held on their duty."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Body, Moment, Shown
from api.models.days import Name, Text
from api.models.live import NOW, NowIn


class LockIn(Body):
    """A journey to be held on a duty, or where it is."""

    journey_id: Name
    duty_id: Name | None = Field(default=None, description="Default: where it is")
    reason: Text = ""
    now: Moment | None = NOW


class ReleaseIn(NowIn):
    """A journey that may be moved again."""

    journey_id: Name
    reason: Text = ""


class HeldOut(Shown):
    """A journey that no re-plan moves."""

    journey_id: str
    duty_id: str | None = Field(description="None: where it is")
    user: str
    reason: str
    since: Moment
    by_move: bool = Field(description="A move holds it, not a lock")


class HeldListOut(Shown):
    """The journeys that are held, longest first."""

    items: list[HeldOut]
