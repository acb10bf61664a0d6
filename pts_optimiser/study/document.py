"""A study's plan, from TOML to days, scenarios and tasks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.duties import read_duties
from pts_optimiser.intake.findings import Findings, input_error
from pts_optimiser.intake.policy import load_policy, merged
from pts_optimiser.intake.policy_faults import report_faults
from pts_optimiser.study.day_key import day_key, folder_hash, scenario_key
from pts_optimiser.study.days import DaySource, GeneratedDay, StudyDay
from pts_optimiser.study.duty_mix.chosen import Chosen
from pts_optimiser.study.mixes import CHOSEN, GIVEN, Mixes
from pts_optimiser.study.scenario import Scenario
from pts_optimiser.study.schema import WEEKDAYS, PlanTables, ScenarioTable
from pts_optimiser.study.solve_day import Task

WEEK = timedelta(days=7)
MODEL = "an example plan"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios that differ in the field ``over`` alone, against the one in which it is ``baseline``."""

    over: str
    baseline: str | float | int

    @property
    def field(self) -> str:
        """The scenario's field: of duties, their file."""
        return "duties_file" if self.over == "duties" else self.over


@dataclass(frozen=True, slots=True)
class Study:
    """What to run. ``runs`` are the scenarios, each with its policy and its number of days (None: all), in order."""

    title: str
    days: tuple[DaySource, ...]
    runs: tuple[tuple[Scenario, Policy, int | None], ...]
    compare: Comparison | None
    network: Path | None
    areas: Path | None
    mixes: Mapping[str, Chosen] = field(default_factory=dict)  # by the scenario that has it

    def tasks(self, share_travel: Path | None = None) -> list[tuple[Scenario, Task]]:
        """Every day of every scenario, day by day, each after the one that it starts from.

        ``share_travel`` is used where several scenarios have a day.
        """
        network = folder_hash(self.network) if self.network else ""
        shared = share_travel if len(self.runs) > 1 else None
        runs = [(*run, scenario_key(*run[:2], network)) for run in self.runs]
        keys: dict[tuple[str, date], str] = {}
        found = []
        for number, source in enumerate(self.days):
            recipe = source.recipe
            for scenario, policy, most, shared_key in runs:
                if most is not None and number >= most:
                    continue
                after = keys.get((scenario.name, source.service_date - WEEK), "") if scenario.warm else ""
                key = day_key(recipe, shared_key, after)
                keys[scenario.name, source.service_date] = key
                found.append((scenario, Task(key, source, scenario, policy, self.network, shared, after)))
        return found


def read_study(plan: Path) -> Study:
    """Read a plan; paths in it are relative to its folder.

    Raises
    ------
    InputError
        With an issue for every unknown or missing key and bad value of the plan, or those of a file that it names.
    """
    findings = Findings(plan.name)
    tables = _tables(plan, findings)
    here = plan.parent
    overlay = merged(_toml(here / tables.policy_file, findings) if tables.policy_file else {}, tables.policy)
    policies = _Policies(tomli_w.dumps(overlay).encode())
    days = tuple(sorted(_days(tables, here, policies), key=lambda day: day.service_date))
    mixes = Mixes(tables, days, findings)
    runs = [
        (scenario, policies.of(scenario), table.days)
        for table in tables.scenarios
        for scenario in _scenarios(table, tables.defaults, here, policies, mixes)
    ]
    study = Study(
        title=tables.title,
        days=days,
        runs=tuple(runs),
        compare=Comparison(tables.compare.over, tables.compare.baseline) if tables.compare else None,
        network=here / tables.network if tables.network else None,
        areas=here / tables.areas if tables.areas else None,
        mixes=mixes.of_scenario,
    )
    _check(study, findings)
    if findings.issues:
        raise input_error(findings.in_order())
    return study


