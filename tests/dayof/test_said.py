from dataclasses import replace
from datetime import timedelta

from pts_optimiser.dayof.said import earlier, later, said
from pts_optimiser.domain.events import Event, Ready
from tests.dayof.feed import at

EVENT = Event("b", "desk", 5, at("10:00"), at("10:02"), Ready("J3"))


def word(**changes):
    event = replace(EVENT, **changes)
    return said(event, event.body)


def test_what_occurred_later_is_the_later_word_whenever_it_was_received() -> None:
    one, other = word(), word(occurred_at=at("10:01"), received_at=at("10:01"), sequence=1)
    assert later(one, other) is later(other, one) is other
    assert earlier(one, other) is earlier(other, one) is one


def test_at_the_same_moment_source_and_then_sequence_decide() -> None:
    one, source, sequence = word(), word(source="ward", sequence=1), word(sequence=10)
    assert later(one, source) is source
    assert later(sequence, one) is sequence
    assert earlier(sequence, one) is one


def test_of_two_copies_the_first_received_stands_and_then_the_smaller_id() -> None:
    one = word()
    for copy in (word(received_at=EVENT.received_at + timedelta(seconds=1), event_id="a"), word(event_id="c")):
        assert later(one, copy) is later(copy, one) is earlier(one, copy) is earlier(copy, one) is one


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    summer = at("01:30").replace(month=10, day=25)
    first, second = word(occurred_at=summer.replace(fold=0)), word(occurred_at=summer.replace(fold=1))
    assert later(first, second) is second


def test_the_first_word_stands_against_none() -> None:
    assert later(word(), None) == earlier(word(), None) == word()
