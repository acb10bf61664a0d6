"""Two crews may say what they like: a patient is in one vehicle."""

from pts_optimiser.dayof import JourneyPhase, Oddity, StopPhase
from pts_optimiser.domain.events import CalledOff, JourneyBooked, Moved
from tests.dayof.feed import Feed, plan


def oddities(state) -> set[str]:
    return {anomaly.oddity for anomaly in state.anomalies}


def riders(state, duty_id: str) -> list[str]:
    return [rider.journey_id for rider in state.duties[duty_id].aboard]


def test_the_later_of_two_vehicles_that_picked_a_patient_up_has_them() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed.stop("D5", "pickup", "J1", begun="08:30")
    assert riders(feed.state("08:31"), "D1") == ["J1"]
    feed.stop("D5", "pickup", "J1", departed="08:33")
    state = feed.state("08:34")
    assert riders(state, "D1") == []
    assert riders(state, "D5") == ["J1"]
    assert state.journeys["J1"].duty_id == "D5"
    assert oddities(state) == {Oddity.OTHER_VEHICLE, Oddity.UNPLANNED_STOP}
    pickup = next(stop for stop in state.duties["D1"].stops if stop.journey_id == "J1")
    assert pickup.phase is StopPhase.IN_VAIN


def test_a_patient_taken_over_has_been_aboard_since_they_were_first_picked_up() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed.stop("D5", "pickup", "J1", departed="08:33")
    [rider] = feed.state("08:43").duties["D5"].aboard
    assert f"{rider.boarded_at:%H:%M}" == "08:03"
    assert rider.ride_left_s == 3600 - 40 * 60


def test_a_drop_off_by_another_vehicle_means_that_it_had_the_patient() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed.stop("D5", "dropoff", "J1", arrived="08:33", departed="08:35")
    state = feed.state("08:36")
    assert state.journeys["J1"].phase is JourneyPhase.DONE
    assert riders(state, "D1") == riders(state, "D5") == []


def test_a_drop_off_said_before_its_pick_up_counts_when_it_is_said_again() -> None:
    feed = Feed()
    feed.stop("D1", "dropoff", "J1", departed="07:50")
    feed.stop("D1", "pickup", "J1", departed="08:03")
    state = feed.state("08:04")
    assert riders(state, "D1") == ["J1"]
    assert oddities(state) == {Oddity.DROPPED_BEFORE_PICKUP}
    feed.stop("D1", "dropoff", "J1", departed="08:29")
    state = feed.state("08:30")
    assert state.journeys["J1"].phase is JourneyPhase.DONE
    assert f"{state.journeys['J1'].dropoff.depart_at:%H:%M}" == "08:29"


def test_a_pick_up_pressed_again_after_the_drop_off_changes_nothing() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed.stop("D1", "dropoff", "J1", departed="08:29")
    feed.stop("D1", "pickup", "J1", departed="08:40")
    state = feed.state("08:41")
    assert state.journeys["J1"].phase is JourneyPhase.DONE
    assert oddities(state) == {Oddity.REPEATED_STAGE}


def test_a_crew_that_leaves_after_an_abort_leaves_without_the_patient() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00")
    feed("08:05", CalledOff("J1", "too_ill", aborted=True))
    feed.stop("D1", "pickup", "J1", departed="08:06")
    state = feed.state("08:07")
    assert state.journeys["J1"].phase is JourneyPhase.ABORTED
    assert riders(state, "D1") == []
    assert state.anomalies == ()


def test_booked_again_the_patient_of_an_aborted_journey_can_be_picked_up_after_all() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", departed="08:06")
    feed("08:05", CalledOff("J1", "too_ill", aborted=True))
    feed("08:10", JourneyBooked(plan().journeys["J1"]))
    assert feed.state("08:11").journeys["J1"].phase is JourneyPhase.OPEN
    feed.stop("D1", "pickup", "J1", departed="08:20")
    assert riders(feed.state("08:21"), "D1") == ["J1"]


def test_a_pick_up_begun_before_the_journey_was_called_off_and_booked_again_holds_nobody() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00")
    feed("08:05", CalledOff("J1", "too_ill"))
    feed("08:10", JourneyBooked(plan().journeys["J1"]))
    feed("08:11", Moved("J1", "D5", "ann", ""))
    assert feed.state("08:11").journeys["J1"].duty_id == "D5"


def test_a_patient_aboard_cannot_be_called_off() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03")
    feed("08:05", CalledOff("J1", "own_way"))
    state = feed.state("08:06")
    assert state.journeys["J1"].phase is JourneyPhase.ABOARD
    assert oddities(state) == {Oddity.CALLED_OFF_ABOARD}


def test_called_off_while_its_pick_up_has_only_begun_a_journey_is_off() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", arrived="07:50", begun="08:00")
    feed("08:05", CalledOff("J1", "own_way"))
    state = feed.state("08:06")
    assert state.journeys["J1"].phase is JourneyPhase.CANCELLED
    assert state.duties["D1"].committed.journey_id == "J2"


def test_reports_of_a_duty_that_nobody_knows_move_no_patient() -> None:
    feed = Feed()
    feed.stop("D9", "pickup", "J1", departed="08:03")
    state = feed.state("08:04")
    assert state.journeys["J1"].duty_id == "D1"
    assert oddities(state) == {Oddity.UNKNOWN_DUTY}
