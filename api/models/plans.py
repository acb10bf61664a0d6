"""Plans as they are ordered and shown."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, Json

from api.models.base import Body, Moment, Shown
from api.models.days import Name
from pts_optimiser.services.hosted.orders import MOST_BUDGET_S, MOST_WORKERS
from pts_optimiser.store.words import PlanKind, PlanStatus


class PlanIn(Body):
    """How to plan a day; all of it may be left out."""

    budget_s: float = Field(default=90.0, ge=0, le=MOST_BUDGET_S, description="Seconds to search for")
    seed: int = Field(default=1, ge=0, le=2**31 - 1)
    workers: int = Field(default=2, ge=1, le=MOST_WORKERS)
    engine: Literal["hybrid", "ortools"] = "hybrid"
    distancing: Name | None = Field(default=None, description="`off` or a distancing profile of the day's policy")
    iterations: int | None = Field(default=None, ge=0, le=10**9, description="Search exactly so far, by no clock")
    warm: int | None = Field(default=None, ge=1, le=10**9, description="The roster version to start from")
    held: dict[Name, Name] = Field(default={}, max_length=10_000, description="Journeys that stay on a duty, by it")


class ProgressOut(Shown):
    """How far a plan is: also the data of each progress event."""

    plan_id: str
    kind: PlanKind
    service_date: date | None
    status: PlanStatus
    revision: int = Field(description="Rises with every change; the id of a progress event")
    best_so_far: dict[str, Any] | None = Field(description="Figures of the best roster yet, of all contracts together")
    error: dict[str, Any] | None = Field(description="Code and message where it failed or was not valid")
    stop_requested: bool
    updated_at: Moment


class ProgressEvent(Shown):
    """An event of the stream: `end` with the last state, after which nothing comes."""

    id: str
    event: Literal["progress", "end"]
    data: Json[ProgressOut]


class SummaryOut(ProgressOut):
    """How far a plan is, and what it has come to."""

    version: int | None = Field(description="The roster version that the plan has come to")


class PlanOut(SummaryOut):
    """A plan whole."""

    order: dict[str, Any] = Field(description="What was asked for")
    created_at: Moment
    created_by: str
    started_at: Moment | None
    finished_at: Moment | None


class PlansOut(Shown):
    """A page of a day's plans, latest first."""

    items: list[ProgressOut]
    next: str | None
