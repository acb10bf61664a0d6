"""The board: who can still be saved comes first, who is ready has a clock, who has no place is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pts_optimiser.services.hosted.board import board
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, planned, stranger

pytestmark = pytest.mark.usefixtures("published")
NOW = at(9)


def test_risks_that_can_still_be_saved_come_first(live: LiveDays) -> None:
    found = board(live, CONTROLLER, DAY, now=NOW)
    assert found.risks
    assert min(one.risk.worst for one in found.risks) >= 0.1
    hope = [(one.risk.planned, -one.saved) for one in found.risks]
    assert hope == sorted(hope)
    assert found.risks[0].saved > 0
    assert all(one.reason for one in found.risks)
    fewer = board(live, CONTROLLER, DAY, least=0.5, most=2, now=NOW)
    assert len(fewer.risks) <= 2
    assert fewer.risks_in_all == sum(one.risk.worst >= 0.5 for one in found.risks)


def test_who_is_ready_waits_by_the_clock_until_the_vehicle_comes(live: LiveDays) -> None:
    later = [
        journey
        for journey_id, journey in planned().journeys.items()
        if journey.ready_at and journey.ready_at > at(9) and planned().promised.get(journey_id, (NOW,))[0] > NOW
    ]
    first, second = later[:2]
    said = [event("ready", 8.5, journey_id=first.journey_id), event("ready", 8.0, journey_id=second.journey_id)]
    report(live, CONTROLLER, DAY, said, at=NOW)
    found = {patient.journey_id: patient for patient in board(live, CONTROLLER, DAY, now=NOW).ready}
    assert set(found) == {first.journey_id, second.journey_id}
    for patient in found.values():
        limit = planned().policy.standard(planned().journeys[patient.journey_id]).collect
        assert patient.waited_s + patient.target_left_s == limit.target
        assert patient.hard_left_s - patient.target_left_s == limit.hard - limit.target


def test_journeys_without_a_place_are_named_those_aboard_lost_vehicles_first(live: LiveDays) -> None:
    begin, riding = min((begin, j) for j, (begin, _) in planned().promised.items() if begin > at(8))
    boards, duty_id = (begin - at(0)).total_seconds() / 3600, planned().duty_of[riding]
    said = [
        event("journey_booked", boards, journey=columns(stranger("N1"))),
        event("stop_departed", boards + 0.1, duty_id=duty_id, journey_id=riding, kind="pickup"),
        event("duty_lost", boards + 0.11, duty_id=duty_id, reason="breakdown"),
    ]
    report(live, CONTROLLER, DAY, said, at=NOW)
    found = board(live, CONTROLLER, DAY, now=at(boards + 0.2))
    assert (found.unplaced[0].journey_id, found.unplaced[0].aboard_lost) == (riding, True)
    assert "N1" in {one.journey_id for one in found.unplaced}
    assert found.lost == {duty_id}


def test_who_is_limited_to_contracts_sees_their_journeys_without_the_reasons(live: LiveDays) -> None:
    contract = board(live, CONTROLLER, DAY, now=NOW).risks[0].risk.watch.journey.contract
    limited = replace(CONTROLLER, contracts=frozenset({contract}))
    report(live, CONTROLLER, DAY, [event("ready", 8.9, journey_id="J-unknown")], at=NOW)
    found = board(live, limited, DAY, now=NOW)
    assert {one.risk.watch.journey.contract for one in found.risks} == {contract}
    assert {one.reason for one in found.risks} == {""}
    assert found.anomalies == ()
    assert {planned().journeys[one.journey_id].contract for one in found.unplaced} <= {contract}


def test_how_far_a_journey_is_said_to_be_is_told_and_nothing_that_only_follows_from_the_plan(live: LiveDays) -> None:
    (begin, riding), (_, waiting), (_, off), *_ = sorted(
        (b, j) for j, (b, _) in planned().promised.items() if b > at(7)
    )
    boards, duty_id = (begin - at(0)).total_seconds() / 3600, planned().duty_of[riding]
    stop = {"duty_id": duty_id, "journey_id": riding, "kind": "pickup"}
    said = [
        event("stop_arrived", boards, **stop),
        event("ready", boards, journey_id=waiting),
        event("journey_cancelled", boards, journey_id=off, reason=""),
        event("stop_departed", boards + 0.1, **stop),
    ]
    report(live, CONTROLLER, DAY, said, at=NOW)
    found = board(live, CONTROLLER, DAY, now=at(boards + 0.2))
    words = {riding: ("arrived", "aboard"), waiting: ("ready",), off: ("cancelled",)}
    with_them = {j for j, it in planned().journeys.items() if it.attendance_id == planned().journeys[off].attendance_id}
    assert {j: found.reported.get(j) for j in words} == words
    assert found.reported.keys() <= words.keys() | with_them
    contract = planned().journeys[riding].contract
    limited = board(live, replace(CONTROLLER, contracts=frozenset({contract})), DAY, now=at(boards + 0.2))
    assert {planned().journeys[j].contract for j in limited.reported} == {contract}
