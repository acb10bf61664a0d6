"""What follows from the last report: stops that must have been made, stops to come and when."""

from datetime import timedelta

import pytest

from pts_optimiser.dayof import DutyPhase, JourneyPhase, Oddity, StopPhase, plan_of
from pts_optimiser.dayof.onward import OVERDUE, SEEN_AWAY, SILENT_DAY
from pts_optimiser.domain.events import (
    Box,
    CalledOff,
    DutyDelayed,
    DutyExtended,
    Moved,
    Position,
    Stage,
    StopReported,
    TravelChanged,
)
from pts_optimiser.domain.roster import StopKind
from tests.checking import town
from tests.checking.builder import PLAN, scenario
from tests.dayof.feed import Feed, at

ELSEWHERE = StopReported("D5", StopKind.START, None, Stage.ARRIVED)  # somebody reports, so silence means something


def times(stop) -> tuple[str, str, str]:
    return tuple(f"{moment:%H:%M}" for moment in (stop.arrive_at, stop.begin_at, stop.depart_at))


def test_stops_to_come_follow_from_the_last_departure() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:25")
    state = feed.state("08:26")
    assert times(state.journeys["J1"].dropoff) == ("08:35", "08:39", "08:40")
    assert times(state.journeys["J2"].dropoff) == ("08:40", "08:40", "08:42")
    assert times(state.journeys["J3"].pickup) == ("11:45", "12:05", "12:12")


def test_what_was_not_reported_is_never_in_the_past() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:25")
    state = feed.state("08:50")
    assert times(state.journeys["J1"].dropoff) == ("08:50", "08:54", "08:55")


def test_a_stop_under_way_is_left_no_earlier_than_now() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00")
    state = feed.state("08:20")
    assert state.duties["D1"].under_way.journey_id == "J1"
    assert times(state.journeys["J1"].pickup) == ("07:50", "08:00", "08:20")
    assert state.journeys["J1"].phase is JourneyPhase.OPEN


def test_half_an_hour_after_it_was_due_a_silent_stop_is_taken_as_made() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    assert feed.state("08:59").journeys["J1"].phase is JourneyPhase.ABOARD
    journey = feed.state("09:00").journeys["J1"]
    assert (journey.phase, journey.why) == (JourneyPhase.DONE, OVERDUE)
    assert times(journey.dropoff) == ("08:24", "08:28", "08:29")


def test_where_no_crew_reports_at_all_stops_are_made_when_they_are_planned() -> None:
    journey = Feed().state("08:30").journeys["J1"]
    assert (journey.phase, journey.why) == (JourneyPhase.DONE, SILENT_DAY)


def test_a_duty_that_has_not_been_heard_of_is_late_before_it_is_taken_as_gone() -> None:
    feed = Feed()
    feed("06:00", ELSEWHERE)
    duty = feed.state("07:20").duties["D1"]
    assert duty.phase is DutyPhase.NOT_STARTED
    assert times(duty.stops[0]) == ("07:20", "07:20", "07:20")
    assert duty.stops[1].phase is StopPhase.AHEAD
    assert feed.state("07:31").duties["D1"].phase is DutyPhase.OUT


def test_a_late_start_puts_the_start_off_and_what_has_no_slack() -> None:
    feed = Feed()
    feed("06:45", DutyDelayed("D1", 55))
    state = feed.state("06:45")
    assert times(state.duties["D1"].stops[0])[2] == "07:55"
    assert times(state.journeys["J1"].pickup)[:2] == ("08:05", "08:05")
    assert state.duties["D1"].delay_s == 3300
    assert state.duties["D1"].free.at == at("07:55")


def test_a_delay_on_the_way_counts_at_the_next_stop() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    feed("08:16", DutyDelayed("D1", 30))
    state = feed.state("08:16")
    assert times(state.journeys["J1"].dropoff)[0] == "08:54"
    assert times(state.journeys["J2"].dropoff)[0] == "08:59"
    feed.stop("D1", "dropoff", "J1", arrived="08:30")
    assert times(feed.state("08:30").journeys["J1"].dropoff)[0] == "08:30"


