"""A roster file: read, or refused with a code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster_json import roster_document
from pts_optimiser.intake.roster import read_roster
from tests.checking.builder import scenario


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_roster(path)
    [issue] = caught.value.issues
    assert len(str(issue).encode()) < 1500
    return issue.code


def test_the_file_or_its_folder_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "roster.json").write_text(json.dumps(roster_document(scenario().roster)), encoding="utf-8")
    assert read_roster(tmp_path) == read_roster(tmp_path / "roster.json") == scenario().roster


def test_a_file_that_is_not_there_is_refused_with_a_code(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.json") == "unreadable_file"


def test_a_key_that_nothing_can_print_is_told_by_its_escape(tmp_path: Path) -> None:
    document = json.dumps(roster_document(scenario().roster)).replace('"seats"', '"se\\ud800ats"', 1)
    (tmp_path / "roster.json").write_text(document, encoding="utf-8")
    assert refused(tmp_path) == "not_a_roster"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "other"}', "[" * 100_000, '"' + "x" * 1_000_000 + '"', "\xff", "NaN"]
)
def test_what_is_no_roster_is_refused_with_a_code(tmp_path: Path, text: str) -> None:
    (tmp_path / "roster.json").write_bytes(text.encode("latin-1"))
    assert refused(tmp_path) == "not_a_roster"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"lat": 53.2', '"lat": NaN'),
        ('"lat": 53.2', '"lat": 1e999'),
        ('"lat": 53.2', f'"lat": {10**400}'),
        ("2026-02-03T07:00:00", "0001-01-01T00:00:00+14:00"),
        ("2026-02-03T07:00:00", "2026-02-03T07:00:00" + "x" * 100_000),
        ('"journey_id": "J1"', '"journey_id": ["J1"]'),
    ],
)
def test_values_out_of_all_bounds_are_refused_with_a_code(tmp_path: Path, old: str, new: str) -> None:
    text = json.dumps(roster_document(scenario().roster))
    assert old in text
    (tmp_path / "roster.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert refused(tmp_path) == "not_a_roster"
