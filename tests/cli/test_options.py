"""``options`` and ``explain`` on a small roster: for people and for machines, for journeys of the day and one more."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli.app import app
from tests.days import small_day

RUN = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("options")
    files = [str(path) for path in small_day(share=60).write(out / "in")]
    made = RUN.invoke(app, ["plan", *files, "--out", str(out / "roster"), "--iterations", "1500", "--workers", "1"])
    assert made.exit_code == 0, made.output
    return out


def asked(*words: object) -> str:
    answer = RUN.invoke(app, [str(word) for word in words])
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def refused(*words: object) -> str:
    answer = RUN.invoke(app, [str(word) for word in words])
    assert answer.exit_code == 2, answer.output
    return answer.output


def roster(folder: Path) -> dict:
    return json.loads((folder / "roster" / "roster.json").read_text())


def served(folder: Path) -> list[tuple[str, str]]:
    stops = ((duty["duty_id"], stop) for duty in roster(folder)["duties"] for stop in duty["stops"])
    return [(duty_id, stop["journey_id"]) for duty_id, stop in stops if stop["kind"] == "pickup"]


def one_more(folder: Path, name: str = "NEW1") -> Path:
    """A file with one journey, like the first of the day but an hour later or earlier."""
    rows = list(csv.DictReader((folder / "in" / "journeys.csv").read_text().splitlines()))
    file = folder / f"{name}.csv"
    with file.open("w", newline="") as text:
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        writer.writerow(rows[0] | {"journey_id": name, "attendance_id": ""})
    return file


def test_options_of_a_served_journey_name_its_place_and_others(folder: Path) -> None:
    duty_id, journey_id = next(
        pair for pair in served(folder) if json.loads(asked("options", folder / "roster", pair[1], "--json"))["options"]
    )
    said = asked("options", folder / "roster", journey_id)
    assert said.startswith(f"{journey_id} is on {duty_id}: pick-up ")
    assert "min and" in said
    found = json.loads(asked("options", folder / "roster", journey_id, "--json"))
    assert found["standing"]["duty_id"] == duty_id
    prices = [option["price_s"] for option in found["options"]]
    assert prices == sorted(prices)
    assert found["options"][0]["pickup_at"].startswith("2026-11-24T")


def test_a_journey_not_yet_booked_is_read_from_a_file_or_standard_input(folder: Path) -> None:
    file = one_more(folder)
    found = json.loads(asked("options", folder / "roster", "--journey", file, "--most", "2", "--json"))
    assert found["journey_id"] == "NEW1"
    assert found["standing"] is None
    assert len(found["options"]) <= 2
    assert found["options"] or found["reasons"]
    piped = RUN.invoke(
        app, ["options", str(folder / "roster"), "--journey", "-", "--most", "2", "--json"], input=file.read_bytes()
    )
    again = json.loads(piped.stdout)
    assert again | {"seconds": 0} == found | {"seconds": 0}


def test_an_unserved_journey_is_explained_with_a_reason_and_what_helps(folder: Path) -> None:
    left = roster(folder)["unserved"]
    assert left, "the small day leaves somebody out"
    for entry in left[:2]:
        said = asked("explain", folder / "roster", entry["journey_id"])
        assert said.startswith(f"{entry['journey_id']} has no place.")
        assert "Why: " in said
        assert "What helps: " in said


def test_a_served_journey_is_explained_with_its_time_and_the_next_best(folder: Path) -> None:
    for duty_id, journey_id in served(folder)[:4]:
        said = asked("explain", folder / "roster", journey_id)
        assert said.startswith(f"{journey_id} (")
        assert f"is on {duty_id}: pick-up " in said
        assert "target" in said
        assert "Next best" in said or "No other duty" in said


def test_on_the_day_what_has_happened_counts(folder: Path) -> None:
    _, journey_id = served(folder)[0]
    cancelled = {
        "event_id": "1", "source": "desk", "sequence": 1, "type": "journey_cancelled", "journey_id": journey_id,
        "reason": "too_ill", "occurred_at": "2026-11-24T00:30:00", "received_at": "2026-11-24T00:30:00",
    }  # fmt: skip
    events = folder / "events.jsonl"
    events.write_text(json.dumps(cancelled) + "\n")
    common = ("--events", events, "--now", "2026-11-24T01:00")
    assert "cancelled" in refused("options", folder / "roster", journey_id, *common)
    other = served(folder)[4][1]
    assert json.loads(asked("explain", folder / "roster", other, *common, "--json"))["now"].startswith("2026-11-24T01")


def test_questions_that_cannot_be_answered_are_exit_code_2(folder: Path) -> None:
    place = folder / "roster"
    journey_id = served(folder)[0][1]
    assert "no journey nobody" in refused("explain", place, "nobody")
    assert "one of the two" in refused("options", place)
    assert "one of the two" in refused("options", place, journey_id, "--journey", one_more(folder))
    assert "--now" in refused("options", place, journey_id, "--events", folder / "none.jsonl")
    assert "already" in refused("options", place, "--journey", one_more(folder, journey_id))
    assert "one at a time" in refused("options", place, "--journey", folder / "in" / "journeys.csv")
    assert "done" in refused("options", place, journey_id, "--now", "2026-11-24T23:59")