def _check(study: Study, findings: Findings) -> None:
    """What only the whole plan can tell."""
    scenarios = [scenario for scenario, _, _ in study.runs]
    names = [scenario.name for scenario in scenarios]
    for name in sorted({name for name in names if names.count(name) > 1}):
        findings.fail(
            Code.BAD_VALUE, f"two scenarios are called {name!r}.", "give each its own name.", column="scenarios.name"
        )
    if not study.days:
        findings.fail(Code.BAD_VALUE, "no day from first to last is one of weekdays.", "widen them.", column="days")
    if any(isinstance(day, StudyDay) for day in study.days) and any(s.demand > 1 for s in scenarios):
        findings.fail(
            Code.BAD_VALUE,
            "there are days from files and a demand above 1.",
            "days from files have the journeys that they have; generate days instead.",
            column="scenarios.demand",
        )
    compare = study.compare
    if compare and not any(getattr(scenario, compare.field) == compare.baseline for scenario in scenarios):
        findings.fail(
            Code.BAD_VALUE,
            f"no scenario has {compare.over} = {compare.baseline!r}.",
            "add it, or name another as the baseline.",
            column="compare.baseline",
        )


def _tables(plan: Path, findings: Findings) -> PlanTables:
    try:
        return PlanTables.model_validate(_toml(plan, findings))
    except ValidationError as error:
        report_faults(error, findings, PlanTables, MODEL)
        raise input_error(findings.in_order()) from error


def _toml(path: Path, findings: Findings) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        findings.fail(
            Code.UNREADABLE_FILE, f"{path.name} cannot be read: {error.strerror}.", "check its path and permissions."
        )
    except (ValueError, RecursionError) as error:  # also what is not UTF-8, or nested without end
        findings.fail(Code.BAD_TOML, f"{path.name} is not TOML: {error}.", f"compare it with {MODEL}.")
    raise input_error(findings.issues)


class _Policies:
    """The policy with each pair of profiles that scenarios ask for."""

    def __init__(self, overlay: bytes) -> None:
        self._overlay = overlay
        self._made: dict[tuple[str, str | None], Policy] = {}

    def of(self, scenario: Scenario) -> Policy:
        names = (scenario.distancing, scenario.standards)
        if names not in self._made:
            self._made[names] = load_policy(self._overlay, distancing=names[0], standards=names[1])
        return self._made[names]

    @property
    def usual(self) -> Policy:
        return self.of(Scenario(""))


def _days(tables: PlanTables, here: Path, policies: _Policies) -> Iterator[DaySource]:
    made = tables.days.generate
    if made is not None:
        for offset in range(made.span):
            day = made.first + timedelta(days=offset)
            if WEEKDAYS[day.weekday()] in made.weekdays:
                yield GeneratedDay(day, made.seed, made.scale, made.known, tuple(made.contracts))
    for files in tables.days.files:
        read = read_day(here / files.journeys, here / files.duties, policies.usual)
        yield StudyDay(read.service_date, read.journeys, read.duties)


def _scenarios(
    table: ScenarioTable, defaults: ScenarioTable, here: Path, policies: _Policies, mixes: Mixes
) -> Iterator[Scenario]:
    """All that the lists of a table make when every value of one meets every value of the others."""
    asked = defaults.lists | table.lists
    varied = [key for key, values in asked.items() if len(values) > 1]
    for values in product(*asked.values()):
        chosen: Mapping[str, Any] = dict(zip(asked, values, strict=True))
        told = [f"{key} {_told(chosen[key])}" for key in varied]
        name = ", ".join([*([table.name] if table.name else []), *told]) or "as given"
        yield _scenario(name, chosen, here, policies, mixes)


def _told(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _scenario(name: str, chosen: Mapping[str, Any], here: Path, policies: _Policies, mixes: Mixes) -> Scenario:
    scenario = Scenario(name, **{key: value for key, value in chosen.items() if key != "duties"})
    if "duties" not in chosen:
        return scenario
    if chosen["duties"] == CHOSEN:
        return replace(scenario, chosen=mixes.duties(scenario, policies.of(scenario)), duties_file=CHOSEN)
    if chosen["duties"] == GIVEN:
        return replace(scenario, duties_file=GIVEN)
    return replace(scenario, duties=_duties(here / chosen["duties"], policies.usual), duties_file=chosen["duties"])


def _duties(path: Path, policy: Policy) -> tuple[Duty, ...]:
    read = read_duties(path, policy)
    if read.fatal or read.rejected or not read.items:
        raise InputError(f"{path.name} cannot be used as it is", read.issues)
    return tuple(read.items)
