"""``reoptimise``: a planned day, what happened, and a checked roster with its diff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day

RUN = CliRunner()
QUICK = ["--iterations", "300", "--workers", "1"]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("day")
    day = [str(path) for path in small_day(share=60).write(folder / "in")]
    assert RUN.invoke(app, ["plan", *day, "--out", str(folder / "plan"), *QUICK]).exit_code == 0
    return folder / "plan"


def events(path: Path, *lines: dict[str, object]) -> str:
    base = {"source": "desk", "occurred_at": "2026-09-15T07:00", "received_at": "2026-09-15T07:01"}
    path.write_text(
        "".join(json.dumps({"event_id": f"e{k}", "sequence": k, **base, **line}) + "\n" for k, line in enumerate(lines))
    )
    return str(path)


def a_day_of(plan: Path) -> tuple[str, str, str]:
    """A journey of the afternoon, its duty, and the service date."""
    roster = json.loads((plan / "roster.json").read_text())
    stops = [
        (stop["begin_at"], stop["journey_id"], duty["duty_id"])
        for duty in roster["duties"]
        for stop in duty["stops"]
        if stop["kind"] == "pickup"
    ]
    _, journey_id, duty_id = max(stops)
    return journey_id, duty_id, roster["service_date"]


def places(roster: dict[str, Any]) -> dict[str, str]:
    return {
        stop["journey_id"]: duty["duty_id"] for duty in roster["duties"] for stop in duty["stops"] if stop["journey_id"]
    }


def test_a_lost_duty_is_made_up_for_and_the_folder_can_be_replanned_again(tmp_path: Path, plan: Path) -> None:
    journey_id, duty_id, day = a_day_of(plan)
    lost = {"type": "duty_lost", "duty_id": duty_id, "reason": "breakdown"}
    moment = {"occurred_at": f"{day}T06:00", "received_at": f"{day}T06:01"}
    file = events(tmp_path / "events.jsonl", lost | moment)
    command = ["reoptimise", str(plan), "--events", file, "--now", f"{day}T06:05", *QUICK]
    answer = RUN.invoke(app, [*command, "--out", str(tmp_path / "again"), "--json"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    changed = {change["journey_id"]: change for change in found["changes"]}
    assert changed[journey_id]["kind"] in {"placed", "without"}
    assert "lost" in changed[journey_id]["why"]
    assert json.loads((tmp_path / "again" / "diff.json").read_text())["changes"] == found["changes"]
    written = json.loads((tmp_path / "again" / "roster.json").read_text())
    assert written["engine"]["reoptimised_at"].startswith(f"{day}T06:05")
    told = written["engine"]["published"]
    first, now = (places(json.loads((folder / "roster.json").read_text())) for folder in (plan, tmp_path / "again"))
    assert told["count"] == len(first)
    assert told["moved"] == {name: duty for name, duty in first.items() if now.get(name, duty) != duty}
    assert told["since"] == sorted(now.keys() - first.keys())
    once_more = ["reoptimise", str(tmp_path / "again"), "--events", file, "--now", f"{day}T06:30", *QUICK]
    assert RUN.invoke(app, once_more).exit_code == 0


def test_a_chain_of_replans_slows_traffic_once_and_keeps_the_first_bands(tmp_path: Path, plan: Path) -> None:
    _, duty_id, day = a_day_of(plan)
    moment = {"occurred_at": f"{day}T06:00", "received_at": f"{day}T06:01"}
    slow = {
        "type": "travel_changed", "area": {"south": 51.6, "west": -4.0, "north": 54.0, "east": -0.7}, "factor": 1.5,
        "from": f"{day}T06:10", "until": f"{day}T11:20",
    }  # fmt: skip
    lost = {"type": "duty_lost", "duty_id": duty_id, "reason": "breakdown"}
    file = events(tmp_path / "events.jsonl", lost | moment, slow | moment)
    before = plan
    for name, now in (("one", "06:05"), ("two", "06:40")):
        command = ["reoptimise", str(before), "--events", file, "--now", f"{day}T{now}", *QUICK]
        answer = RUN.invoke(app, [*command, "--out", str(tmp_path / name)])
        assert answer.exit_code == 0, answer.output
        before = tmp_path / name
    with np.load(plan / "travel.npz") as first, np.load(before / "travel.npz") as last:
        n = len(first["lat"])
        assert np.array_equal(last["band_start_s"], first["band_start_s"])
        assert np.array_equal(last["seconds"][:, :n, :n], first["seconds"])


def test_bad_events_stop_it_with_their_lines_unless_they_may_be_skipped(tmp_path: Path, plan: Path) -> None:
    _, _, day = a_day_of(plan)
    file = events(tmp_path / "events.jsonl", {"type": "teleported"})
    command = ["reoptimise", str(plan), "--events", file, "--now", f"{day}T09:00", *QUICK]
    refused = RUN.invoke(app, command)
    assert refused.exit_code == 2
    assert "events.jsonl:1" in refused.output
    assert RUN.invoke(app, [*command, "--skip-bad"]).exit_code == 0


def test_a_time_that_is_none_is_refused(tmp_path: Path, plan: Path) -> None:
    file = events(tmp_path / "events.jsonl")
    answer = RUN.invoke(app, ["reoptimise", str(plan), "--events", file, "--now", "noon"])
    assert answer.exit_code == 2
    assert "write it like" in answer.output
