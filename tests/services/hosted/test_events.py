"""Events come in once, all or none, of what the caller may speak of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.hosted.caller import NotAllowedError
from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.store import NotFoundError, Store, events
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, open_after, planned, stranger

pytestmark = pytest.mark.usefixtures("published")


def test_an_event_sent_again_is_known(live: LiveDays, store: Store) -> None:
    said = [event("ready", 9, journey_id=open_after(12)[0][0]), event("position", 9, duty_id="D1", lat=53.2, lon=-2.9)]
    first, again = (report(live, CONTROLLER, DAY, said, at=at(9)).appended for _ in range(2))
    assert (len(first.new), first.last, again.new, len(again.known)) == (2, 2, (), 2)
    with store.read() as session:
        assert [one.type for _, one in events.events(session, DAY)] == ["ready", "position"]


def test_one_that_cannot_be_used_keeps_the_others_out_and_is_named_by_its_row(live: LiveDays, store: Store) -> None:
    said = [event("ready", 9, journey_id="J1"), event("not_ready", 9, journey_id="J1", ready_at="noon")]
    with pytest.raises(InputError) as refused:
        report(live, CONTROLLER, DAY, said, at=at(9))
    assert [(issue.row, issue.column, issue.code) for issue in refused.value.issues] == [(2, "ready_at", "bad_time")]
    with store.read() as session:
        assert not events.events(session, DAY)


def test_nobody_else_speaks_as_the_service_itself(live: LiveDays, store: Store) -> None:
    said = [event("ready", 9, journey_id="J1"), {**event("ready", 9, journey_id="J1"), "source": "by hand"}]
    with pytest.raises(InputError) as refused:
        report(live, CONTROLLER, DAY, said, at=at(9))
    assert [(issue.row, issue.column, issue.code) for issue in refused.value.issues] == [
        (2, "source", "reserved_source")
    ]
    with store.read() as session:
        assert not events.events(session, DAY)


def test_an_event_that_says_nothing_of_its_receipt_was_received_now(live: LiveDays, store: Store) -> None:
    said = event("ready", 9, journey_id="J1")
    del said["received_at"]
    report(live, CONTROLLER, DAY, [said], at=at(9.5).replace(microsecond=123456))
    with store.read() as session:
        assert [one.received_at for _, one in events.events(session, DAY)] == [at(9.5)]


def test_who_is_limited_to_contracts_speaks_of_their_journeys_only(live: LiveDays) -> None:
    mine, other = _of_two_contracts()
    limited = replace(CONTROLLER, contracts=frozenset({planned().journeys[mine].contract}))
    report(live, limited, DAY, [event("ready", 9, journey_id=mine)], at=at(9))
    theirs = stranger("N1", contract=planned().journeys[mine].contract)
    report(live, limited, DAY, [event("journey_booked", 9, journey=columns(theirs))], at=at(9))
    report(live, limited, DAY, [event("journey_cancelled", 9.1, journey_id="N1", reason="")], at=at(9.1))
    duty_id = open_after(9)[0][1]
    forbidden = [
        event("ready", 9, journey_id=other),
        event("duty_lost", 9, duty_id=duty_id, reason=""),
        event("stop_begun", 9, duty_id=duty_id, journey_id=mine, kind="pickup"),
        event("journey_booked", 9, journey=columns(replace(theirs, journey_id=other))),
        event("journey_booked", 9, journey=columns(replace(theirs, contract="other"))),
    ]
    for said in forbidden:
        with pytest.raises(NotAllowedError):
            report(live, limited, DAY, [said], at=at(9))


def test_a_day_that_was_never_uploaded_has_no_events(live: LiveDays) -> None:
    with pytest.raises(NotFoundError):
        report(live, CONTROLLER, DAY.replace(year=2027), [event("ready", 9, journey_id="J1")], at=at(9))


def _of_two_contracts() -> tuple[str, str]:
    journeys = list(planned().journeys.values())
    mine = journeys[0]
    other = next(journey for journey in journeys if journey.contract != mine.contract)
    return mine.journey_id, other.journey_id
