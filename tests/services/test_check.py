"""``check``: the referee on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError, TravelTimesError
from pts_optimiser.planning.day import Search
from pts_optimiser.services.check import check_roster
from pts_optimiser.services.plan import Order, plan
from pts_optimiser.services.sources import read_source
from tests.days import small_day


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    journeys, duties = small_day(share=90).write(tmp_path / "in")
    order = Order(read_source(journeys), read_source(duties), tmp_path / "out", search=Search(iterations=100))
    plan(order, lambda _progress: None)
    return tmp_path / "out"


def test_a_changed_second_is_noticed(folder: Path) -> None:
    roster = json.loads((folder / "roster.json").read_text())
    stop = next(duty for duty in roster["duties"] if duty["stops"])["stops"][1]
    stop["travel_s"] += 1
    (folder / "roster.json").write_text(json.dumps(roster))
    assert {violation.code.value for violation in check_roster(folder).violations} >= {"travel_time"}


def test_other_inputs_may_be_named(folder: Path) -> None:
    verdict = check_roster(folder, journeys=folder / "journeys.csv", duties=folder / "duties.csv")
    assert verdict.violations == []


def test_missing_travel_times_are_their_own_error(folder: Path) -> None:
    (folder / "travel.npz").unlink()
    with pytest.raises(TravelTimesError) as caught:
        check_roster(folder)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": "other"}', "not json"])
def test_what_is_not_a_roster_is_refused(folder: Path, text: str) -> None:
    (folder / "roster.json").write_text(text)
    with pytest.raises(InputError):
        check_roster(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "duties.csv").unlink()
    with pytest.raises(InputError, match="duties"):
        check_roster(folder)
