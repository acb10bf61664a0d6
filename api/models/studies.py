"""Studies: many days under several scenarios, compared."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from api.models.base import Body, Moment, Shown
from api.models.days import Name
from api.models.outputs import Document
from api.models.plans import PlanOut
from pts_optimiser.services.hosted.orders import MOST_SCENARIOS, MOST_STUDY_BUDGET

Factor = Annotated[float, Field(ge=0.1, le=3)]


class StudyIn(Body):
    """Which days under which scenarios; the first list with more than one value is compared, with its first value."""

    title: Name
    first: date
    last: date
    source: Literal["kept", "generated"] = Field(
        default="kept", description="Days that are kept here, or days of the generator"
    )
    weekdays: bool = Field(default=True, description="From Monday to Friday only")
    contracts: list[Name] = Field(default=[], max_length=20, description="Of generated days; empty: all")
    distancing: list[Name] = Field(default=["off"], min_length=1, max_length=MOST_SCENARIOS)
    demand: list[Factor] = Field(
        default=[1.0], min_length=1, max_length=MOST_SCENARIOS, description="Of the journeys; kept: ≤ 1, generated: ≤ 2"
    )
    fleet: list[Factor] = Field(default=[1.0], min_length=1, max_length=MOST_SCENARIOS, description="Of the duties")
    budget: int = Field(default=45, ge=0, le=MOST_STUDY_BUDGET, description="Iterations of search a journey")
    seed: int = Field(default=1, ge=0, le=2**31 - 1)


class StudySummaryOut(Shown):
    """A study that was run."""

    name: str
    title: str
    first_day: date
    last_day: date
    days: int
    scenarios: int
    solved: int = Field(description="Days of scenarios")
    made_at: Moment


class StudiesOut(Shown):
    """The studies that are there, latest first, and those that are ordered or run."""

    items: list[StudySummaryOut]
    under_way: list[PlanOut]


class StudyOut(Document):
    """What a study found. Tables are lists of rows; an interval is of 95 %, over days, null for fewer than two."""

    version: str = Field(default="pts-optimiser/study-view/1", alias="schema")
    name: str
    about: dict[str, Any] = Field(description="`study.json`: days, scenarios, baseline")
    means: list[dict[str, Any]] = Field(description="A row a scenario and figure")
    differences: list[dict[str, Any]] = Field(description="Paired, from the baseline: a row a scenario and figure")
    distancing: list[dict[str, Any]] = Field(description="The three readings of a fall in utilisation")
    frontier: list[dict[str, Any]]
    tables: list[str] = Field(description="What may be asked for as CSV")
