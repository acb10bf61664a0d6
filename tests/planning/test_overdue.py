"""Who had no place: served in time where that can be, late where not, and given up only when that has passed too."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, Plan, fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import ChangeKind
from pts_optimiser.dayof.overdue import past_limit
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.clock import moment_at
from pts_optimiser.domain.events import DutyDelayed, JourneyBooked, Moved
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.planning.replan import Proposal, Replanner, Replanning
from pts_optimiser.planning.replan.options import Desk
from pts_optimiser.planning.replan.overdue import as_late_as_they_stand, times_passed
from pts_optimiser.planning.replan.prices import LATE_S
from tests.dayof.feed import Feed, crowded, extra, plan, random_events
from tests.planning.test_replan import QUICK, replanned, served_or_left

BY_HAND = Replanning(iterations=0, workers=1, most_changes_percent=0)
TIED = "J6"
"""Of those left out, the one whose arrival counts."""


def late_by(found: Proposal, journey_id: str) -> int | None:
    """Seconds after its hard limit; None where it has no place."""
    kind = StopKind.DROPOFF if journey_id == TIED else StopKind.PICKUP
    stops = (stop for duty in found.duties for stop in duty.stops)
    begins = [stop.begin_at for stop in stops if (stop.kind, stop.journey_id) == (kind, journey_id)]
    journey = crowded().journeys[journey_id]
    return past_limit(journey, begins[0], crowded().policy) if begins else None


def day_at(now: str, of: Plan | None = None) -> DayState:
    return Feed().state(now, of or crowded())


@pytest.mark.parametrize(("now", "journey_id"), [("08:30", "J5"), ("08:30", TIED), ("11:30", "J10")])
def test_who_can_be_served_in_time_is(now: str, journey_id: str) -> None:
    found, diff, broken = replanned(day_at(now), of=crowded())
    assert not broken
    late = late_by(found, journey_id)
    assert late is not None
    assert late <= 0
    [placed] = [change for change in diff.changes if change.journey_id == journey_id]
    assert placed.why == "was left out before"


@pytest.mark.parametrize(("now", "journey_id", "words"), [("11:35", "J5", "fetched"), ("13:15", TIED, "arrives")])
def test_who_is_past_the_limit_is_served_late_and_the_diff_says_so(now: str, journey_id: str, words: str) -> None:
    found, diff, broken = replanned(day_at(now), of=crowded())
    assert not broken
    late = late_by(found, journey_id)
    assert late is not None
    assert 0 < late <= 7200
    [placed] = [change for change in diff.of_kind(ChangeKind.PLACED) if change.journey_id == journey_id]
    said = f"{words} {-(-late // 60)} min after the limit"
    assert placed.why.startswith(f"was left out before; {said}")


def test_a_new_booking_is_first_tried_in_time() -> None:
    feed = Feed("booking")
    feed("14:05", JourneyBooked(extra("J20")))  # ready at 12:30, so its limit has passed
    found, _, broken = replanned(feed.state("14:10", crowded()), of=crowded())
    assert not broken
    assert "J20" in {left.journey_id for left in found.unserved}


def test_nobody_is_served_late_where_the_policy_says_never() -> None:
    strict = crowded(most_late=0)
    found, _, broken = replanned(day_at("11:35", strict), of=strict)
    assert not broken
    assert late_by(found, "J5") is None
    assert "J5" in {left.journey_id for left in found.unserved}


@pytest.mark.parametrize(("now", "passed"), [("13:30", False), ("13:30:01", True)])
def test_it_is_too_late_only_when_the_extension_has_passed(now: str, passed: bool) -> None:
    state = day_at(now)
    assert ("J5" in times_passed(crowded(), state, day_rules(crowded(), state))) == passed


def test_an_appointment_that_is_measured_is_given_up_at_its_limit() -> None:
    state = day_at("11:10:01")
    assert times_passed(crowded(), state, day_rules(crowded(), state)) == {"J13"}


def test_who_is_put_on_a_duty_by_hand_may_come_late_too() -> None:
    feed = Feed()
    feed("11:35", Moved("J5", "D2", "ann", "asked for"))
    found, _, broken = replanned(feed.state("11:36", crowded()), BY_HAND, crowded())
    assert not broken
    late = late_by(found, "J5")
    assert late is not None
    assert late > 0


def late_duty(minutes: int = 150) -> Feed:
    """D1, which is to fetch J4 at ten past twelve, comes so much later."""
    feed = Feed()
    feed.stop("D1", "start", departed="06:00")
    feed("11:20", DutyDelayed("D1", minutes))
    return feed


@pytest.mark.parametrize("minutes", [60, 150])
def test_who_is_late_already_can_be_put_by_hand_wherever_options_say(minutes: int) -> None:
    feed = late_duty(minutes)
    state = feed.state("12:20")
    desk = Desk(plan(), state, standing_roster(plan(), state), day_rules(plan(), state))
    options = [option for option in desk.of("J4", 5).options if option.duty_id != "D1"]
    assert options
    for option in options:
        moved = Feed("hand")
        moved("12:20", Moved("J4", option.duty_id, "ann", "nearer"))
        said = fold(plan(), [*feed.events, *moved.events], state.now)
        before, rules = standing_roster(plan(), said), day_rules(plan(), said)
        rules = as_late_as_they_stand(rules, state, ["J4"], plan().policy)
        found = Replanner(plan().policy).propose(plan(), said, before, rules, BY_HAND)
        after = replace(before, duties=found.duties, unserved=found.unserved)
        duties = tuple(duty.duty for duty in said.duties.values())
        assert not check_day(after, before, rules, day_journeys(said), duties, plan().policy, found.travel)
        assert "J4" not in {left.journey_id for left in found.unserved}


def test_by_hand_nobody_may_be_later_than_they_stand() -> None:
    state = late_duty().state("12:20")
    pickup = state.journeys["J4"].pickup
    assert pickup is not None
    rules = as_late_as_they_stand(day_rules(plan(), state), state, ["J4"], plan().policy)
    assert rules.stood == {"J4": pickup.begin_at}
    assert rules.overdue == {"J4": past_limit(plan().journeys["J4"], pickup.begin_at, plan().policy)}
    in_time = late_duty(60).state("12:20")
    assert not as_late_as_they_stand(day_rules(plan(), in_time), in_time, ["J4"], plan().policy).overdue


def test_options_are_what_a_re_plan_may_do() -> None:
    state = day_at("11:35")
    desk = Desk(crowded(), state, standing_roster(crowded(), state), day_rules(crowded(), state))
    [option] = desk.of("J5", 3).options
    assert option.duty_id == "D2"
    assert 0 < past_limit(crowded().journeys["J5"], option.pickup_at, crowded().policy) <= 7200
    assert option.misses == ("collect",)
    assert option.price_s >= LATE_S
    assert not desk.of("J13", 3).options


def test_no_list_of_events_leads_to_a_late_plan_that_breaks_a_rule_or_loses_anybody() -> None:
    late = 0
    for seed in range(60):
        rng = Random(seed)
        events, minute = random_events(rng, most=12), rng.randint(9 * 60, 15 * 60)
        state = fold(crowded(), events, moment_at(crowded().origin, minute * 60))
        found, diff, broken = replanned(state, QUICK, crowded())
        assert broken == [], seed
        assert served_or_left(found) == sorted(journey.journey_id for journey in day_journeys(state)), seed
        late += any("after the limit" in change.why for change in diff.of_kind(ChangeKind.PLACED))
    assert late > 10
