"""What the state of the day lets no re-plan change."""

from __future__ import annotations

import pytest

from pts_optimiser.dayof import fold
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.events import (
    CalledOff,
    DutyExtended,
    DutyLost,
    JourneyBooked,
    Locked,
    Moved,
    NotReady,
    Unlocked,
)
from pts_optimiser.domain.journey import PlaceKind
from tests.checking import town
from tests.dayof.feed import Feed, at, crowded, extra, freezing, plan


def rules(feed: Feed, now: str) -> DayRules:
    return day_rules(plan(), feed.state(now))


def aboard_d3() -> Feed:
    feed = Feed("crews")
    feed.stop("D3", "start", departed="06:00")
    feed.stop("D3", "pickup", "J8", departed="09:13")
    return feed


def test_who_is_aboard_stays_with_the_duty_and_what_it_drives_to_is_frozen() -> None:
    found = rules(aboard_d3(), "09:15")
    assert found.aboard == {"J8": "D3", "J9": "D3"}
    assert found.frozen["D3"] == 5
    assert found.free["D3"].at == at("09:23:55")
    assert found.free["D3"].location == town.LABELS.index("b")


def test_of_a_lost_duty_only_what_it_made_counts_and_its_patients_are_to_be_rescued() -> None:
    feed = aboard_d3()
    feed("09:14", DutyLost("D3", "breakdown"))
    found = rules(feed, "09:15")
    assert found.lost == {"D3"}
    assert found.rescues == {"J8"}
    assert "D3" not in found.free
    assert "J8" not in found.aboard
    eight = next(journey for journey in day_journeys(feed.state("09:15")) if journey.journey_id == "J8")
    here = feed.state("09:15").duties["D3"].here.point
    assert (eight.pickup.lat, eight.pickup.lon, eight.pickup.kind) == (here.lat, here.lon, PlaceKind.HOME)
    assert found.frozen["D3"] == 3  # without the pick-up of whom it did not bring


def test_called_off_journeys_are_not_of_the_day() -> None:
    feed = Feed()
    feed("07:00", CalledOff("J5", "cancelled"))
    assert "J5" not in {journey.journey_id for journey in day_journeys(feed.state("07:05"))}
    assert "J5" not in rules(feed, "07:05").promises


def test_a_lock_holds_until_it_is_lifted_and_only_on_a_duty_that_works() -> None:
    feed = Feed()
    feed("07:00", Locked("J10", None, "ann", "promised"))
    assert rules(feed, "07:05").locks == {"J10": "D3"}
    feed("07:06", DutyLost("D3", "sickness"))
    assert rules(feed, "07:07").locks == {}
    home = Feed("crews")
    home("09:00", Locked("J10", "D2", "ann", "nearer"))
    assert rules(home, "09:05").locks == {"J10": "D2"}
    for journey_id in ("J5", "J6"):
        home("09:06", CalledOff(journey_id, "cancelled"))
    home.stop("D2", "start", departed="08:00")
    home.stop("D2", "end", arrived="09:10")
    assert rules(home, "09:15").locks == {}
    again = Feed()
    again("07:00", Locked("J10", None, "ann", "promised"))
    again("07:02", Unlocked("J10", "ann", ""))
    assert rules(again, "07:05").locks == {}


def test_an_extended_duty_has_another_end() -> None:
    feed = Feed()
    feed("07:00", DutyExtended("D1", at("17:00")))
    assert rules(feed, "07:05").ends == {"D1": at("17:00")}


@pytest.mark.parametrize(("ready", "promised"), [("13:00", "13:00"), ("12:01", "12:05")])
def test_a_patient_who_is_ready_later_moves_the_promise(ready: str, promised: str) -> None:
    feed = Feed()
    feed("07:00", NotReady("J3", at(ready)))
    assert rules(feed, "07:05").promises["J3"].pickup_at == at(promised)


def test_a_promise_made_for_other_details_is_void() -> None:
    feed = Feed()
    feed("07:00", JourneyBooked(extra("J3")))
    assert "J3" not in rules(feed, "07:05").promises
    again = Feed()
    again("07:00", JourneyBooked(plan().journeys["J3"]))
    assert "J3" in rules(again, "07:05").promises


def test_a_patient_picked_up_has_been_promised_nothing_more() -> None:
    assert "J8" not in rules(aboard_d3(), "09:15").promises


def test_what_begins_soon_stays_where_the_policy_says_so() -> None:
    day = freezing(3600)
    state = fold(day, [], at("06:10"))
    assert day_rules(plan(), state).frozen == {"D1": 0, "D2": 0, "D3": 1, "D4": 0, "D5": 0}
    found = day_rules(day, state)
    assert found.frozen == {"D1": 1, "D2": 0, "D3": 2, "D4": 0, "D5": 0}
    assert (found.free["D1"].at, found.free["D1"].location) == (at("07:00"), 0)


def test_the_way_home_is_not_frozen_so_nothing_comes_behind_it() -> None:
    day = freezing(24 * 3600)
    state = fold(day, [], at("06:10"))
    out = {duty_id: duty for duty_id, duty in state.duties.items() if duty.stops}
    assert {duty_id: day_rules(day, state).frozen[duty_id] for duty_id in out} == {
        duty_id: len(duty.stops) - 1 for duty_id, duty in out.items()
    }


def test_a_vehicle_on_the_way_to_what_can_wait_is_free_where_it_is() -> None:
    found = rules(Feed(), "06:10").free["D3"]
    assert (found.location, found.towards, found.share) == (0, town.LABELS.index("f"), 600 / 960)


def test_whom_the_plan_left_out_may_be_late_but_for_an_appointment_that_is_measured() -> None:
    feed = Feed()
    feed("08:00", JourneyBooked(extra("J20")))
    found = day_rules(crowded(), feed.state("08:05", crowded())).overdue
    assert found == dict.fromkeys(("J5", "J6", "J10"), 7200)
    never = crowded(most_late=0)
    assert day_rules(never, feed.state("08:05", never)).overdue == {}


def test_who_has_been_put_on_a_duty_by_hand_may_still_be_late_but_not_who_was_called_off() -> None:
    feed = Feed()
    feed("08:00", Moved("J5", "D2", "ann", "nearer"))
    feed("08:00", CalledOff("J10", "too_ill"))
    assert day_rules(crowded(), feed.state("08:05", crowded())).overdue.keys() == {"J5", "J6"}
