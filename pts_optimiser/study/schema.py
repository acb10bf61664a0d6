"""The shape of a study's plan. In a scenario every key but its name may be a list: then each of its values is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import prod
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from pts_optimiser.demand.day import Known
from pts_optimiser.intake.policy_schema import Name, Table
from pts_optimiser.planning.day import Engine
from pts_optimiser.study.duty_mix.rules import Rules
from pts_optimiser.study.scenario import Pooling

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AS_LIST = BeforeValidator(lambda value: value if isinstance(value, list) else [value])
MOST_DAYS = 100_000
"""Days of a study, each counted once for every scenario: one study of them is months of computing."""
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

    @property
    def span(self) -> int:
        """Days from first to last, of whatever weekday."""
        return (self.last - self.first).days + 1


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

    @property
    def count(self) -> int:
        """Days at most."""
        return len(self.files) + (self.generate.span if self.generate else 0)


class DutyMixTable(Table):
    """What ``duties = "chosen"`` is chosen for and within; what is not given is that of ``duty_mix.rules.Rules``.

    ``first`` and ``last`` name days to choose for, made as the study's own; without them they are the study's. Of each
    kind of day at most ``days`` are looked at, spread evenly.
    """

    first: date | None = None
    last: date | None = None
    days: Annotated[int, Field(ge=1)] = 10
    lengths_h: Annotated[list[Annotated[float, Field(ge=2, le=14)]], Field(min_length=1)] | None = None
    occupancy: Annotated[float, Field(gt=0, le=2)] | None = None
    quantile: Annotated[float, Field(ge=0, le=1)] | None = None
    near: Annotated[float, Field(ge=0, le=1)] | None = None
    pace: Annotated[float, Field(gt=0, le=5)] | None = None
    sharing: Annotated[float, Field(gt=0, le=1)] | None = None
    vehicles: Annotated[float, Field(ge=0)] | None = None
    people: Annotated[float, Field(ge=0)] | None = None
    effort: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _both(self) -> DutyMixTable:
        if (self.first is None) != (self.last is None):
            raise ValueError("first and last go together")
        if self.first and self.last and (self.last - self.first).days >= MOST_DAYS:
            raise ValueError(f"there are more than {MOST_DAYS:,} days from first to last")
        return self

    @property
    def rules(self) -> Rules:
        given = self.model_dump(exclude_none=True, exclude={"first", "last", "days", "lengths_h"})
        return replace(Rules(), lengths_h=tuple(self.lengths_h or Rules().lengths_h), **given)


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
    budget_least: Annotated[list[Annotated[int, Field(ge=0, le=100_000_000)]], AS_LIST] | None = None
    seed: Annotated[list[Annotated[int, Field(ge=0)]], AS_LIST] | None = None
    warm: Annotated[list[bool], AS_LIST] | None = None

    @property
    def lists(self) -> dict[str, list[Any]]:
        """The values of every key that is given."""
        return self.model_dump(exclude_none=True, exclude={"name", "days"})


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
    duty_mix: DutyMixTable = DutyMixTable()
    policy: dict[str, Any] = Field(default_factory=dict)
    policy_file: str | None = None
    network: str | None = None
    areas: str | None = None

    @model_validator(mode="after")
    def _can_be_run(self) -> PlanTables:
        scenarios = sum(prod(map(len, (self.defaults.lists | one.lists).values())) for one in self.scenarios)
        if scenarios * self.days.count > MOST_DAYS:
            raise ValueError(
                f"{self.days.count:,} days in {scenarios:,} scenarios are more than the {MOST_DAYS:,} of a study"
            )
        return self
