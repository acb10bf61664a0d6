"""What a roster is shown as; the documents are those of the files of the same names (docs/formats.md)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.models.base import Shown
from api.models.live import ReasonOut


class Document(BaseModel):
    """A document that is passed on as it was made."""

    model_config = ConfigDict(extra="allow")


class RosterOut(Document):
    """The document of `roster.json`."""

    version: str = Field(default="pts-optimiser/roster/1", alias="schema")
    duties: list[dict[str, Any]]
    unserved: list[dict[str, Any]]
    kpis: dict[str, Any]


class KpisOut(Document):
    """The document of `kpis.json`; of patients only for who is limited to some contracts."""

    journeys: int
    served: int
    unserved: int


class UnservedJourneyOut(Shown):
    """A journey without a duty."""

    journey_id: str
    reasons: list[ReasonOut]


class UnservedOut(Shown):
    """Every journey that the roster leaves out."""

    unserved: list[UnservedJourneyOut]


class MapOut(Document):
    """GeoJSON (RFC 7946)."""

    type: str
    features: list[dict[str, Any]]


class ViewOut(Document):
    """The roster in columns, as the page shows it."""

    version: str = Field(default="pts-optimiser/view/1", alias="schema")
    journeys: dict[str, list[Any]]
    duties: dict[str, list[Any]]
    stops: dict[str, list[Any]]


class BreakdownOut(Document):
    """The sums of a roster by contract, hour and vehicle type, and the figures to make of them: columns."""

    version: str = Field(default="pts-optimiser/figures/1", alias="schema")
    figures: list[dict[str, Any]] = Field(
        description="`scale` · Σ `over` ÷ Σ `by`; without `by` the mean of `over` over days"
    )
    cells: dict[str, list[Any]]
    standards: dict[str, list[Any]]
    targets: list[dict[str, Any]]
    contracts: list[str]
    vehicle_types: list[str]


class ExplanationOut(Document):
    """Where a journey is or could be: as `explain --json` of the command line."""

    journey_id: str
    now: str
    standing: dict[str, Any] | None = Field(description="Its place")
    options: list[dict[str, Any]] = Field(description="Other places, cheapest first")
    exchanges: list[dict[str, Any]] = Field(description="Who could make room, where nothing fits")
    reasons: list[dict[str, Any]] = Field(description="Why nothing fits")
    recorded: list[dict[str, Any]] = Field(description="Why the roster leaves it out")