def test_a_position_on_the_way_says_how_far_there_is_to_go() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    lat, lon = (town.LAT["b"] + town.LAT["hospital"]) / 2, (town.LON["b"] + town.LON["hospital"]) / 2
    feed("08:30", Position("D1", lat, lon))
    state = feed.state("08:30")
    assert times(state.journeys["J1"].dropoff)[0] == "08:35"  # half of 10 min 16 s
    here = state.duties["D1"].here
    assert (here.point.lat, here.point.lon, here.at) == (lat, lon, at("08:30"))
    assert here.point.share == pytest.approx(0.5, abs=0.01)


def test_a_vehicle_seen_at_its_next_stop_is_there() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    feed("08:20", Position("D1", town.LAT["hospital"], town.LON["hospital"]))
    state = feed.state("08:22")
    assert times(state.journeys["J1"].dropoff)[0] == "08:22"


def test_a_vehicle_seen_far_from_the_stop_of_its_last_report_has_left_it() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00")
    feed("08:09", Position("D1", town.LAT["b"], town.LON["b"]))
    state = feed.state("08:10")
    assert (state.journeys["J1"].phase, state.journeys["J1"].why) == (JourneyPhase.ABOARD, SEEN_AWAY)


def test_a_vehicle_seen_on_its_way_is_on_its_way_however_long_that_takes() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    lat, lon = (town.LAT["b"] + town.LAT["hospital"]) / 2, (town.LON["b"] + town.LON["hospital"]) / 2
    feed("09:20", Position("D1", lat, lon))
    state = feed.state("09:21")
    assert state.journeys["J1"].phase is JourneyPhase.ABOARD
    assert times(state.journeys["J1"].dropoff)[0] == "09:25"


def test_a_vehicle_seen_elsewhere_later_has_gone_on_meanwhile() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    feed("12:20", Position("D1", town.LAT["d"], town.LON["d"]))
    state = feed.state("12:21")
    assert state.journeys["J1"].phase is JourneyPhase.DONE
    assert state.anomalies == ()


def test_positions_alone_do_not_make_a_crew_one_that_reports() -> None:
    feed = Feed()
    feed("08:15", Position("D1", town.LAT["b"], town.LON["b"]))
    state = feed.state("08:20")
    assert [rider.journey_id for rider in state.duties["D1"].aboard] == ["J1", "J2"]


def test_a_position_beyond_belief_is_shown_and_not_used() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J2", departed="08:14")
    feed("08:16", Position("D1", 50.0, 1.0))
    state = feed.state("08:16")
    assert [anomaly.oddity for anomaly in state.anomalies] == [Oddity.POSITION_OFF_ROUTE]
    assert times(state.journeys["J1"].dropoff)[0] == "08:24"


def test_an_empty_vehicle_with_long_to_wait_is_free_meanwhile() -> None:
    feed = Feed()
    feed.stop("D2", "start", departed="08:00")
    driving = feed.state("08:04").duties["D2"]  # to J5, who is promised 10:05
    assert driving.committed is None
    assert driving.free.at == at("08:04")
    assert driving.here.point.towards == driving.stops[1].point.location
    feed.stop("D2", "pickup", "J5", arrived="08:08")
    there = feed.state("08:30").duties["D2"]
    assert (there.frozen, there.stops[1].phase, there.free.at) == (1, StopPhase.WAITING, at("08:30"))
    assert there.free.point == there.stops[1].point
    assert times(there.stops[1]) == ("08:08", "10:05", "10:20")
    assert feed.state("09:51").duties["D2"].under_way.journey_id == "J5"


def test_a_vehicle_on_its_way_to_a_stop_that_is_due_is_committed_to_it() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    duty = feed.state("08:05").duties["D1"]
    assert duty.committed.journey_id == "J2"
    assert duty.frozen == 3
    assert duty.free.point == duty.committed.point
    assert duty.free.at == duty.committed.depart_at


