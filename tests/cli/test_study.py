"""``study`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from pts_optimiser.domain.errors import InputError
from pts_optimiser.services import study as service
from pts_optimiser.services.study import Studied, StudyOrder

RUN = CliRunner()


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[StudyOrder]:
    given: list[StudyOrder] = []

    def pretend(order: StudyOrder, _show: Any) -> Studied:
        given.append(order)
        return Studied(order.out, 7, 3)

    monkeypatch.setattr(service, "study", pretend)
    return given


@pytest.mark.parametrize("before", [[], ["run"]])
def test_a_plan_is_run_with_or_without_the_word(before: list[str], tmp_path: Path, orders: list[StudyOrder]) -> None:
    plan = tmp_path / "plan.toml"
    plan.touch()
    answer = RUN.invoke(app, ["study", *before, str(plan), "--out", str(tmp_path), "--workers", "3", "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout) == {"out": str(tmp_path), "days": 7, "solved": 3}
    assert orders == [StudyOrder(plan, tmp_path, None, 3)]


def test_an_example_is_found_by_its_name(tmp_path: Path, orders: list[StudyOrder]) -> None:
    assert RUN.invoke(app, ["study", "small", "--out", str(tmp_path)]).exit_code == 0
    assert orders[0].plan == service.EXAMPLES / "small.toml"


def test_a_bad_plan_is_bad_input(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('title = "t"\nspeed = 3\n', encoding="utf-8")
    answer = RUN.invoke(app, ["study", str(plan), "--out", str(tmp_path / "out"), "--json"])
    assert answer.exit_code == InputError.exit_code
    assert {issue["code"] for issue in json.loads(answer.stdout)["issues"]} == {"unknown_key", "missing_key"}


def test_a_report_needs_a_study(tmp_path: Path) -> None:
    answer = RUN.invoke(app, ["study", "report", str(tmp_path)])
    assert answer.exit_code == InputError.exit_code
    assert "study.json" in answer.stderr
