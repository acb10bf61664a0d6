"""``network generate`` and ``plan --network``: a day planned on roads, with lines that follow them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day

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


def test_a_day_is_planned_on_roads_and_drawn_along_them(tmp_path: Path, roads: Path) -> None:
    day = [str(path) for path in small_day(share=90).write(tmp_path / "in")]
    out = tmp_path / "plan"
    answer = RUN.invoke(app, ["plan", *day, "--network", str(roads), "--out", str(out), *QUICK])
    assert answer.exit_code == 0, answer.output
    roster = json.loads((out / "roster.json").read_text())
    assert roster["travel"]["model"].startswith("synthetic roads/1")
    drawn = json.loads((out / "map.geojson").read_text())
    assert "Synthetic" in drawn["attribution"]
    lines = [f["geometry"]["coordinates"] for f in drawn["features"] if f["geometry"]["type"] == "LineString"]
    assert sum(map(len, lines)) > 5 * sum(len(duty["stops"]) for duty in roster["duties"])
    assert "Synthetic roads" in (out / "report.html").read_text()
    assert RUN.invoke(app, ["check", str(out)]).exit_code == 0


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
