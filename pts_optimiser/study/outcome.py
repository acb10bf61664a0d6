"""What a study found: its tables, those of single days put together and those that compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.writing import duties_csv
from pts_optimiser.study.compare.distancing import readings
from pts_optimiser.study.compare.equity import fairness, service_by, with_deprivation
from pts_optimiser.study.compare.frontier import frontier
from pts_optimiser.study.compare.gain import gains
from pts_optimiser.study.compare.side_by_side import differences, means
from pts_optimiser.study.document import Study
from pts_optimiser.study.duty_mix.chosen import Chosen
from pts_optimiser.study.duty_mix.compare import by_duty, in_all
from pts_optimiser.study.results import Results
from pts_optimiser.study.scenario import DIMENSIONS, Scenario
from pts_optimiser.study.solve_day import Task

OF_DAYS = ("figures", "standards", "hours", "vehicle_types", "rides")
DERIVED = (
    "means", "differences", "gains", "distancing", "frontier", "by_area", "by_category", "by_place", "by_deprivation",
    "fairness", "duty_mix", "duty_mix_week",
)  # fmt: skip


def write_tables(study: Study, tasks: list[tuple[Scenario, Task]], results: Results, folder: Path) -> None:
    """Write every table that has rows, in an order of its own that does not depend on who solved what when."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*OF_DAYS, *DERIVED):
        (folder / f"{name}.parquet").unlink(missing_ok=True)
    place = {scenario.name: number for number, (scenario, _, _) in enumerate(study.runs)}
    ordered = sorted(tasks, key=lambda item: (place[item[0].name], item[1].source.service_date))
    for name in OF_DAYS:
        rows = [(task.key, _columns(scenario, task, whole=name == "figures")) for scenario, task in ordered]
        pq.write_table(results.together(name, rows), folder / f"{name}.parquet")
    for name, table in _derived(study, folder).items():
        if len(table):
            pq.write_table(pa.Table.from_pandas(table, preserve_index=False), folder / f"{name}.parquet")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of a study by name; those without rows are empty."""
    return {
        name: pd.read_parquet(path) if (path := folder / f"{name}.parquet").is_file() else pd.DataFrame()
        for name in (*OF_DAYS, *DERIVED)
        if name != "rides"
    }


def _columns(scenario: Scenario, task: Task, *, whole: bool) -> Mapping[str, Any]:
    """What tells the rows of a day apart; the figures also have all that the scenario changes."""
    columns: dict[str, Any] = {"scenario": scenario.name, "service_date": task.source.service_date}
    if not whole:
        return columns
    return columns | {name: getattr(scenario, name) for name in DIMENSIONS} | {"key": task.key}


def _derived(study: Study, folder: Path) -> dict[str, pd.DataFrame]:
    compare = study.compare
    figures = pd.read_parquet(folder / "figures.parquet")
    rides = with_deprivation(pd.read_parquet(folder / "rides.parquet"), study.areas)
    tables = {
        "means": means(figures),
        "frontier": frontier(figures),
        "by_area": service_by(rides, ["area"]),
        "by_category": service_by(rides, ["category"]),
        "by_place": service_by(rides, ["rural"]),
        "fairness": fairness(rides),
        "duty_mix": _of_mixes(study, lambda chosen, _policy: by_duty(chosen)),
        "duty_mix_week": _of_mixes(study, in_all),
    }
    if compare is not None:
        tables["differences"] = differences(figures, compare)
        tables["gains"] = gains(figures, compare)
        if compare.over == "distancing":
            tables["distancing"] = readings(figures, compare)
    if "deprivation" in rides.columns:
        tables["by_deprivation"] = service_by(rides, ["deprivation"])
    return tables


def _of_mixes(study: Study, table: Callable[[Chosen, Policy], pd.DataFrame]) -> pd.DataFrame:
    """A table of the chosen mix of every scenario that has one."""
    found = [
        table(study.mixes[scenario.name], policy).assign(scenario=scenario.name)
        for scenario, policy, _ in study.runs
        if scenario.name in study.mixes
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def write_duties(study: Study, folder: Path) -> None:
    """The chosen duties as files that the planner reads: one a scenario and kind of day, on a date of that kind."""
    for name, chosen in study.mixes.items():
        for kind, duties in chosen.duties.items():
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{name.replace(' ', '_').replace(',', '')}_{kind.value}.csv"
            file.write_text(duties_csv(duties), encoding="utf-8")


def about(study: Study, tasks: list[tuple[Scenario, Task]], engine: str) -> dict[str, Any]:
    """``study.json``: what the report says of how its figures came about."""
    return {
        "schema": "pts-optimiser/study/1",
        "title": study.title,
        "engine": engine,
        "first_day": min(day.service_date for day in study.days).isoformat(),
        "last_day": max(day.service_date for day in study.days).isoformat(),
        "days": len(study.days),
        "solved": len(tasks),
        "compare": asdict(study.compare) if study.compare else None,
        "scenarios": [
            {"name": scenario.name, "days": most} | {name: getattr(scenario, name) for name in DIMENSIONS}
            for scenario, _, most in study.runs
        ],
    }
