"""What the day changes is drawn along the roads too: by what was drawn before, and by a network for new drives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from geodata.roads import Roads
from pts_optimiser.planning.network_travel import ways_by_road
from pts_optimiser.reporting.ways import Drive, Way, drawn_ways, drive_of
from pts_optimiser.services.hosted import ways as hosted_ways
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.outputs import Outputs, Part
from pts_optimiser.services.hosted.rosters import roster_key
from pts_optimiser.services.hosted.stored import stored_publication
from pts_optimiser.services.hosted.ways import Ways
from pts_optimiser.store import Store
from pts_optimiser.store.words import Role
from tests.reporting.drawn import lines_of
from tests.services.hosted.by_road import CREDIT, drawn, legs, network_folder, roads
from tests.services.hosted.test_moves import possible, put_by_hand
from tests.services.hosted.town_day import DAY, put_proposal, put_published

__all__ = ["drawn", "network_folder", "roads"]

VIEWER = Caller("key:viewer", frozenset({Role.VIEWER}))
LIMITED = Caller("key:limited", frozenset({Role.VIEWER}), frozenset({"cheshire"}))


@pytest.fixture
def by_road(store: Store, drawn: str) -> Store:
    """Version 1 is published and was drawn with the roads at hand."""
    put_published(store, drawn=drawn)
    return store


def map_of(outputs: Outputs, store: Store, version: int, caller: Caller = VIEWER) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(outputs.part(caller, roster_key(store, DAY, version), Part.MAP).body)
    return found


def ways_of(outputs: Outputs, store: Store, version: int) -> tuple[dict[Drive, Way], set[Drive]]:
    """The ways in the map of a version, and its drives."""
    publication = stored_publication(store, DAY, version)
    return drawn_ways(map_of(outputs, store, version), publication.roster), set(legs(publication))


def moved(live: LiveDays) -> None:
    journey_id, _, other = possible(live)
    put_by_hand(live, journey_id, other)


def common(ways: Mapping[Drive, Way], drives: set[Drive]) -> dict[Drive, Way]:
    return {drive: way for drive, way in ways.items() if drive in drives}


def straight(document: Mapping[str, Any]) -> list[str]:
    return [line["properties"]["duty_id"] for line in lines_of(document) if not line["properties"]["by_road"]]


def points(document: Mapping[str, Any]) -> set[tuple[float, ...]]:
    return {tuple(at) for line in lines_of(document) for at in line["geometry"]["coordinates"]}


def test_a_move_by_hand_goes_along_the_roads_and_the_rest_keeps_its_way(
    live: LiveDays, by_road: Store, network_folder: Path, roads: Roads
) -> None:
    moved(live)
    outputs = Outputs(by_road, network_folder)
    (before, known), (after, drives) = (ways_of(outputs, by_road, version) for version in (1, 2))
    new = drives - known
    assert new
    assert len(known & drives) > 50
    assert common(after, set(before)) == common(before, drives)
    pairs = [legs(stored_publication(by_road, DAY, 2))[drive] for drive in sorted(new)]
    wanted = ways_by_road(roads, stored_publication(by_road, DAY, 2).policy, pairs)
    assert [after.get(drive, []) for drive in sorted(new)] == wanted
    assert sum(map(len, wanted)) > len(new)
    document = map_of(outputs, by_road, 2)
    assert not straight(document)
    assert document["attribution"] == f"{CREDIT} · {roads.network.attribution}"


def test_a_proposal_goes_along_the_roads(live: LiveDays, by_road: Store, network_folder: Path) -> None:
    put_proposal(live, 9)
    assert not straight(map_of(Outputs(by_road, network_folder), by_road, 2))


def test_without_a_network_only_new_drives_are_straight_and_the_map_says_which(live: LiveDays, by_road: Store) -> None:
    moved(live)
    outputs = Outputs(by_road)
    (before, known), (after, drives) = (ways_of(outputs, by_road, version) for version in (1, 2))
    assert after == common(before, drives)
    told = set(straight(map_of(outputs, by_road, 2)))
    duties = stored_publication(by_road, DAY, 2).roster.duties
    of_drive = {drive_of(*pair): duty.duty_id for duty in duties for pair in pairwise(duty.stops)}
    assert told == {of_drive[drive] for drive in drives - known}
    assert 1 <= len(told) <= 2


def test_a_network_that_cannot_be_read_is_none_and_the_log_says_so(
    live: LiveDays, by_road: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    moved(live)
    outputs = Outputs(by_road, tmp_path / "nothing")
    assert straight(map_of(outputs, by_road, 2))
    assert "no road network" in caplog.text


def test_a_day_that_was_planned_by_the_formula_stays_straight(
    live: LiveDays, store: Store, network_folder: Path
) -> None:
    put_published(store)
    moved(live)
    document = map_of(Outputs(store, network_folder), store, 2)
    assert len(straight(document)) == len(lines_of(document))
    assert "attribution" not in document


def test_who_is_limited_to_contracts_sees_own_runs_along_the_roads(by_road: Store) -> None:
    outputs = Outputs(by_road)
    own, whole = (map_of(outputs, by_road, 1, caller) for caller in (LIMITED, VIEWER))
    assert own["attribution"] == CREDIT
    assert any(one["properties"].get("by_road") for one in own["features"])
    assert points(own) <= points(whole)


def test_the_ways_of_a_version_are_read_once(by_road: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ways, publication = Ways(by_road), stored_publication(by_road, DAY, 1)
    first = ways.along(publication, 1)
    monkeypatch.setattr(hosted_ways, "drawn_in", None)
    assert ways.along(publication, 1).lines == first.lines
