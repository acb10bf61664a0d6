from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.store import Store, UnstorableError
from pts_optimiser.store.days import journeys, put_day
from pts_optimiser.store.events import Event, append_events, events
from pts_optimiser.store.locks import lock
from tests.store.examples import BY, DAY, NOW, POLICY, a_journey, put


def an_event(occurred_at: datetime = NOW, sequence: int = 1, fields: object = "fine") -> Event:
    return Event(f"e{sequence}", "crews", sequence, occurred_at, NOW, "ready", {"note": fields})


def append(store: Store, event: Event) -> Event:
    with store.write() as session:
        put(session)
        append_events(session, DAY, [event])
    with store.read() as session:
        return events(session, DAY)[0][1]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 7, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 7, 1, 7, 0, tzinfo=LONDON),
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=0),
        datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1),
        datetime(2026, 11, 24, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
def test_a_moment_comes_back_to_the_microsecond_in_utc(store: Store, moment: datetime) -> None:
    found = append(store, an_event(moment)).occurred_at
    assert (found, found.tzinfo) == (moment.astimezone(UTC), UTC)


def test_a_time_without_offset_is_refused(store: Store) -> None:
    with pytest.raises(UnstorableError, match="offset"):
        append(store, an_event(datetime(2026, 11, 24, 7, 0)))  # noqa: DTZ001


@pytest.mark.parametrize("hour", [0, 1])
def test_an_hour_that_exists_twice_is_told_apart_on_journeys(store: Store, hour: int) -> None:
    journey = a_journey(appointment_at=datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=hour))
    with store.write() as session:
        put_day(session, DAY, [journey], [], POLICY, {}, by=BY, at=NOW)
    with store.read() as session:
        found = journeys(session, DAY)[0].appointment_at
    assert found is not None
    assert (found.fold, found.utcoffset()) == (hour, timedelta(hours=1 - hour))


@pytest.mark.parametrize("text", ["nul \0 here", "half \ud800 a pair"])
def test_text_that_one_database_cannot_hold_is_refused_by_both(store: Store, text: str) -> None:
    with store.write() as session:
        put(session)
    with pytest.raises(UnstorableError), store.write() as session:
        lock(session, DAY, text, duty_id=None, reason="asked", by=BY, at=NOW)


def test_json_comes_back_as_it_was(store: Store) -> None:
    fields = {"note": ["é 漢 🚑", "nul \0 here", "half \ud800 a pair", 1e-300, -0.1, 2**60, None, {"a": True}], "é": {}}
    assert append(store, an_event(fields=fields)).fields == {"note": fields}


def test_what_is_no_json_is_refused(store: Store) -> None:
    for value in (float("nan"), float("inf"), {1, 2}, NOW):
        with pytest.raises(UnstorableError, match="JSON"):
            append(store, an_event(fields=value))


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_numbers_beyond_64_bits_are_refused(store: Store, number: int) -> None:
    with pytest.raises(UnstorableError, match="range"):
        append(store, an_event(sequence=number))
