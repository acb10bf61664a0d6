"""``network build`` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("osmium")

from geodata.network import DEGREE, open_network
from pts_optimiser.cli.app import app
from tests.geodata.extract.little import cross

RUN = CliRunner()


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return cross(tmp_path / "x.osm.pbf", {"highway": "primary", "toll": "yes"})


def test_build_says_what_it_made_and_then_that_it_is_there(tmp_path: Path, extract: Path) -> None:
    command = ["network", "build", str(extract), "--out", str(tmp_path / "net")]
    first, again = RUN.invoke(app, command), RUN.invoke(app, command)
    assert first.exit_code == again.exit_code == 0, first.output
    assert "6 junctions, 14 arcs of 4 roads; built in" in first.stdout
    assert "© OpenStreetMap contributors" in first.stdout
    assert "was there already" in again.stdout


def test_build_answers_machines_and_leaves_tolls_out(tmp_path: Path, extract: Path) -> None:
    out = tmp_path / "net"
    answer = RUN.invoke(app, ["network", "build", str(extract), "--out", str(out), "--no-tolls", "--json"])
    document = json.loads(answer.stdout)
    network = open_network(out)[0]
    assert document["built"] is True
    assert (document["junctions"], document["arcs"]) == (network.nodes, network.arcs)
    assert document["model"] == network.model
    assert not network.toll.any()
    assert document["roads"] == 3


def test_bad_input_is_exit_code_2_with_a_hint(tmp_path: Path) -> None:
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"not a map")
    command = ["network", "build", str(broken), "--out", str(tmp_path / "net")]
    for_people, for_machines = RUN.invoke(app, command), RUN.invoke(app, [*command, "--json"])
    assert for_people.exit_code == for_machines.exit_code == 2
    assert "is it a whole OpenStreetMap extract?" in for_people.stderr
    assert json.loads(for_machines.stdout)["error"] == "InputError"
    assert not (tmp_path / "net").exists()


def test_a_network_is_calibrated_by_known_drives(tmp_path: Path) -> None:
    folder, drives = tmp_path / "net", tmp_path / "drives.csv"
    assert RUN.invoke(app, ["network", "generate", "--nodes", "3000", "--out", str(folder)]).exit_code == 0
    network = open_network(folder)[0]
    places = [(lat / DEGREE, lon / DEGREE) for lat, lon in zip(network.lat[:300:10], network.lon[:300:10], strict=True)]
    rows = [
        f"{a},{b},{c},{d},{60 * (abs(a - c) + abs(b - d)) + 20}"
        for (a, b), (c, d) in zip(places, places[3:], strict=False)
    ]
    drives.write_text("\n".join(["from_lat,from_lon,to_lat,to_lon,minutes", *rows]))
    answer = RUN.invoke(app, ["network", "calibrate", str(folder), str(drives), "--json"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert found["drives"] + found["left_out"] == len(rows)
    assert found["error_after"] < found["error_before"]
    drives.write_text("from_lat,from_lon,to_lat,to_lon,minutes\n52.4,-1.9,52.5,-2.0,-3\n")
    answer = RUN.invoke(app, ["network", "calibrate", str(folder), str(drives)])
    assert answer.exit_code == 2
    assert "minutes is not between 0 and 600" in answer.output
