"""Studies: many days under several scenarios, compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from api.models.base import Moment, Shown
from api.models.outputs import Document
from api.models.plans import ProgressOut


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
    under_way: list[ProgressOut]


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
