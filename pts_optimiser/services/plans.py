"""Finished plans in a folder: which there are, and which of their files may be handed out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pts_optimiser.domain.errors import InputError

FILES = frozenset(
    {
        "report.html",
        "run_sheets.html",
        "roster.xlsx",
        "roster.csv",
        "roster.json",
        "unserved.csv",
        "kpis.json",
        "map.geojson",
    }
)
"""What planners read; inputs and travel times stay on the machine that planned."""


@dataclass(frozen=True, slots=True)
class FinishedPlan:
    """A plan's folder below the root, and its figures."""

    name: str
    service_date: str
    kpis: Mapping[str, Any]


def list_plans(root: Path) -> list[FinishedPlan]:
    """The plans below ``root``, latest service date first; a folder that is not a plan is passed over."""
    found = []
    for file in root.glob("**/roster.json"):
        try:
            roster = json.loads(file.read_text(encoding="utf-8"))
            name = file.parent.relative_to(root).as_posix()
            found.append(FinishedPlan(name, str(roster["service_date"]), dict(roster["kpis"])))
        except (OSError, KeyError, TypeError, ValueError):
            continue
    return sorted(found, key=lambda plan: (plan.service_date, plan.name), reverse=True)


def plan_file(root: Path, name: str, file: str) -> Path:
    """Path of one file of a plan.

    Raises
    ------
    InputError
        Where there is no such plan or file, or the name leads out of ``root``.
    """
    folder = (root / name).resolve()
    path = folder / file
    if file not in FILES or not folder.is_relative_to(root.resolve()) or not path.is_file():
        raise InputError("no such plan or file")
    return path
