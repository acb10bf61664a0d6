"""``plan --travel``: a plan's own travel.npz gives it again; a file that does not cover the day is exit code 3."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day

RUN = CliRunner()
QUICK = ["--iterations", "300", "--workers", "1"]


@pytest.fixture
def day(tmp_path: Path) -> list[str]:
    return [str(path) for path in small_day(share=90).write(tmp_path / "in")]


def changed(source: Path, target: Path, **arrays: object) -> Path:
    with np.load(source) as archive:
        np.savez(target, **{name: archive[name] for name in archive.files} | arrays)
    return target


def roster(folder: Path) -> dict[str, object]:
    return json.loads((folder / "roster.json").read_text())


def test_the_travel_times_of_a_plan_give_it_again_and_are_named(tmp_path: Path, day: list[str]) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    assert RUN.invoke(app, ["plan", *day, "--out", str(first), *QUICK]).exit_code == 0
    answer = RUN.invoke(app, ["plan", *day, "--out", str(again), "--travel", str(first / "travel.npz"), *QUICK])
    assert answer.exit_code == 0, answer.output
    one, two = roster(first), roster(again)
    assert two["duties"] == one["duties"]
    assert two["kpis"] == one["kpis"]
    assert one["travel"] == {"model": "formula/2", "file": "travel.npz"}
    assert two["travel"] == {"model": "file travel.npz", "file": "travel.npz"}
    assert set(two["inputs"]) == {"journeys.csv", "duties.csv", "travel.npz"}
    assert RUN.invoke(app, ["check", str(again)]).exit_code == 0


def test_a_file_that_lacks_a_place_is_exit_code_3_and_writes_nothing(tmp_path: Path, day: list[str]) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    RUN.invoke(app, ["plan", *day, "--out", str(first), *QUICK])
    with np.load(first / "travel.npz") as archive:
        moved = archive["lat"] + 0.5
    other = changed(first / "travel.npz", tmp_path / "other.npz", lat=moved)
    answer = RUN.invoke(app, ["plan", *day, "--out", str(again), "--travel", str(other), *QUICK])
    assert answer.exit_code == 3
    assert "no travel times for" in answer.output
    assert "km away" in answer.output
    assert not again.exists()
    missing = RUN.invoke(app, ["plan", *day, "--out", str(again), "--travel", str(tmp_path / "none.npz"), *QUICK])
    assert missing.exit_code == 3


def test_travel_times_that_look_wrong_are_findings_of_the_plan(tmp_path: Path, day: list[str]) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    RUN.invoke(app, ["plan", *day, "--out", str(first), *QUICK])
    with np.load(first / "travel.npz") as archive:
        seconds = archive["seconds"].astype(np.int32)
    seconds[:, 0, 1:] = 100_000
    seconds[:, 1:, 0] = 1
    other = changed(first / "travel.npz", tmp_path / "other.npz", seconds=seconds)
    answer = RUN.invoke(app, ["plan", *day, "--out", str(again), "--travel", str(other), *QUICK])
    assert answer.exit_code == 0, answer.output
    with (again / "issues.csv").open(newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    assert {"unreachable_places", "implausible_travel"} <= codes
    assert RUN.invoke(app, ["check", str(again)]).exit_code == 0
