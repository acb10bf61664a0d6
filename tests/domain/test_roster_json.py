"""A roster as a document and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pts_optimiser.domain.roster_json import roster_document, roster_from_document
from tests.checking import town
from tests.checking.builder import scenario
from tests.checking.damage import in_stop


def test_a_roster_reads_back_as_it_was() -> None:
    moved = in_stop(scenario(), "D2", 3, anchor_at=town.at("13:20")).roster
    for roster in (scenario().roster, moved):
        assert roster_from_document(json.loads(json.dumps(roster_document(roster)))) == roster


def test_an_anchor_is_written_only_where_a_stop_has_one() -> None:
    stops = roster_document(in_stop(scenario(), "D2", 3, anchor_at=town.at("13:20")).roster)["duties"][1]["stops"]
    assert stops[3]["anchor_at"] == "2026-02-03T13:20:00+00:00"
    assert all("anchor_at" not in stop for stop in stops[:3])


def test_an_anchor_without_offset_is_refused() -> None:
    document = roster_document(scenario().roster)
    document["duties"][1]["stops"][3]["anchor_at"] = "2026-02-03T13:20:00"
    with pytest.raises(ValueError, match="offset"):
        roster_from_document(document)


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema"):
        roster_from_document(roster_document(replace(scenario().roster)) | {"schema": "other/1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journey_id", ["J1"]),
        ("journey_id", "\ud800"),
        ("lat", float("nan")),
        ("lon", "2.5"),
        ("lat", 10**400),
        ("location", True),
        ("begin_at", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_value_that_nothing_could_be_done_with_is_refused(name: str, value: object) -> None:
    document = roster_document(scenario().roster)
    document["duties"][1]["stops"][3][name] = value
    with pytest.raises((ValueError, TypeError, OverflowError)):
        roster_from_document(document)
