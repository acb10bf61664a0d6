"""``generate``: files that ``plan`` reads without a complaint."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Severity
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.services.generate import Known, generate
from tests.days import CLOCKS_BACK, CLOCKS_FORWARD, SATURDAY, WEEKDAY


@pytest.mark.parametrize("service_date", [WEEKDAY, SATURDAY, CLOCKS_FORWARD, CLOCKS_BACK], ids=str)
@pytest.mark.parametrize("known", ["day-before", "all"])
@pytest.mark.parametrize("seed", [1, 77])
def test_what_is_generated_is_read_without_errors(tmp_path: Path, service_date: date, known: Known, seed: int) -> None:
    written = generate(service_date, seed, tmp_path, known=known)[0]
    day = read_day(tmp_path / "journeys.csv", tmp_path / "duties.csv", load_policy())
    assert [issue for issue in day.issues if issue.severity is Severity.ERROR] == []
    assert (len(day.journeys), len(day.duties)) == (written.journeys, written.duties)
    assert day.service_date == service_date
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert len(events) == written.events
    assert bool(events) == (known == "day-before")


def test_a_week_is_seven_folders(tmp_path: Path) -> None:
    days = generate(date(2026, 11, 23), 1, tmp_path, weeks=1)
    assert [day.folder.name for day in days] == [f"2026-11-{number}" for number in range(23, 30)]
    assert all((day.folder / "journeys.csv").is_file() for day in days)


@pytest.mark.parametrize(("seed", "scale", "weeks"), [(-1, 1.0, 0), (1, 0.0, 0), (1, -2.0, 0), (1, 1.0, -1)])
def test_senseless_orders_are_refused(tmp_path: Path, seed: int, scale: float, weeks: int) -> None:
    with pytest.raises(InputError):
        generate(WEEKDAY, seed, tmp_path, scale=scale, weeks=weeks)


def test_an_unwritable_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError):
        generate(WEEKDAY, 1, tmp_path / "file")
