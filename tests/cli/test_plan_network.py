"""``network generate`` and ``plan --network``: a day planned on roads, with lines that follow them."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day
from tests.reporting.drawn import lines_of

RUN = CliRunner()
QUICK = ["--iterations", "300", "--workers", "1"]


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roads") / "net"
    answer = RUN.invoke(app, ["network", "generate", "--nodes", "5000", "--seed", "2", "--out", str(folder)])
    assert answer.exit_code == 0, answer.output
    assert "synthetic" in answer.output
    return folder


def test_a_network_that_is_there_is_left_and_a_damaged_one_made_again(roads: Path) -> None:
    command = ["network", "generate", "--nodes", "5000", "--seed", "2", "--out", str(roads), "--json"]
    before = (roads / "meta.json").stat().st_mtime_ns
    found = json.loads(RUN.invoke(app, command).stdout)
    assert not found["built"]
    assert (roads / "meta.json").stat().st_mtime_ns == before
    (roads / "head.npy").write_bytes(b"nothing")
    assert json.loads(RUN.invoke(app, command).stdout) | {"seconds": 0, "built": False} == found | {"seconds": 0}
    assert RUN.invoke(app, ["network", "generate", "--nodes", "10", "--out", str(roads)]).exit_code == 2


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory, roads: Path) -> Path:
    """The folder of a day planned on the roads."""
    folder = tmp_path_factory.mktemp("day")
    day = [str(path) for path in small_day(share=90).write(folder / "in")]
    answer = RUN.invoke(app, ["plan", *day, "--network", str(roads), "--out", str(folder / "plan"), *QUICK])
    assert answer.exit_code == 0, answer.output
    return folder / "plan"


def drawn(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "map.geojson").read_text())
    return found


def lines(folder: Path) -> list[dict[str, Any]]:
    return lines_of(drawn(folder))


def test_a_day_is_planned_on_roads_and_drawn_along_them(plan: Path) -> None:
    roster = json.loads((plan / "roster.json").read_text())
    assert roster["travel"]["model"].startswith("synthetic roads/1")
    assert "Synthetic" in drawn(plan)["attribution"]
    points = sum(len(line["geometry"]["coordinates"]) for line in lines(plan))
    assert points > 5 * sum(len(duty["stops"]) for duty in roster["duties"])
    assert "Synthetic roads" in (plan / "report.html").read_text()
    assert RUN.invoke(app, ["check", str(plan)]).exit_code == 0


def test_what_a_re_plan_changes_follows_the_roads_of_a_network_and_the_rest_those_drawn_before(
    tmp_path: Path, roads: Path, plan: Path
) -> None:
    command = replanning(tmp_path, plan)
    for name, more in (("kept", []), ("new", ["--network", str(roads)])):
        answer = RUN.invoke(app, ["reoptimise", str(plan), *command, "--out", str(tmp_path / name), *more])
        assert answer.exit_code == 0, answer.output
    without = [line["properties"]["by_road"] for line in lines(tmp_path / "kept")]
    assert any(without)
    assert not all(without)
    assert all(line["properties"]["by_road"] for line in lines(tmp_path / "new"))
    assert drawn(tmp_path / "kept")["attribution"] == drawn(tmp_path / "new")["attribution"]


def test_a_network_is_refused_for_a_roster_that_no_road_was_drawn_for(tmp_path: Path, roads: Path, plan: Path) -> None:
    straight = tmp_path / "straight"
    copytree(plan, straight)
    command = ["reoptimise", str(straight), *replanning(tmp_path, plan)]
    (straight / "map.geojson").write_text("[]")
    spoilt = RUN.invoke(app, command)
    (straight / "map.geojson").unlink()
    refused = RUN.invoke(app, [*command, "--network", str(roads)])
    assert (spoilt.exit_code, refused.exit_code) == (2, 2)
    assert "is not the map of this roster" in spoilt.output
    assert "follows roads" in refused.output


def replanning(folder: Path, plan: Path) -> list[str]:
    """Words of a re-plan early on the day after a duty with work is lost."""
    roster = json.loads((plan / "roster.json").read_text())
    day, lost = roster["service_date"], next(duty["duty_id"] for duty in roster["duties"] if duty["stops"])
    said = {
        "event_id": "e1", "source": "desk", "sequence": 1, "occurred_at": f"{day}T06:00", "received_at": f"{day}T06:00",
        "type": "duty_lost", "duty_id": lost, "reason": "breakdown",
    }  # fmt: skip
    (folder / "events.jsonl").write_text(json.dumps(said) + "\n")
    return ["--events", str(folder / "events.jsonl"), "--now", f"{day}T06:05", *QUICK]


def test_two_sources_of_travel_times_and_a_missing_network_are_refused(tmp_path: Path, roads: Path) -> None:
    day = [str(path) for path in small_day(share=30).write(tmp_path / "in")]
    both = RUN.invoke(
        app, ["plan", *day, "--network", str(roads), "--travel", str(roads), "--out", str(tmp_path / "plan")]
    )
    assert both.exit_code == 2
    assert "name one of them" in both.output
    none = RUN.invoke(app, ["plan", *day, "--network", str(tmp_path), "--out", str(tmp_path / "plan")])
    assert none.exit_code == 3
    assert not (tmp_path / "plan").exists()
