"""Which stops have been made, by reports that leave some out or come in another order than the plan's."""

from pts_optimiser.dayof import JourneyPhase, StopPhase
from pts_optimiser.dayof.follow import NO_REPORT, NOT_SEEN_OFF
from tests.dayof.feed import Feed


def stops(state, duty_id: str) -> list[str]:
    signs = {"pickup": "+", "dropoff": "-"}
    return [signs.get(stop.kind, stop.kind) + (stop.journey_id or "") for stop in state.duties[duty_id].stops]


def made(state, duty_id: str) -> list[str]:
    return stops(state, duty_id)[: len(state.duties[duty_id].done)]


def test_a_silent_stop_is_made_once_a_later_one_is_reported_and_the_state_says_so() -> None:
    feed = Feed()
    feed.stop("D1", "dropoff", "J1", arrived="08:26")
    state = feed.state("08:27")
    assert made(state, "D1") == ["start", "+J1", "+J2"]
    assert state.journeys["J2"].phase is JourneyPhase.ABOARD
    assert state.journeys["J2"].why == NO_REPORT
    assert state.journeys["J2"].pickup.depart_at <= state.journeys["J1"].dropoff.arrive_at


def test_a_departure_left_out_is_made_once_a_later_stop_is_reported() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:40", begun="08:00")
    feed.stop("D1", "pickup", "J2", arrived="08:15")
    pickup = feed.state("08:16").journeys["J1"].pickup
    assert (pickup.phase, pickup.why) == (StopPhase.DONE, NOT_SEEN_OFF)
    assert f"{pickup.depart_at:%H:%M}" == "08:03"


def test_stops_made_in_another_order_than_planned_are_shown_as_made() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="07:55")
    feed.stop("D1", "pickup", "J1", departed="08:10")
    state = feed.state("08:11")
    assert made(state, "D1") == ["start", "+J2", "+J1"]
    assert [rider.journey_id for rider in state.duties["D1"].aboard] == ["J2", "J1"]


def test_a_stop_that_is_not_due_for_long_is_not_made_by_a_later_one() -> None:
    feed = Feed()
    feed.stop("D1", "end", arrived="08:45")
    state = feed.state("08:46")
    assert made(state, "D1") == ["start", "+J1", "+J2", "-J1", "-J2", "end"]
    assert stops(state, "D1")[6:] == ["break", "+J3", "+J4", "-J4", "-J3", "end"]
    assert state.duties["D1"].done[-1].phase is StopPhase.IN_VAIN


def test_a_drop_off_is_not_made_before_its_pick_up() -> None:
    feed = Feed()
    feed.stop("D3", "dropoff", "J9", departed="09:30")
    feed.stop("D3", "pickup", "J8", departed="09:40")
    state = feed.state("09:41")
    assert made(state, "D3")[-3:] == ["+J9", "-J9", "+J8"]
    assert state.journeys["J8"].phase is JourneyPhase.ABOARD


def test_an_arrival_long_before_a_pick_up_is_forgotten_once_the_vehicle_does_something_else() -> None:
    feed = Feed()
    feed.stop("D2", "pickup", "J6", arrived="09:00")
    feed.stop("D2", "pickup", "J5", arrived="09:50", begun="10:05", departed="10:20")
    state = feed.state("10:21")
    assert made(state, "D2") == ["start", "+J5"]
    assert state.journeys["J6"].phase is JourneyPhase.OPEN


def test_what_a_duty_does_that_the_roster_does_not_have_is_carried_to_its_end() -> None:
    feed = Feed()
    feed.stop("D5", "pickup", "J13", arrived="10:00", departed="10:05")
    state = feed.state("10:06")
    assert stops(state, "D5") == ["start", "+J13", "-J13", "end"]
    assert state.journeys["J13"].phase is JourneyPhase.ABOARD
    assert state.journeys["J13"].dropoff.planned is None


def test_a_break_for_which_there_was_no_time_is_still_to_come() -> None:
    feed = Feed()
    feed.stop("D1", "dropoff", "J2", departed="11:40")
    feed.stop("D1", "pickup", "J3", arrived="11:50", departed="12:00")
    state = feed.state("12:01")
    assert state.duties["D1"].rest.phase == "due"
    assert stops(state, "D1")[6:] == ["+J4", "-J4", "-J3", "break", "end"]


def test_a_break_for_which_there_was_time_has_been_taken() -> None:
    feed = Feed()
    feed.stop("D1", "dropoff", "J2", departed="08:31")
    feed.stop("D1", "pickup", "J3", arrived="11:50")
    rest = feed.state("12:01").duties["D1"].rest
    assert (rest.phase, f"{rest.begin_at:%H:%M}") == ("taken", "11:15")
