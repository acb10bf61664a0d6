"""Studies that were run, read from the folder ``studies`` beside the store's files: each a folder that ``study`` wrote.

What is ordered here is written there by a worker; what was run elsewhere may be copied there by whoever runs the
service. Only names are taken from callers, and only those of folders that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from pts_optimiser.reporting.csv_text import csv_text
from pts_optimiser.reporting.tables import Table
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import NotFoundError, Store
from pts_optimiser.store.studies import ABOUT, studies_folder, studies_run, told_about

TABLES = (
    "figures", "means", "differences", "gains", "distancing", "frontier", "standards", "hours", "vehicle_types",
    "by_area", "by_category", "by_place", "by_deprivation", "fairness", "duty_mix", "duty_mix_week",
)  # fmt: skip
"""The tables of a study that are handed out: all but ``rides``, which has a row for each patient's journey."""
SHOWN = ("means", "differences", "distancing", "frontier")
SCHEMA, STUDY = "pts-optimiser/study-view/1", "pts-optimiser/study/1"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class StudySummary:
    """A study that was run. ``solved`` counts days of scenarios."""

    name: str
    title: str
    first_day: date
    last_day: date
    days: int
    scenarios: int
    solved: int
    made_at: datetime


def list_studies(store: Store, caller: Caller) -> list[StudySummary]:
    """The studies that are there, latest first; raises NotAllowedError for who is limited to some contracts."""
    caller.must_see_all()
    return sorted(_summaries(store), key=lambda one: one.made_at, reverse=True)


def study_view(store: Store, caller: Caller, name: str) -> dict[str, Any]:
    """``study.json`` as ``about``, and the tables ``SHOWN`` as lists of rows; those without rows are empty.

    Raises
    ------
    NotFoundError
        There is no such study.
    NotAllowedError
        The caller is limited to some contracts.
    """
    folder, about = _folder(store, caller, name)
    tables = {table: _rows(folder, table) for table in SHOWN}
    return {"schema": SCHEMA, "name": name, "about": about, **tables, "tables": _there(folder)}


def study_table(store: Store, caller: Caller, name: str, table: str) -> str:
    """A table as CSV; raises as ``study_view``, NotFoundError also for a table that is not there."""
    folder, _ = _folder(store, caller, name)
    if table not in _there(folder):
        raise NotFoundError("this study has no such table")
    rows = _rows(folder, table)
    columns = tuple(rows[0]) if rows else ()
    return csv_text(Table(columns, [tuple(row.values()) for row in rows]))


def study_report(store: Store, caller: Caller, name: str) -> str:
    """``report.html``; raises as ``study_view``."""
    path = _folder(store, caller, name)[0] / "report.html"
    if not path.is_file():
        raise NotFoundError("this study has no report")
    return path.read_text(encoding="utf-8")


def _summaries(store: Store) -> Iterator[StudySummary]:
    for folder in studies_run(store):
        about = _about(folder)
        if about is not None and _NAME.fullmatch(folder.name):
            yield StudySummary(
                name=folder.name,
                title=about["title"],
                first_day=date.fromisoformat(about["first_day"]),
                last_day=date.fromisoformat(about["last_day"]),
                days=about["days"],
                scenarios=len(about["scenarios"]),
                solved=about["solved"],
                made_at=datetime.fromtimestamp((folder / ABOUT).stat().st_mtime, UTC).replace(microsecond=0),
            )


def _folder(store: Store, caller: Caller, name: str) -> tuple[Path, dict[str, Any]]:
    caller.must_see_all()
    folder = studies_folder(store) / name
    about = _about(folder) if _NAME.fullmatch(name) else None
    if about is None:
        raise NotFoundError("there is no such study")
    return folder, about


def _about(folder: Path) -> dict[str, Any] | None:
    """``study.json``; None where it is not there, or not one of this version."""
    about = told_about(folder)
    return about if about.get("schema") == STUDY else None


def _there(folder: Path) -> list[str]:
    return [table for table in TABLES if (folder / "tables" / f"{table}.parquet").is_file()]


def _rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """Rows with what JSON knows: dates as ISO, what is not a number as None."""
    path = folder / "tables" / f"{table}.parquet"
    if not path.is_file():
        return []
    from pyarrow import parquet  # noqa: PLC0415  most requests need none

    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value
