from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pts_optimiser.store import NotFoundError, Store
from pts_optimiser.store.events import Appended, Event, append_events, events, last_position, positions_that_count
from tests.store.examples import DAY, NOW, at_once, later, put


@pytest.fixture
def day(store: Store) -> Store:
    with store.write() as session:
        put(session)
    return store


def an_event(number: int, source: str = "crews", type_: str = "ready", **fields: object) -> Event:
    return Event(f"{source}-{number}", source, number, later(number), later(number + 2), type_, fields)


def append(store: Store, *batch: Event) -> Appended:
    with store.write() as session:
        return append_events(session, DAY, batch)


def read(store: Store, **which: object) -> list[tuple[int, Event]]:
    with store.read() as session:
        return events(session, DAY, **which)  # type: ignore[arg-type]


def test_events_come_back_in_the_order_in_which_they_came(day: Store) -> None:
    sent = [an_event(3, journey_id="J1"), an_event(1, "clinics", lat=53.2), an_event(2)]
    assert append(day, *sent).new == ("crews-3", "clinics-1", "crews-2")
    assert read(day) == list(enumerate(sent, 1))


def test_the_same_event_sent_again_is_kept_once(day: Store) -> None:
    append(day, an_event(1, journey_id="J1"))
    again = replace(an_event(1, journey_id="J1"), received_at=later(900))
    assert append(day, again, again) == Appended((), ("crews-1", "crews-1"), (), 1)
    assert read(day) == [(1, an_event(1, journey_id="J1"))]


def test_source_and_sequence_are_as_good_as_an_id(day: Store) -> None:
    append(day, an_event(1))
    assert append(day, replace(an_event(1), event_id="another")) == Appended((), ("another",), (), 1)


def test_the_same_event_twice_in_one_batch_is_kept_once(day: Store) -> None:
    told = append(day, an_event(1), an_event(1), replace(an_event(1), event_id="another"))
    assert told == Appended(("crews-1",), ("crews-1", "another"), (), 1)


def test_what_says_something_else_under_a_known_name_is_told_and_what_was_first_stands(day: Store) -> None:
    first = an_event(1, journey_id="J1")
    append(day, first)
    for other in (
        replace(first, fields={"journey_id": "J9"}),
        replace(first, type="not_ready"),
        replace(first, occurred_at=NOW),
        replace(first, sequence=7),
        replace(first, event_id="another", type="not_ready"),
    ):
        assert append(day, other) == Appended((), (), (other.event_id,), 1)
    assert read(day) == [(1, first)]


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_repetition_keeps_each_event_once_without_gaps(day: Store, seed: int) -> None:
    rng = random.Random(seed)
    sent = [an_event(n, source) for n in range(12) for source in ("crews", "clinics")]
    left = sent + rng.choices(sent, k=20)
    rng.shuffle(left)
    while left:
        size = rng.randint(1, 9)
        append(day, *left[:size])
        del left[:size]
    found = read(day)
    assert [position for position, _ in found] == list(range(1, 25))
    assert {event.event_id for _, event in found} == {event.event_id for event in sent}


def test_events_sent_at_once_are_all_kept_without_gaps(day: Store) -> None:
    def send(who: int) -> int:
        return len(append(day, *(an_event(n, f"van-{who // 2}") for n in range(5))).new)

    told = at_once(6, send)
    assert sorted(map(str, told)) == ["0", "0", "0", "5", "5", "5"], told
    assert [position for position, _ in read(day)] == list(range(1, 16))


def test_a_batch_larger_than_one_look_up_is_kept_once(day: Store) -> None:
    batch = [an_event(n) for n in range(900)]
    assert len(append(day, *batch).new) == 900
    assert append(day, *batch) == Appended((), tuple(one.event_id for one in batch), (), 900)


def test_reading_on_from_a_position_and_by_type(day: Store) -> None:
    append(day, an_event(1), an_event(2, type_="position"), an_event(3, type_="position"), an_event(4))
    assert [position for position, _ in read(day, after=1, limit=2)] == [2, 3]
    assert [position for position, _ in read(day, only=frozenset({"position"}))] == [2, 3]
    assert [position for position, _ in read(day, without=frozenset({"position"}))] == [1, 4]


def test_days_do_not_share_names(day: Store) -> None:
    other = date(2026, 11, 25)
    append(day, an_event(1))
    with day.write() as session:
        put(session, other)
        assert append_events(session, other, [an_event(1)]).new == ("crews-1",)


def test_a_day_that_was_never_uploaded_has_no_events(store: Store) -> None:
    with pytest.raises(NotFoundError):
        append(store, an_event(1))


def test_an_event_cannot_be_changed(day: Store) -> None:
    append(day, an_event(1))
    with pytest.raises(IntegrityError, match="added to only"), day.write() as session:
        session.execute(text("UPDATE events SET type = 'other'"))


def test_of_positions_those_that_count_are_each_duty_s_last_and_what_comes_later(day: Store) -> None:
    sent = [
        an_event(5, type_="position", duty_id="D1"),
        an_event(3, type_="position", duty_id="D1"),
        an_event(4, type_="position", duty_id="D2"),
        an_event(6, type_="ready", journey_id="J1"),
        an_event(9, type_="position", duty_id="D1"),
        an_event(2, type_="position", duty_id="D2"),
    ]
    append(day, *sent)
    with day.read() as session:
        assert last_position(session, DAY) == 6
        found = positions_that_count(session, DAY, upto=5, by=later(8))
    assert found == [(1, sent[0]), (3, sent[2]), (5, sent[4])]


def test_a_day_without_events_has_no_last_position(day: Store) -> None:
    with day.read() as session:
        assert (last_position(session, DAY), positions_that_count(session, DAY, upto=0, by=NOW)) == (0, [])
