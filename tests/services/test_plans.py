"""Finished plans: listed latest first, handed out by name only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.plans import list_plans, plan_file


def finished(root: Path, name: str, day: str) -> None:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "roster.json").write_text(json.dumps({"service_date": day, "kpis": {"served": 1}}))
    (folder / "report.html").write_text("x")


def test_plans_are_listed_latest_first(tmp_path: Path) -> None:
    finished(tmp_path, "a", "2026-11-23")
    finished(tmp_path, "week/b", "2026-11-24")
    assert [plan.name for plan in list_plans(tmp_path)] == ["week/b", "a"]
    assert list_plans(tmp_path / "nowhere") == []


@pytest.mark.parametrize(("name", "file"), [("a", "journeys.csv"), ("b", "report.html"), ("../a", "report.html")])
def test_only_known_files_of_plans_below_the_root(tmp_path: Path, name: str, file: str) -> None:
    finished(tmp_path / "root", "a", "2026-11-23")
    finished(tmp_path, "a", "2026-11-23")
    assert plan_file(tmp_path / "root", "a", "report.html").read_text() == "x"
    with pytest.raises(InputError):
        plan_file(tmp_path / "root", name, file)
