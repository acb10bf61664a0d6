"""Where a duty stands: riders, rides left, when it is free, its break, its loss."""

from dataclasses import replace

from pts_optimiser.dayof import DutyPhase, JourneyPhase, Oddity, RestPhase, StopPhase, plan_of
from pts_optimiser.domain.events import DutyDelayed, DutyLost
from pts_optimiser.domain.policy import AboardLimit
from tests.checking import town
from tests.checking.builder import scenario
from tests.dayof.feed import Feed, at


def test_before_its_day_a_duty_is_at_its_base_and_free_when_it_starts() -> None:
    duty = Feed().state("05:00").duties["D1"]
    assert (duty.phase, duty.frozen, duty.free.at, duty.free.aboard) == (DutyPhase.NOT_STARTED, 0, at("07:00"), ())
    assert duty.here.point.location == duty.free.point.location == town.LABELS.index("base")


def test_a_duty_without_journeys_is_free_from_its_start_or_from_now() -> None:
    duty = Feed().state("09:30").duties["D5"]
    assert (duty.stops, duty.rest.phase, duty.free.at) == ((), RestPhase.NONE, at("09:30"))


def test_a_late_duty_without_journeys_is_free_when_it_can_start() -> None:
    feed = Feed()
    feed("07:30", DutyDelayed("D5", 40))
    assert feed.state("07:30").duties["D5"].free.at == at("08:40")


def test_a_ride_is_counted_from_the_departure_and_against_its_hard_limit() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00", departed="08:04")
    duty = feed.state("08:10").duties["D1"]
    [rider] = duty.aboard
    assert (rider.journey_id, rider.boarded_at, rider.ride_left_s) == ("J1", at("08:04"), 3600 - 6 * 60)


def test_the_limit_grows_with_a_long_direct_drive() -> None:
    made = scenario()
    rules = made.policy.standards["town"]
    long_way = AboardLimit(600, 60, 2.0, 300)
    standards = {category: replace(standard, aboard=long_way) for category, standard in rules.by_category.items()}
    policy = replace(made.policy, standards={"town": replace(rules, by_category=standards)})
    of = plan_of(made.roster, made.journeys, made.duties, policy, made.travel)
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:04")
    [rider] = feed.state("08:04", of).duties["D1"].aboard
    direct = int(made.travel.seconds[1, town.LABELS.index("a"), town.LABELS.index("hospital")])
    assert rider.ride_left_s == 2 * direct + 300


def test_after_the_frozen_prefix_rides_are_shorter_by_then() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:04")
    duty = feed.state("08:05").duties["D1"]
    assert [(rider.journey_id, rider.ride_left_s) for rider in duty.free.aboard] == [
        ("J1", 3600 - int((duty.free.at - at("08:04")).total_seconds())),
        ("J2", 3600),
    ]


def test_a_ride_ends_when_alighting_begins_but_the_patient_is_aboard_until_it_is_done() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:04")
    feed.stop("D1", "dropoff", "J1", arrived="08:24", begun="08:30")
    first, later = (feed.state(now).duties["D1"] for now in ("08:31", "08:40"))
    assert first.aboard[0] == later.aboard[0]
    assert first.aboard[0].ride_left_s == 3600 - 26 * 60
    assert "J1" not in {rider.journey_id for rider in first.free.aboard}


def test_a_break_is_due_under_way_or_taken() -> None:
    feed = Feed()
    feed.stop("D1", "dropoff", "J2", departed="08:31")
    assert feed.state("10:00").duties["D1"].rest.phase is RestPhase.DUE
    assert feed.state("10:00").duties["D1"].free.at == at("10:00")
    feed.stop("D1", "break", begun="11:20")
    duty = feed.state("11:25").duties["D1"]
    assert (duty.rest.phase, duty.free.at) == (RestPhase.UNDER_WAY, at("11:50"))
    feed.stop("D1", "break", departed="11:48")
    duty = feed.state("11:50").duties["D1"]
    assert (duty.rest.phase, duty.rest.begin_at) == (RestPhase.TAKEN, at("11:20"))


def test_a_duty_that_is_back_for_good_is_finished() -> None:
    feed = Feed()
    feed.stop("D1", "dropoff", "J3", departed="12:45")
    feed.stop("D1", "end", arrived="12:58")
    duty = feed.state("13:00").duties["D1"]
    assert (duty.phase, duty.frozen, duty.free.at) == (DutyPhase.FINISHED, len(duty.stops), at("13:00"))


def test_a_lost_vehicle_does_nothing_more_and_its_riders_are_to_be_rescued() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:04")
    feed("08:06", DutyLost("D1", "breakdown"))
    state = feed.state("08:10")
    duty = state.duties["D1"]
    assert (duty.phase, duty.free, duty.lost.at, duty.lost.reason) == (DutyPhase.LOST, None, at("08:06"), "breakdown")
    assert all(stop.phase is StopPhase.DONE for stop in duty.stops)
    assert state.to_rescue() == ("J1",)
    assert (duty.here.point.location, duty.here.point.towards) == (3, 4)
    for journey_id in ("J2", "J3", "J4"):
        journey = state.journeys[journey_id]
        assert (journey.phase, journey.duty_id, journey.why) == (JourneyPhase.OPEN, None, "D1 was lost")
    assert state.to_place() == ("J2", "J3", "J4", "J13")


def test_a_pick_up_under_way_when_the_vehicle_is_lost_was_in_vain() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00")
    feed("08:01", DutyLost("D1", "breakdown"))
    state = feed.state("08:10")
    assert state.duties["D1"].stops[-1].phase is StopPhase.IN_VAIN
    assert state.to_rescue() == ()
    assert state.journeys["J1"].duty_id is None


def test_a_silent_day_goes_as_planned_until_the_vehicle_is_lost() -> None:
    feed = Feed()
    feed("08:20", DutyLost("D1", "breakdown"))
    state = feed.state("10:30")
    assert state.to_rescue() == ("J1", "J2")
    assert {rider.ride_left_s for rider in state.duties["D1"].aboard} == {3600 - 147 * 60, 3600 - 136 * 60 - 5}


def test_a_sick_crew_leaves_its_whole_duty() -> None:
    feed = Feed()
    feed("05:30", DutyLost("D1", "sickness"))
    state = feed.state("06:00")
    assert state.duties["D1"].stops == ()
    assert {state.journeys[j].duty_id for j in ("J1", "J2", "J3", "J4")} == {None}


def test_what_a_lost_duty_reports_of_its_riders_still_counts() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:04")
    feed("08:06", DutyLost("D1", "breakdown"))
    feed.stop("D1", "dropoff", "J1", departed="08:40")
    state = feed.state("08:41")
    assert state.journeys["J1"].phase is JourneyPhase.DONE
    assert state.duties["D1"].phase is DutyPhase.LOST
    assert [anomaly.oddity for anomaly in state.anomalies] == [Oddity.REPORT_AFTER_LOSS]


def test_a_rider_taken_over_by_another_vehicle_is_rescued() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:04")
    feed("08:06", DutyLost("D1", "breakdown"))
    feed.stop("D5", "pickup", "J1", departed="08:25")
    state = feed.state("08:26")
    assert state.to_rescue() == ()
    assert state.journeys["J1"].duty_id == "D5"
    assert state.journeys["J1"].dropoff.phase is StopPhase.COMMITTED
