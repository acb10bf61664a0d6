"""The rest of a day planned anew: better or the same, within the rules of the day whatever was reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from pts_optimiser.checking import Violation
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, Plan, fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import ChangeKind, Diff, difference
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.clock import moment_at
from pts_optimiser.domain.events import CalledOff, DutyLost, Event, JourneyBooked, Locked
from pts_optimiser.planning.replan import Proposal, Replanner, Replanning
from tests.dayof.feed import Feed, at, extra, plan, random_events

QUICK = Replanning(iterations=200, workers=1)


def replanned(
    state: DayState, how: Replanning = QUICK, of: Plan | None = None
) -> tuple[Proposal, Diff, list[Violation]]:
    of = of or plan()
    before, rules = standing_roster(of, state), day_rules(of, state)
    found = Replanner(of.policy).propose(of, state, before, rules, how)
    after = replace(before, duties=found.duties, unserved=found.unserved)
    duties = tuple(duty.duty for duty in state.duties.values())
    broken = check_day(after, before, rules, day_journeys(state), duties, of.policy, found.travel)
    return found, difference(before, after, state, found.driving_s, of.policy), broken


def served_or_left(found: Proposal) -> list[str]:
    """Journeys that are served, and those left out: who is both comes twice."""
    served = {stop.journey_id for duty in found.duties for stop in duty.stops if stop.journey_id}
    return sorted([*served, *(left.journey_id for left in found.unserved)])


def broken_by(events: Sequence[Event], minute: int) -> list[Violation]:
    now = moment_at(plan().origin, minute * 60)
    return replanned(fold(plan(), events, now))[2]


@pytest.mark.parametrize("seed", range(80))
def test_no_list_of_events_leads_to_a_plan_that_breaks_a_rule(seed: int) -> None:
    rng = Random(seed)
    assert broken_by(random_events(rng), rng.randint(5 * 60, 15 * 60)) == []


@pytest.mark.soak
@pytest.mark.parametrize("thousand", range(1, 4))
def test_thousands_of_lists(thousand: int, record_property: Callable[[str, object], None]) -> None:
    seeds = range(1000 * thousand, 1000 * (thousand + 1))
    for seed in seeds:
        rng = Random(seed)
        assert broken_by(random_events(rng), rng.randint(5 * 60, 15 * 60)) == [], seed
    record_property("cases", len(seeds))


def test_where_nothing_has_happened_nobody_is_taken_to_another_duty_for_little() -> None:
    found, diff, broken = replanned(Feed().state("06:30"))
    assert not broken
    assert found.gained_s >= 0
    assert len(diff.of_kind(ChangeKind.MOVED)) * plan().policy.dayof.move_price <= found.gained_s


def test_a_journey_booked_on_the_day_gets_a_place_and_the_diff_says_why() -> None:
    feed = Feed("booking")
    feed("08:00", JourneyBooked(extra("J20")))
    found, diff, broken = replanned(feed.state("08:10"))
    assert not broken
    [placed] = [change for change in diff.of_kind(ChangeKind.PLACED) if change.journey_id == "J20"]
    assert placed.why == "booked on the day"
    assert placed.to_duty in found.changed
    assert placed.to_duty in diff.told
    assert placed.pickup_after is not None
    assert placed.pickup_after >= at("12:30")


def test_what_would_take_a_journey_is_said_by_the_clock_and_from_a_base() -> None:
    feed = Feed("booking")
    feed("12:00", JourneyBooked(extra("J20", ready_at=at("17:30"))))
    found, _, broken = replanned(feed.state("12:05"))
    assert not broken
    [left] = [each for each in found.unserved if each.journey_id == "J20"]
    said = re.search(r"duty at (.+) from (..:..) until (..:..) would take it", left.reasons[0].action)
    assert said is not None
    base, start, end = said.groups()
    assert base in {duty.base for duty in plan().duties.values()}
    assert "17:00" <= start < "17:30"
    assert "17:30" < end <= "18:30"


def test_with_no_change_allowed_only_who_has_no_place_is_given_one() -> None:
    feed = Feed("booking")
    feed("08:00", JourneyBooked(extra("J20")))
    feed("08:00", CalledOff("J4", "too_ill"))
    _, diff, broken = replanned(feed.state("08:10"), replace(QUICK, most_changes_percent=0))
    assert not broken
    assert not diff.of_kind(ChangeKind.MOVED)
    assert diff.of_kind(ChangeKind.PLACED)


def test_who_was_aboard_a_lost_vehicle_is_fetched_and_its_other_journeys_are_placed_or_explained() -> None:
    feed = Feed("crews")
    feed.stop("D3", "start", departed="06:00")
    feed.stop("D3", "pickup", "J8", departed="09:13")
    feed("09:14", DutyLost("D3", "breakdown"))
    found, diff, broken = replanned(feed.state("09:20"))
    assert not broken
    served = {stop.journey_id for duty in found.duties if duty.duty_id != "D3" for stop in duty.stops}
    left = {each.journey_id for each in found.unserved}
    assert {"J8", "J9", "J10"} <= served | left
    assert "J8" in served
    why = {change.journey_id: change.why for change in diff.changes}
    assert "lost" in why["J8"]


def test_a_lock_keeps_a_journey_where_it_is() -> None:
    feed = Feed()
    feed("06:00", Locked("J4", None, "ann", "promised the driver"))
    feed("06:00", DutyLost("D2", "sickness"))
    _, diff, broken = replanned(feed.state("06:10"))
    assert not broken
    assert "J4" not in {change.journey_id for change in diff.of_kind(ChangeKind.MOVED)}
