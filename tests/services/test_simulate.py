"""``simulate`` from a folder and its events to figures by policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day

RUN = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("simulate")
    day = small_day(share=90)
    files = [str(path) for path in day.write(base / "in")]
    made = RUN.invoke(app, ["plan", *files, "--out", str(base / "plan"), "--iterations", "200", "--workers", "1"])
    assert made.exit_code == 0, made.output
    lost = {
        "event_id": "a", "source": "desk", "sequence": 1, "type": "duty_lost", "reason": "breakdown",
        "occurred_at": "2026-11-24T10:30:00+00:00", "received_at": "2026-11-24T10:30:00+00:00",
        "duty_id": day.duties[0].duty_id,
    }  # fmt: skip
    (base / "events.jsonl").write_text(json.dumps(lost) + "\n", encoding="utf-8")
    return base


def invoke(folder: Path, *more: str) -> tuple[int, str]:
    files = [str(folder / "plan"), "--events", str(folder / "events.jsonl")]
    answer = RUN.invoke(app, ["simulate", *files, "--iterations", "20", "--workers", "1", "--every", "120", *more])
    return answer.exit_code, answer.stdout


def test_every_policy_is_played_and_compared_on_the_same_days(folder: Path) -> None:
    code, text = invoke(folder, "--seeds", "1-2", "--json")
    assert code == 0
    document = json.loads(text)
    assert [(day["policy"], day["seed"]) for day in document["days"]] == [
        (policy, seed) for policy in ("none", "insertion", "reoptimise", "hindsight") for seed in (1, 2)
    ]
    assert all(day["refusals"] == [] for day in document["days"])
    assert len(document["differences"]) == 6
    assert {day["journeys"] for day in document["days"]} == {len(small_day(share=90).journeys)}


def test_people_get_a_table(folder: Path) -> None:
    code, text = invoke(folder, "--seeds", "1", "--policy-of-day", "none")
    assert code == 0
    assert "driven hours" in text


@pytest.mark.parametrize("wrong", [("--seeds", "first"), ("--policy-of-day", "hope")])
def test_what_cannot_be_played_is_bad_input(folder: Path, wrong: tuple[str, str]) -> None:
    assert invoke(folder, *wrong)[0] == 2
