"""Sessions of people."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Body, Moment, Shown

_PERSON = r"^[!-~]{1,200}$"


class WhoseIn(Body):
    """Whose sessions."""

    who: str | None = Field(default=None, pattern=_PERSON, description="The `name` of a person; left out: all")


class EndIn(Body):
    """Whose sessions to end."""

    who: str = Field(pattern=_PERSON, description="The `name` of a person, or `*` for everybody")


class SessionOut(Shown):
    """A session that is not over. It ends at `until`, and when it has not been used for a while."""

    session_id: str
    who: str
    browser: str
    begun_at: Moment
    last_used_at: Moment = Field(description="To a minute")
    until: Moment
    current: bool = Field(description="Whether it is the one that asks")


class SessionsOut(Shown):
    """Sessions in the order begun."""

    items: list[SessionOut]


class EndedOut(Shown):
    """How many sessions have been ended by this."""

    ended: int
