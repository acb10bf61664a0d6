"""The button: a plan in, tables and a report out."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pts_optimiser.domain.errors import InputError, RefusedRosterError
from pts_optimiser.services import study as service
from pts_optimiser.services.study import StudyOrder, report, study
from pts_optimiser.study import run as run_module
from pts_optimiser.study.in_place import in_place
from pts_optimiser.study.solve_day import solve_day

CSS_OR_SCRIPT_FROM_ELSEWHERE = ('src="http', 'href="http', "@import", "<script")


@pytest.fixture
def undrawn(inline: list[Any], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """As ``inline``, without the report: pictures take longer than these days."""
    monkeypatch.setattr(service, "write_report", lambda _folder: None)
    return inline


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_study_twice_gives_identical_tables_pictures_and_pages(
    plan: Path, tmp_path: Path, inline: list[Any]
) -> None:
    one, two = (study(StudyOrder(plan, tmp_path / name)).out for name in ("one", "two"))
    assert len(inline) == 2 * 5
    for folder in ("tables", "pictures"):
        assert contents(one / folder) == contents(two / folder)
    assert (one / "report.html").read_bytes() == (two / "report.html").read_bytes()


def test_a_stopped_study_goes_on_and_ends_with_the_same_tables(
    plan: Path, tmp_path: Path, undrawn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = study(StudyOrder(plan, tmp_path / "whole")).out
    undrawn.clear()

    def stopped_at_the_third(*args: Any) -> Any:
        if len(undrawn) == 3:
            raise KeyboardInterrupt
        return solve_day(*args)

    monkeypatch.setattr(run_module, "solve_day", stopped_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        study(StudyOrder(plan, tmp_path / "stopped", workers=1))
    monkeypatch.setattr(run_module, "solve_day", solve_day)
    kept = len(list((tmp_path / "stopped" / "days").iterdir()))
    undrawn.clear()
    done = study(StudyOrder(plan, tmp_path / "stopped", workers=1))
    assert done.solved == len(undrawn) == 5 - kept
    assert contents(done.out / "tables") == contents(whole / "tables")


def test_the_tables_have_the_days_in_order_and_compare_them(plan: Path, tmp_path: Path, undrawn: list[Any]) -> None:
    out = study(StudyOrder(plan, tmp_path / "out")).out
    figures = pd.read_parquet(out / "tables" / "figures.parquet")
    assert list(zip(figures["scenario"], figures["service_date"].astype(str), strict=True)) == [
        (f"distancing {name}", f"2026-11-{day}") for name in ("off", "one_party") for day in (24, 25)
    ] + [("more", "2026-11-24")]
    assert (figures["journeys"].iloc[:2].to_numpy() == figures["journeys"].iloc[2:4].to_numpy()).all()
    differences = pd.read_parquet(out / "tables" / "differences.parquet")
    assert set(differences["baseline"]) == {"distancing off"}
    fall = pd.read_parquet(out / "tables" / "distancing.parquet").query("definition == 'U5'")["value"].iloc[0]
    runs = figures.groupby("scenario")["U5"].mean()
    assert fall == pytest.approx(100 * (1 - runs["distancing one_party"] / runs["distancing off"]))


def test_a_study_that_is_stopped_has_the_tables_of_what_it_has_solved(plan: Path, tmp_path: Path) -> None:
    asked = count()
    with patch.object(service, "write_report", lambda _folder: None):
        done = study(StudyOrder(plan, tmp_path / "out"), pool=in_place(lambda: next(asked) >= 3))
        with pytest.raises(InputError, match="before a day was solved"):
            study(StudyOrder(plan, tmp_path / "none"), pool=in_place(lambda: True))
    assert done.days == 3
    figures = pd.read_parquet(done.out / "tables" / "figures.parquet")
    assert len(figures) == 3
    assert json.loads((done.out / "study.json").read_text(encoding="utf-8"))["solved"] == 3


def test_the_report_is_one_page_that_needs_nothing_else(plan: Path, tmp_path: Path, inline: list[Any]) -> None:
    out = study(StudyOrder(plan, tmp_path / "out")).out
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Read as a relative fall, 12–36 %" in page
    assert "distancing off" in page
    assert "What this study cannot tell" in page
    assert (
        page.count("<svg") == len(list((out / "pictures").glob("*.svg"))) == len(list((out / "pictures").glob("*.png")))
    )
    assert not any(text in page for text in CSS_OR_SCRIPT_FROM_ELSEWHERE)
    (out / "report.html").unlink()
    report(out)
    assert (out / "report.html").read_text(encoding="utf-8") == page


def test_the_notebook_runs_on_the_tables(plan: Path, tmp_path: Path, undrawn: list[Any]) -> None:
    out = study(StudyOrder(plan, tmp_path / "out")).out
    notebook = json.loads((Path(__file__).parents[2] / "docs" / "study.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    program = "\n".join(cells).replace("../out/study-small", str(out))
    exec(compile(program, "study.ipynb", "exec"), {})


def test_progress_ends_with_all_the_work_done(plan: Path, tmp_path: Path, undrawn: list[Any]) -> None:
    told: list[tuple[float, float]] = []
    study(StudyOrder(plan, tmp_path / "out"), lambda done, whole: told.append((done, whole)))
    assert len(told) == 5
    assert told[-1][0] == pytest.approx(told[-1][1])


def test_travel_times_shared_on_the_way_are_not_left_behind(plan: Path, tmp_path: Path, undrawn: list[Any]) -> None:
    out = study(StudyOrder(plan, tmp_path / "out")).out
    assert sorted(path.name for path in out.iterdir()) == ["days", "study.json", "tables"]
    about = json.loads((out / "study.json").read_text(encoding="utf-8"))
    assert about["compare"] == {"over": "distancing", "baseline": "off"}


def test_weeks_that_start_from_the_week_before_are_solved_in_that_order(
    tmp_path: Path, plan: Path, undrawn: list[Any]
) -> None:
    text = plan.read_text(encoding="utf-8").replace("2026-11-25", "2026-12-08").replace('["off", "one_party"]', '"off"')
    plan.write_text(text.replace("budget = 4", 'budget = 4\nwarm = true').replace(
        "scale", 'weekdays = ["tue"]\nscale'), encoding="utf-8")  # fmt: skip
    out = study(StudyOrder(plan, tmp_path / "out", workers=4)).out
    assert [task.source.service_date.day for task in undrawn if task.scenario.fleet == 0.3] == [24, 1, 8]
    assert pq.read_table(out / "tables" / "figures.parquet").column("warm").to_pylist() == [True] * 4


def test_a_refused_plan_ends_the_study(
    plan: Path, tmp_path: Path, undrawn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: Any) -> Any:
        raise RefusedRosterError(["too many aboard"])

    monkeypatch.setattr(run_module, "solve_day", refused)
    with pytest.raises(RefusedRosterError, match="too many aboard"):
        study(StudyOrder(plan, tmp_path / "out"))
    assert not (tmp_path / "out" / "tables").exists()


def test_a_folder_without_a_study_has_no_report(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"study\.json"):
        report(tmp_path)
