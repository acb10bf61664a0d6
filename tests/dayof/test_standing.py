"""Journeys: booked, called off, ready, moved, locked."""

from dataclasses import replace

import pytest

from pts_optimiser.dayof import JourneyPhase, Oddity, plan_of
from pts_optimiser.domain.events import CalledOff, JourneyBooked, Locked, Moved, NotReady, Ready, Unlocked
from tests.checking.builder import scenario
from tests.dayof.feed import Feed, at, extra, plan

PAIRS = plan(pairs=True)  # J1 inward with J3 outward, J2 with J4


def oddities(state) -> list[str]:
    return [anomaly.oddity for anomaly in state.anomalies]


def test_a_booking_on_the_day_waits_for_a_place() -> None:
    feed = Feed()
    feed("09:00", JourneyBooked(extra()))
    state = feed.state("09:00")
    assert state.journeys["J20"].phase is JourneyPhase.BOOKED
    assert list(state.journeys)[-1] == "J20"
    assert state.to_place() == ("J13", "J20")


def test_a_booking_that_the_roster_has_taken_in_is_a_journey_like_any_other() -> None:
    feed = Feed()
    feed("06:00", JourneyBooked(plan().journeys["J3"]))
    state = feed.state("09:00")
    assert state.journeys["J3"].phase is JourneyPhase.OPEN
    assert state.anomalies == ()


def test_a_journey_booked_again_with_other_details_is_shown() -> None:
    feed = Feed()
    feed("06:00", JourneyBooked(replace(plan().journeys["J3"], escorts=2)))
    state = feed.state("09:00")
    assert state.journeys["J3"].journey.escorts == 2
    assert oddities(state) == [Oddity.BOOKED_AGAIN]


@pytest.mark.parametrize(("aborted", "phase"), [(False, "cancelled"), (True, "aborted")])
def test_a_journey_called_off_leaves_its_duty(aborted: bool, phase: str) -> None:
    feed = Feed()
    feed("06:00", CalledOff("J2", "too_ill", aborted=aborted))
    state = feed.state("06:00")
    journey = state.journeys["J2"]
    assert (journey.phase, journey.reason, journey.duty_id, journey.pickup) == (phase, "too_ill", None, None)
    assert "J2" not in {stop.journey_id for stop in state.duties["D1"].stops}


def test_an_inward_journey_called_off_takes_its_outward_with_it() -> None:
    feed = Feed()
    feed("06:00", CalledOff("J1", "too_ill", aborted=True))
    journeys = feed.state("06:00", PAIRS).journeys
    assert journeys["J1"].phase is JourneyPhase.ABORTED
    assert (journeys["J3"].phase, journeys["J3"].reason) == (JourneyPhase.CANCELLED, "too_ill")
    assert "inward" in journeys["J3"].why
    assert journeys["J4"].phase is JourneyPhase.OPEN


def test_but_not_where_the_return_is_kept_or_it_is_the_outward_that_is_called_off() -> None:
    feed = Feed()
    feed("06:00", CalledOff("J1", "own_way", keep_return=True))
    feed("06:00", CalledOff("J4", "own_way"))
    journeys = feed.state("06:00", PAIRS).journeys
    assert journeys["J3"].phase is journeys["J2"].phase is JourneyPhase.OPEN


def test_booked_again_after_it_was_called_off_a_journey_is_on_again() -> None:
    feed = Feed()
    feed("06:00", CalledOff("J1", "too_ill"))
    feed("06:10", JourneyBooked(PAIRS.journeys["J1"]))
    journeys = feed.state("06:10", PAIRS).journeys
    assert journeys["J1"].phase is journeys["J3"].phase is JourneyPhase.OPEN
    feed("06:20", CalledOff("J1", "too_ill"))
    feed("06:30", JourneyBooked(PAIRS.journeys["J3"]))
    journeys = feed.state("06:30", PAIRS).journeys
    assert journeys["J1"].phase is JourneyPhase.CANCELLED
    assert journeys["J3"].phase is JourneyPhase.OPEN


def test_ready_moves_the_time_from_which_an_outward_journey_can_be_collected() -> None:
    feed = Feed()
    feed("11:40", Ready("J3"))
    journey = feed.state("11:40").journeys["J3"]
    assert (journey.said_ready, journey.journey.ready_at, journey.wait_from) == (True, at("11:40"), at("12:00"))


