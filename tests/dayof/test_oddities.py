"""What fits nothing is kept, with its reason."""

from pts_optimiser.dayof import Oddity, fold
from pts_optimiser.domain.events import DutyLost, Event, Position, Ready
from tests.dayof.feed import Feed, at, plan


def oddities(state) -> list[str]:
    return [anomaly.oddity for anomaly in state.anomalies]


def test_journeys_and_duties_that_nobody_knows_are_shown() -> None:
    feed = Feed("ward")
    feed("08:00", Ready("J99"))
    feed("08:01", DutyLost("D9", "breakdown"))
    feed.stop("D1", "pickup", "J98", arrived="08:02")
    state = feed.state("08:02")
    assert oddities(state) == [Oddity.UNKNOWN_JOURNEY, Oddity.UNKNOWN_DUTY, Oddity.UNKNOWN_JOURNEY]
    first = state.anomalies[0]
    assert (first.journey_id, first.source, first.type, first.occurred_at) == ("J99", "ward", "ready", at("08:00"))


def test_two_events_that_share_an_id_or_a_sequence_but_not_what_they_say_both_count() -> None:
    one = Event("e1", "ward", 1, at("08:00"), at("08:00"), Ready("J3"))
    same_id = Event("e1", "ward", 2, at("08:01"), at("08:01"), Ready("J4"))
    same_sequence = Event("e3", "ward", 1, at("08:02"), at("08:02"), Ready("J10"))
    state = fold(plan(), [one, same_id, same_sequence], at("08:02"))
    assert oddities(state) == [Oddity.ID_REUSED] * 3
    assert {j for j, it in state.journeys.items() if it.said_ready} == {"J3", "J4", "J10"}


def test_an_event_told_again_under_a_new_id_is_no_oddity() -> None:
    one = Event("e1", "ward", 1, at("08:00"), at("08:00"), Ready("J3"))
    again = Event("e2", "ward", 1, at("08:00"), at("08:03"), Ready("J3"))
    assert fold(plan(), [again, one], at("08:03")) == fold(plan(), [one], at("08:03"))


def test_stages_out_of_order_are_shown_and_the_later_one_stands() -> None:
    feed = Feed()
    feed.stop("D1", "pickup", "J1", departed="08:03", arrived="08:09")
    state = feed.state("08:10")
    assert oddities(state) == [Oddity.STAGES_REVERSED]
    pickup = state.journeys["J1"].pickup
    assert (pickup.arrive_at, pickup.depart_at) == (at("08:03"), at("08:03"))


def test_positions_of_unknown_duties_are_shown_once_each() -> None:
    feed = Feed()
    feed("08:00", Position("D9", 53.2, -2.9))
    feed("08:01", Position("D9", 53.2, -2.9))
    assert oddities(feed.state("08:02")) == [Oddity.UNKNOWN_DUTY]
