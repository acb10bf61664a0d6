"""The standing roster: what was made as it was made, the rest as projected, every journey in one list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.checking import check
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState, JourneyPhase, Plan, fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.domain.events import CalledOff, DutyLost, JourneyBooked, Moved
from pts_optimiser.domain.roster import Aboard, Roster, RosteredDuty, StopKind
from pts_optimiser.domain.roster_json import roster_document, roster_from_document
from tests.dayof.feed import Feed, at, extra, plan, random_events

LISTS = 2_000


def violations(plan: Plan, state: DayState) -> list[str]:
    stood = standing_roster(plan, state)
    duties = list(plan.duties.values())
    rules = day_rules(plan, state)
    return [str(v) for v in check_day(stood, stood, rules, day_journeys(state), duties, plan.policy, plan.travel)]


def entry(roster: Roster, duty_id: str) -> RosteredDuty:
    return next(entry for entry in roster.duties if entry.duty_id == duty_id)


def reasons(roster: Roster) -> dict[str, str]:
    return {left.journey_id: left.reasons[0].code for left in roster.unserved}


def check_one_list(rng: Random) -> None:
    now = at("00:00") + timedelta(minutes=rng.randint(300, 1000))
    day = plan(pairs=True)
    state = fold(day, random_events(rng), now)
    stood = standing_roster(day, state)
    assert violations(day, state) == []
    assert roster_from_document(json.loads(json.dumps(roster_document(stood)))) == stood
    served = Counter(s.journey_id for e in stood.duties for s in e.stops if s.kind is StopKind.PICKUP)
    lists = served + Counter(left.journey_id for left in stood.unserved)
    assert lists == Counter(journey.journey_id for journey in day_journeys(state))


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_was_said_the_plan_as_it_stands_keeps_the_rules_of_the_day(rng: Random) -> None:
    check_one_list(rng)


@pytest.mark.soak
def test_the_same_over_many_lists(record_property: Callable[[str, object], None]) -> None:
    for seed in range(LISTS):
        check_one_list(Random(seed))
    record_property("cases", LISTS)


@pytest.mark.parametrize("now", ["05:00", "08:20", "09:25", "12:10", "14:00"])
def test_a_day_of_which_nothing_is_said_stands_as_planned(now: str) -> None:
    day = plan()
    stood = standing_roster(day, fold(day, [], at(now)))
    assert stood == day.roster
    assert check(stood, list(day.journeys.values()), list(day.duties.values()), day.policy, day.travel) == []


def test_what_is_reported_stands_as_it_was_and_the_rest_follows() -> None:
    feed = Feed("crews")
    feed.stop("D1", "start", departed="07:05")
    feed.stop("D1", "pickup", "J1", arrived="07:20", begun="08:10", departed="08:20")
    stops = entry(standing_roster(plan(), feed.state("08:25")), "D1").stops
    assert (stops[1].arrive_at, stops[1].begin_at, stops[1].depart_at) == (at("07:20"), at("08:10"), at("08:20"))
    assert stops[1].travel_s == 15 * 60
    assert stops[2].arrive_at == at("08:20") + timedelta(seconds=475)
    assert [stop.anchor_at for stop in stops] == [None] * len(stops)


def test_a_stop_an_hour_late_has_its_new_time_as_anchor() -> None:
    feed = Feed("crews")
    feed.stop("D3", "start", departed="06:00")
    feed.stop("D3", "pickup", "J7", begun="08:30", departed="08:33")
    stops = entry(standing_roster(plan(), feed.state("08:34")), "D3").stops
    late = [stop for stop in stops if stop.anchor_at is not None]
    assert [stop.journey_id for stop in late] == ["J7", "J7"]
    assert all(stop.anchor_at == stop.begin_at for stop in late)
    assert violations(plan(), feed.state("08:34")) == []


def test_a_stop_made_in_vain_is_not_of_the_roster_but_its_way_is() -> None:
    feed = Feed("crews")
    feed.stop("D1", "start", departed="07:00")
    feed.stop("D1", "pickup", "J1", arrived="07:55")
    feed("07:58", CalledOff("J1", "too_ill", aborted=True, keep_return=True))
    feed.stop("D1", "pickup", "J1", departed="08:00")
    state = feed.state("08:01")
    assert state.journeys["J1"].phase is JourneyPhase.ABORTED
    stops = entry(standing_roster(plan(), state), "D1").stops
    assert [stop.journey_id for stop in stops[:3]] == [None, "J2", "J2"]
    metres = plan().travel.metres
    assert stops[1].travel_m == metres[0, 3] + metres[3, 4]
    assert stops[1].travel_s == (stops[1].arrive_at - stops[0].depart_at).total_seconds()
    assert "J1" not in reasons(standing_roster(plan(), state))
    assert violations(plan(), state) == []


def test_booked_moved_and_stranded_journeys_are_unserved_with_the_reason() -> None:
    feed = Feed()
    feed("09:00", JourneyBooked(extra("J20")))
    feed("09:05", Moved("J10", "D5", "ann", "nearer"))
    feed.stop("D1", "start", departed="07:00")
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed("08:10", DutyLost("D1", "breakdown"))
    stood = standing_roster(plan(), feed.state("09:10"))
    assert reasons(stood) == {
        "J13": "no_capacity",
        "J20": "not_placed_yet",
        "J10": "not_placed_yet",
        "J1": "vehicle_lost",
        "J2": "vehicle_lost",
        "J3": "vehicle_lost",
        "J4": "vehicle_lost",
    }
    assert [stop.kind for stop in entry(stood, "D1").stops] == [StopKind.START]


def test_loads_and_layouts_are_those_of_who_is_really_aboard() -> None:
    feed = Feed()
    feed("09:00", CalledOff("J3", "cancelled"))
    stops = entry(standing_roster(plan(), feed.state("09:10")), "D1").stops
    four = [stop for stop in stops if stop.journey_id == "J4"]
    assert [stop.aboard for stop in four] == [Aboard(1, 1), Aboard()]
    assert [stop.layout for stop in four] == [1, 1]


def test_a_run_that_its_planned_layout_does_not_hold_has_another() -> None:
    feed = Feed("crews")
    feed.stop("D5", "pickup", "J3", begun="12:05", departed="12:12")
    stops = entry(standing_roster(plan(), feed.state("12:13")), "D5").stops
    assert [stop.layout for stop in stops if stop.journey_id == "J3"] == [1, 1]


def test_a_place_that_the_travel_times_do_not_hold_is_an_error_that_names_it() -> None:
    far = replace(extra("J20"), pickup=replace(extra().pickup, lat=53.9))
    feed = Feed("crews")
    feed("09:00", JourneyBooked(far))
    feed.stop("D5", "pickup", "J20", begun="12:40", departed="12:45")
    with pytest.raises(TravelTimesError, match="the pickup of J20"):
        standing_roster(plan(), feed.state("12:50"))
    assert np.all(plan().travel.lat < 53.9)