def test_not_ready_moves_it_too_and_the_plan_waits() -> None:
    feed = Feed()
    feed("11:40", Ready("J3"))
    feed("11:50", NotReady("J3", at("13:00")))
    state = feed.state("11:50")
    journey = state.journeys["J3"]
    assert (journey.said_ready, journey.journey.ready_at, journey.wait_from) == (False, at("13:00"), at("13:00"))
    assert journey.pickup.begin_at == at("13:00")
    assert journey.promised[0] == at("12:05")
    assert state.journeys["J4"].pickup.begin_at > at("13:00")


def test_an_inward_patient_who_is_not_ready_is_waited_for() -> None:
    feed = Feed()
    feed("07:30", NotReady("J1", at("08:20")))
    assert feed.state("07:30").journeys["J1"].pickup.begin_at == at("08:20")


def test_ready_after_it_was_called_off_is_shown_and_changes_nothing() -> None:
    feed = Feed()
    feed("11:00", CalledOff("J3", "own_way"))
    feed("11:30", Ready("J3"))
    state = feed.state("12:00")
    assert state.journeys["J3"].phase is JourneyPhase.CANCELLED
    assert oddities(state) == [Oddity.READY_BUT_CALLED_OFF]


def test_a_move_takes_a_journey_to_another_duty_and_keeps_it_there() -> None:
    feed = Feed()
    feed("07:00", Moved("J3", "D5", "ann", "nearer"))
    state = feed.state("07:00")
    journey = state.journeys["J3"]
    assert (journey.phase, journey.duty_id, journey.pickup) == (JourneyPhase.OPEN, "D5", None)
    assert (journey.lock.duty_id, journey.lock.user, journey.lock.at) == ("D5", "ann", at("07:00"))
    assert state.duties["D5"].unplaced == ("J3",)
    assert "J3" in state.to_place()
    feed("07:10", Unlocked("J3", "ann", ""))
    journey = feed.state("07:10").journeys["J3"]
    assert (journey.duty_id, journey.lock) == ("D5", None)


def test_a_lock_without_duty_holds_a_journey_where_it_is() -> None:
    feed = Feed()
    feed("07:00", Locked("J3", None, "ann", "promised"))
    journey = feed.state("07:00").journeys["J3"]
    assert journey.lock.duty_id == journey.duty_id == "D1"
    assert journey.pickup is not None


def test_moves_that_the_roster_has_taken_in_are_not_made_again() -> None:
    made = scenario()
    later = plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel, planned_at=at("07:30"))
    feed = Feed()
    feed("07:00", Moved("J3", "D5", "ann", "nearer"))
    feed("07:10", Unlocked("J3", "ann", ""))
    assert feed.state("07:40", later).journeys["J3"].duty_id == "D1"
    feed("07:35", Moved("J3", "D5", "ann", "nearer"))
    assert feed.state("07:40", later).journeys["J3"].duty_id == "D5"


def test_a_move_of_the_second_in_which_the_roster_was_made_counts() -> None:
    made = scenario()
    later = plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel, planned_at=at("07:30"))
    feed = Feed()
    feed("07:30", Moved("J3", "D5", "ann", "nearer"))
    assert feed.state("07:30", later).journeys["J3"].duty_id == "D5"


def test_a_lock_that_the_roster_does_not_keep_is_shown() -> None:
    made = scenario()
    later = plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel, planned_at=at("07:30"))
    feed = Feed()
    feed("07:00", Locked("J3", "D5", "ann", "promised"))
    assert oddities(feed.state("07:40", later)) == [Oddity.LOCKED_ELSEWHERE]


def test_a_move_after_the_pick_up_comes_too_late() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed("08:05", Moved("J1", "D5", "ann", "nearer"))
    state = feed.state("08:06")
    assert (state.journeys["J1"].phase, state.journeys["J1"].duty_id) == (JourneyPhase.ABOARD, "D1")
    assert oddities(state) == [Oddity.MOVED_TOO_LATE]


def test_a_move_to_a_duty_that_nobody_knows_is_shown_and_not_made() -> None:
    feed = Feed()
    feed("07:00", Moved("J3", "D9", "ann", "nearer"))
    state = feed.state("07:00")
    assert state.journeys["J3"].duty_id == "D1"
    assert Oddity.UNKNOWN_DUTY in oddities(state)
