"""Problems in the formats of others."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.models.base import Body
from pts_optimiser.services.hosted.vroom import MOST_BUDGET_S, MOST_TASKS, MOST_VEHICLES


class VroomIn(BaseModel):
    """A VROOM problem (version 1.15): small, and with nothing in it that has no meaning here."""

    model_config = ConfigDict(extra="allow")

    vehicles: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_VEHICLES)
    jobs: list[dict[str, Any]] = Field(default=[], max_length=MOST_TASKS)
    shipments: list[dict[str, Any]] = Field(default=[], max_length=MOST_TASKS // 2)
    matrices: dict[str, dict[str, Any]] = Field(default={})


class VroomHow(Body):
    """How long to look."""

    budget_s: float = Field(default=1.0, ge=0.1, le=MOST_BUDGET_S, description="Seconds to search for")
    seed: int = Field(default=1, ge=0, le=2**31 - 1)


class VroomOut(BaseModel):
    """VROOM's answer."""

    model_config = ConfigDict(extra="allow")

    code: int
    summary: dict[str, Any]
    unassigned: list[dict[str, Any]]
    routes: list[dict[str, Any]]
