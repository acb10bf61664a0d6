"""The command line as a user meets it: exit codes, messages, JSON, standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day, with_unknown_mobility

RUN = CliRunner()
QUICK = ["--iterations", "200", "--workers", "1"]


@pytest.fixture
def day(tmp_path: Path) -> tuple[str, str]:
    journeys, duties = small_day(share=90).write(tmp_path / "in")
    return str(journeys), str(duties)


def test_generate_plan_and_check_follow_one_another(tmp_path: Path) -> None:
    made = RUN.invoke(app, ["generate", "--date", "2026-11-29", "--known", "all", "--out", str(tmp_path / "in")])
    assert made.exit_code == 0
    assert "journeys" in made.output
    files = [str(tmp_path / "in" / name) for name in ("journeys.csv", "duties.csv")]
    planned = RUN.invoke(app, ["plan", *files, "--out", str(tmp_path / "out"), *QUICK])
    assert planned.exit_code == 0, planned.output
    assert "checked roster is in" in planned.output
    assert str(tmp_path / "out" / "report.html") in planned.output.replace("\n", "")
    checked = RUN.invoke(app, ["check", str(tmp_path / "out")])
    assert checked.exit_code == 0
    assert checked.output.startswith("Passed")


def test_plan_answers_machines_in_one_json_object(tmp_path: Path, day: tuple[str, str]) -> None:
    answer = RUN.invoke(app, ["plan", *day, "--out", str(tmp_path / "out"), "--json", *QUICK])
    document = json.loads(answer.stdout)
    assert document["kpis"]["served"] + document["kpis"]["unserved"] == len(small_day(share=90).journeys)
    assert document["out"] == str(tmp_path / "out")


def test_journeys_may_come_from_standard_input(tmp_path: Path, day: tuple[str, str]) -> None:
    content = Path(day[0]).read_bytes()
    answer = RUN.invoke(app, ["plan", "-", day[1], "--out", str(tmp_path / "out"), "--json", *QUICK], input=content)
    assert answer.exit_code == 0, answer.output
    assert "-" in json.loads((tmp_path / "out" / "roster.json").read_text())["inputs"]


def test_the_roster_may_go_to_standard_output(day: tuple[str, str]) -> None:
    answer = RUN.invoke(app, ["plan", *day, "--out", "-", *QUICK])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["schema"] == "pts-optimiser/roster/1"
    assert not Path("-").exists()


def test_bad_input_is_exit_code_2_with_row_column_and_hint(tmp_path: Path, day: tuple[str, str]) -> None:
    path = Path(day[0])
    path.write_bytes(with_unknown_mobility(path.read_bytes()))
    for_people = RUN.invoke(app, ["plan", *day, "--out", str(tmp_path / "out"), *QUICK])
    assert for_people.exit_code == 2
    assert "journeys.csv:" in for_people.output
    assert "[mobility]" in for_people.output
    assert "Hint:" in for_people.output
    for_machines = RUN.invoke(app, ["plan", *day, "--out", str(tmp_path / "out"), "--json", *QUICK])
    assert for_machines.exit_code == 2
    assert json.loads(for_machines.stdout)["issues"][0]["column"] == "mobility"


def test_strict_is_exit_code_4_where_something_is_not_met(tmp_path: Path, day: tuple[str, str]) -> None:
    lonely = Path(day[1])
    lonely.write_text("\n".join(lonely.read_text().splitlines()[:2]) + "\n")
    answer = RUN.invoke(app, ["plan", *day, "--out", str(tmp_path / "out"), "--strict", *QUICK])
    assert answer.exit_code == 4
    assert (tmp_path / "out" / "roster.json").is_file()


def test_check_names_violations_with_exit_code_1(tmp_path: Path, day: tuple[str, str]) -> None:
    RUN.invoke(app, ["plan", *day, "--out", str(tmp_path / "out"), *QUICK])
    file = tmp_path / "out" / "roster.json"
    roster = json.loads(file.read_text())
    roster["duties"] = [entry | {"stops": []} for entry in roster["duties"]]
    file.write_text(json.dumps(roster))
    answer = RUN.invoke(app, ["check", str(file)])
    assert answer.exit_code == 1
    assert "lost_journey" in answer.output
    assert json.loads(RUN.invoke(app, ["check", str(file), "--json"]).stdout)["passed"] is False


def test_check_without_travel_times_is_exit_code_3(tmp_path: Path, day: tuple[str, str]) -> None:
    RUN.invoke(app, ["plan", *day, "--out", str(tmp_path / "out"), *QUICK])
    (tmp_path / "out" / "travel.npz").unlink()
    assert RUN.invoke(app, ["check", str(tmp_path / "out")]).exit_code == 3


def test_a_missing_file_is_exit_code_2(tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing.csv")
    assert RUN.invoke(app, ["plan", missing, missing, "--out", str(tmp_path / "out")]).exit_code == 2


def test_solve_prints_cost_and_gap(tmp_path: Path) -> None:
    instance = tmp_path / "tiny.txt"
    instance.write_text(
        "1 2 480 3 30\n0 0 0 0 0 0 480\n1 1 0 1 1 0 480\n2 2 0 1 1 0 480\n"
        "3 3 0 1 -1 0 480\n4 4 0 1 -1 0 480\n5 0 0 0 0 0 480\n"
    )
    answer = RUN.invoke(app, ["solve", str(instance), "--format", "cordeau", "--json", "--iterations", "200"])
    assert answer.exit_code == 0, answer.output
    document = json.loads(answer.stdout)
    assert document["feasible"] is True
    assert document["cost"] == pytest.approx(8.0, abs=1e-3)
    assert {"cost", "vehicles", "served", "feasible", "seconds"} <= set(document)


def test_solve_writes_the_routes_in_the_words_of_a_vroom_problem(tmp_path: Path) -> None:
    problem = tmp_path / "tiny.json"
    problem.write_text(
        '{"vehicles": [{"id": 1, "start_index": 0}], "jobs": [{"id": 7, "location_index": 1}],'
        ' "matrices": {"car": {"durations": [[0, 5], [9, 0]]}}}'
    )
    routes = tmp_path / "routes.txt"
    asked = ["solve", str(problem), "--format", "vroom", "--iterations", "50", "--out", str(routes)]
    answer = RUN.invoke(app, asked)
    assert answer.exit_code == 0, answer.output
    assert "feasible, cost 5.00, 1 of 1 served by 1 vehicles" in answer.stdout
    assert routes.read_text() == "job:7\n"


def test_solve_names_the_field_of_a_vroom_problem_that_it_cannot_model(tmp_path: Path) -> None:
    problem = tmp_path / "tiny.json"
    problem.write_text(
        '{"vehicles": [{"id": 1, "start": [0, 0], "costs": {"per_km": 2}}], "jobs": [{"id": 7, "location": [0, 1]}]}'
    )
    answer = RUN.invoke(app, ["solve", str(problem), "--format", "vroom"])
    assert answer.exit_code == 2
    assert "vehicles[0].costs.per_km" in answer.output
    assert "Hint" in answer.output


@pytest.mark.parametrize("command", [["-m", "pts_optimiser"], ["-c", "from pts_optimiser.cli import main; main()"]])
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    """What makes ``--help`` slow is importing numba, numpy or OR-Tools."""
    found = subprocess.run(
        [sys.executable, "-X", "importtime", *command, "--help"], capture_output=True, text=True, check=True
    )
    assert "Usage" in found.stdout
    loaded = {line.rsplit("|", 1)[-1].strip() for line in found.stderr.splitlines()}
    assert "typer" in loaded
    assert loaded.isdisjoint({"numpy", "numba", "ortools", "pandas", "flask", "xlsxwriter", "pydantic"})
