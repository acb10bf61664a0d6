"""Targets, their bounds, and who is counted."""

from dataclasses import replace

import pytest

from pts_optimiser.domain.journey import Category, Direction
from pts_optimiser.reporting.rides import Ride, rides
from pts_optimiser.reporting.standards import Measure, Outcome, measures, outcome, standards_table

from . import small
from .rules import standard

URGENT = standard(45, 60, {"arrive": 90})


def ride(number: int, **changes) -> Ride:
    found = {r.journey.journey_id: r for r in rides(small.roster(), small.journeys(), small.travel())}
    return replace(found[f"J{number}"], **changes)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(8, 59, Outcome.MET), (8, 14, Outcome.MET), (9, 0, Outcome.MISSED), (8, 13, Outcome.MISSED)],
)
def test_an_arrival_counts_from_the_early_target_to_the_late_one(hour, minute, expected):
    # Set down at 08:14; 45 minutes early and not a minute late are within the target.
    inward = ride(1)
    moved = replace(inward, journey=replace(inward.journey, appointment_at=small.at(hour, minute)))
    assert outcome(moved, Measure.ARRIVE, URGENT) is expected


@pytest.mark.parametrize(("minute", "expected"), [(45, Outcome.MET), (44, Outcome.MISSED)])
def test_a_collection_counts_up_to_its_target(minute, expected):
    outward = ride(3)  # collected at 10:45
    moved = replace(outward, journey=replace(outward.journey, ready_at=small.at(9, minute)))
    assert outcome(moved, Measure.COLLECT, URGENT) is expected


def test_a_collection_before_ready_is_no_success():
    outward = ride(3)
    early = replace(outward, journey=replace(outward.journey, ready_at=small.at(11)))
    assert outcome(early, Measure.COLLECT, URGENT) is Outcome.MISSED


def test_a_target_aboard_that_the_direct_drive_exceeds_is_unavoidable():
    assert outcome(ride(1, direct_s=3601), Measure.ABOARD, URGENT) is Outcome.UNAVOIDABLE
    assert outcome(ride(1, direct_s=3600), Measure.ABOARD, URGENT) is Outcome.MET


def test_a_transfer_without_an_appointment_is_measured_on_its_collection():
    outward = ride(3).journey
    assert measures(replace(outward, direction=Direction.TRANSFER)) == (Measure.COLLECT, Measure.ABOARD)
    tied = replace(outward, direction=Direction.TRANSFER, appointment_at=small.at(12))
    assert measures(tied) == (Measure.ARRIVE, Measure.ABOARD)


def row(table, category, measure):
    return next(r for r in table if (r["category"], r["measure"]) == (category, measure))


def test_the_table_counts_excludes_and_compares():
    found = list(rides(small.roster(), small.journeys(), small.travel()))
    table = standards_table(found, small.journeys(), small.policy())
    renal = row(table, "renal", "arrive")
    assert (renal["observed_percent"], renal["target_percent"], renal["met"]) == (0, 90, False)
    assert (renal["headroom_points"], renal["may_still_miss"]) == (-90, -1)
    outpatient = row(table, "outpatient", "aboard")
    assert (outpatient["journeys_counted"], outpatient["excluded"], outpatient["unavoidable"]) == (2, 1, 0)
    assert outpatient["met"] is True
    assert row(table, "outpatient", "collect")["journeys_counted"] == 1


def test_unavoidable_rides_are_counted_apart():
    policy = small.policy()
    profile = policy.standards["nw_2016"]
    strict = dict(profile.by_category) | {Category.RENAL: standard(45, 60, {"aboard": 85}, aboard=16)}
    policy = replace(policy, standards={"nw_2016": replace(profile, by_category=strict)})
    found = list(rides(small.roster(), small.journeys(), small.travel()))
    renal = row(standards_table(found, small.journeys(), policy), "renal", "aboard")
    assert (renal["journeys_counted"], renal["unavoidable"]) == (0, 1)  # 1000 s direct > 16 min
    assert (renal["observed_percent"], renal["met"]) == (None, None)


def test_a_contract_is_held_to_its_own_profile():
    policy = replace(small.policy(), contracts={"cheshire": "local"})
    table = standards_table([], small.journeys(), policy)
    assert {r["profile"] for r in table} == {"local"}
    assert all(r["illustrative"] for r in table)
