"""The pulse of a day."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, Json

from api.models.base import Moment, Shown
from api.models.live import PublicationOut


class PulseOut(Shown):
    """What has changed is told by what is not as before."""

    now: Moment = Field(description="By the clock of the service")
    uploaded: int = Field(description="The day's revision")
    position: int = Field(description="Of the last event")
    publication: PublicationOut | None
    proposal_id: str | None = Field(description="The latest proposal, where nobody has decided on it")
    replan_id: str | None = Field(description="The plan of the re-optimise that is under way")


class PulseEvent(Shown):
    """An event of the stream."""

    id: str
    event: Literal["pulse"]
    data: Json[PulseOut]
