"""The folder of studies beside a store's files: one folder each, as ``study`` wrote it.

Beside counts and means, which are kept, it may hold rows of single patients' journeys. Nobody is handed these: they are
removed when a study that was ordered has ended, and from one that was copied here when its first day is forgotten.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sqlalchemy import select

from pts_optimiser.store.models import PlanRow
from pts_optimiser.store.store import Store
from pts_optimiser.store.words import PlanKind

ABOUT = "study.json"
RIDES = "tables/rides.parquet"
WORK = ("days", "travel", "input-*")
"""Folders that only a study under way needs: its answers by day, travel times, the days as they were read."""


def studies_folder(store: Store) -> Path:
    """Where studies are."""
    return store.files.folder / "studies"


def studies_run(store: Store) -> list[Path]:
    """The folders of the studies that have been run, by name."""
    return [file.parent for file in sorted(studies_folder(store).glob(f"*/{ABOUT}"))]


def told_about(study: Path) -> dict[str, Any]:
    """``study.json``; empty where it is not there, or not one: somebody may be copying it."""
    try:
        told = json.loads((study / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def study_files(store: Store, under_way: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Every file of the studies that have been run, by its path within the folder, but for what ``under_way`` names
    and for what only running needs; and every folder in them that cannot be looked into."""
    folder = studies_folder(store)
    closed: list[Path] = []
    for study in studies_run(store):
        if study.name in under_way:
            continue
        for place, folders, names in os.walk(study, onerror=lambda error: closed.append(Path(error.filename))):
            if Path(place) == study:
                folders[:] = [name for name in folders if not any(fnmatch(name, work) for work in WORK)]
            yield from ((path.relative_to(folder).as_posix(), path) for path in map(Path(place).joinpath, names))
    yield from ((path.relative_to(folder).as_posix(), path) for path in closed)


def remove_rows(study: Path) -> bool:
    """Remove from a study what has a row for each journey; returns whether there was any. Raises OSError."""
    rows = [path for pattern in (RIDES, *WORK) for path in study.glob(pattern)]
    for path in rows:
        if path.is_dir():
            with suppress(FileNotFoundError):  # somebody else removes it too
                shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return bool(rows)


def forget_rows(store: Store, before: date) -> list[str]:
    """Remove them from the studies whose first day is before a date; returns the names of those that had any.

    Raises OSError where one cannot be removed.
    """
    return [study.name for study in studies_run(store) if _first_day(study) < before and remove_rows(study)]


def tidy_studies(store: Store) -> None:
    """Remove what workers that were killed have left of studies that are over, and those that came to nothing."""
    over = select(PlanRow.plan_id).where(PlanRow.kind == PlanKind.STUDY, PlanRow.finished_at.is_not(None))
    with store.read() as session:
        found = [studies_folder(store) / plan_id for plan_id in session.scalars(over)]
    for study in found:
        with suppress(OSError):  # of a disk that cannot be written: the next time will do
            remove_rows(study)
            if study.exists() and not (study / ABOUT).exists():
                shutil.rmtree(study)


def _first_day(study: Path) -> date:
    """The latest there is where the study does not tell."""
    try:
        return date.fromisoformat(told_about(study)["first_day"])
    except (KeyError, TypeError, ValueError):
        return date.max
