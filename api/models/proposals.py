"""Proposals of re-optimised rosters."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Body, Moment, Shown
from api.models.days import Name
from api.models.live import NOW, DiffOut, NowIn, PublicationOut
from pts_optimiser.services.hosted.orders import MOST_REPLAN_S


class ReoptimiseIn(NowIn):
    """How to plan the rest of the day anew."""

    budget_s: float = Field(default=1.0, ge=0, le=MOST_REPLAN_S, description="Seconds of search")
    most_changes_percent: float | None = Field(
        default=None, ge=0, le=100, description="Of the published journeys that may change duty. Default: the policy's"
    )


class OrderedOut(Shown):
    """A re-optimise under way; what it comes to is a proposal."""

    plan_id: str
    status: str
    joined: bool = Field(description="One was under way already; this is it")


class AcceptIn(Body):
    """All of a proposal, or only some of its changes."""

    journeys: list[Name] | None = Field(
        default=None, min_length=1, max_length=1000, description="Journeys that it places or moves. Default: all of it"
    )
    now: Moment | None = NOW


class ProposalOut(Shown):
    """A roster offered in place of the published one."""

    proposal_id: str
    version: int
    base_etag: str = Field(description="Of the publication that it would replace")
    status: str
    created_at: Moment
    decided_at: Moment | None
    decided_by: str | None
    diff: DiffOut


class ProposalsOut(Shown):
    """A page of a day's proposals, latest first."""

    items: list[ProposalOut]
    next: str | None


class AcceptedOut(Shown):
    """What is published now, and what changed with it."""

    publication: PublicationOut
    diff: DiffOut
