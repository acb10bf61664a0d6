"""The shape of a study's plan. In a scenario every key but its name may be a list: then each of its values is one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from pts_optimiser.demand.day import Known
from pts_optimiser.intake.policy_schema import Name, Table
from pts_optimiser.study.scenario import Engine, Pooling

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AS_LIST = BeforeValidator(lambda value: value if isinstance(value, list) else [value])
Factor = Annotated[float, Field(gt=0, le=10)]


class Generate(Table):
    """Days made by the generator: those of ``weekdays`` from ``first`` to ``last``."""

    first: date
    last: date
    weekdays: list[Weekday] = Field(default=list(WEEKDAYS), min_length=1)
    seed: int = Field(1, ge=0)
    scale: Factor = 1.0
    known: Known = "all"
    contracts: list[Name] = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_order(self) -> Generate:
        if self.first > self.last:
            raise ValueError("first is not after last")
        return self


class FilesOfADay(Table):
    journeys: str
    duties: str


class Days(Table):
    generate: Generate | None = None
    files: list[FilesOfADay] = Field(default_factory=list)

    @model_validator(mode="after")
    def _some(self) -> Days:
        if self.generate is None and not self.files:
            raise ValueError("days has a table generate or a list files")
        return self


class ScenarioTable(Table):
    """What is not given is taken from ``[defaults]``, and there from ``scenario.Scenario``."""

    name: str | None = None
    days: Annotated[int, Field(ge=1)] | None = None
    distancing: Annotated[list[str], AS_LIST] | None = None
    standards: Annotated[list[str], AS_LIST] | None = None
    demand: Annotated[list[Factor], AS_LIST] | None = None
    fleet: Annotated[list[Factor], AS_LIST] | None = None
    duties: Annotated[list[str], AS_LIST] | None = None
    pooling: Annotated[list[Pooling], AS_LIST] | None = None
    electric: Annotated[list[Annotated[float, Field(ge=0, le=1)]], AS_LIST] | None = None
    engine: Annotated[list[Engine], AS_LIST] | None = None
    budget: Annotated[list[Annotated[int, Field(ge=0, le=100_000)]], AS_LIST] | None = None
    seed: Annotated[list[Annotated[int, Field(ge=0)]], AS_LIST] | None = None
    warm: Annotated[list[bool], AS_LIST] | None = None


class CompareTable(Table):
    """Scenarios that differ in ``over`` alone are compared, day by day, with the one of the value ``baseline``."""

    over: Literal["distancing", "standards", "demand", "fleet", "duties", "pooling", "electric", "engine", "budget"]
    baseline: str | float | int


class PlanTables(Table):
    title: str = Field(min_length=1)
    days: Days
    scenarios: list[ScenarioTable] = Field(min_length=1)
    defaults: ScenarioTable = ScenarioTable()
    compare: CompareTable | None = None
    policy: dict[str, Any] = Field(default_factory=dict)
    policy_file: str | None = None
    network: str | None = None
    areas: str | None = None