def test_a_vehicle_whose_next_stop_is_called_off_on_the_way_is_free_where_it_is() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed("08:05", CalledOff("J2", "own_way"))
    duty = feed.state("08:06").duties["D1"]
    assert duty.committed is None
    assert duty.free.at == at("08:06")
    assert (duty.here.point.location, duty.here.point.towards) == (3, 4)  # from a to b
    assert 0.2 < duty.here.point.share < 0.4
    assert "called off" in duty.here.why


def test_or_moved_away() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed("08:05", Moved("J2", "D5", "ann", ""))
    assert feed.state("08:06").duties["D1"].committed is None


def test_called_off_before_the_vehicle_left_the_stop_is_simply_not_there() -> None:
    feed = Feed()
    feed("08:00", CalledOff("J2", "own_way"))
    feed.stop("D1", "pickup", "J1", departed="08:03")
    duty = feed.state("08:06").duties["D1"]
    assert (duty.committed.kind, duty.committed.journey_id) == ("dropoff", "J1")


def test_travel_that_has_changed_is_driven_so() -> None:
    feed = Feed()
    feed("08:00", TravelChanged(Box(50, -5, 60, 5), (), 2.0, at("08:00"), at("09:00")))
    feed.stop("D1", "pickup", "J2", departed="08:14")
    state = feed.state("08:14")
    assert times(state.journeys["J1"].dropoff)[0] == "08:34"
    assert len(state.travel_changes) == 1
    assert feed.state("09:00").travel_changes == ()


def test_a_closed_road_is_handed_on_to_whoever_knows_the_roads() -> None:
    feed = Feed()
    feed("08:00", TravelChanged(None, ((53.2, -2.9, 53.21, -2.9),), 100.0, at("08:00"), at("09:00")))
    feed.stop("D1", "pickup", "J2", departed="08:14")
    state = feed.state("08:14")
    assert times(state.journeys["J1"].dropoff)[0] == "08:24"
    assert len(state.travel_changes) == 1


def test_an_extended_duty_ends_when_it_is_said() -> None:
    feed = Feed()
    feed("12:00", DutyExtended("D1", at("17:00")))
    feed("12:00", DutyExtended("D2", at("07:00")))
    state = feed.state("12:00")
    assert (state.duties["D1"].duty.end_at, state.duties["D1"].extended) == (at("17:00"), True)
    assert (state.duties["D2"].duty.end_at, state.duties["D2"].extended) == (at("16:00"), False)
    assert [anomaly.oddity for anomaly in state.anomalies] == [Oddity.END_BEFORE_START]


def test_a_stop_more_than_an_hour_off_its_plan_is_left_in_the_traffic_of_its_new_time() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", begun="09:45", departed="09:50")
    pickup = feed.state("09:51").journeys["J1"].pickup
    assert (pickup.planned.band, pickup.band) == (1, 2)
    assert pickup.depart_at - pickup.planned.depart_at > timedelta(hours=1)


@pytest.mark.parametrize(("planned", "begins"), [("06:45", "06:45"), ("06:00", "06:33")])
def test_a_vehicle_ahead_of_its_plan_waits_at_the_door_as_long_as_its_plan_does_for_a_target(
    planned: str, begins: str
) -> None:
    line = PLAN["D3"].replace("+J7/0@06:55 -J7/0", f"+J7/0 -J7/0@{planned}")  # the target begins at 06:45
    made = scenario({**PLAN, "D3": line})
    of = plan_of(made.roster, made.journeys, made.duties, made.policy, made.travel)
    feed = Feed("crews")
    feed.stop("D3", "start", departed="05:50")
    feed.stop("D3", "pickup", "J7", begun="06:02", departed="06:03")
    dropoff = feed.state("06:04", of).journeys["J7"].dropoff
    assert (f"{dropoff.arrive_at:%H:%M}", f"{dropoff.begin_at:%H:%M}") == ("06:16", begins)
    feed.stop("D3", "dropoff", "J7", arrived="06:17")
    assert f"{feed.state('06:20', of).journeys['J7'].dropoff.begin_at:%H:%M}" == begins
