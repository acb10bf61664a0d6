"""``events.jsonl``: every type read, every bad line reported, good ones kept."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pts_optimiser.demand.events import events_jsonl
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.events import (
    Box,
    CalledOff,
    DutyDelayed,
    DutyExtended,
    DutyLost,
    Event,
    JourneyBooked,
    Locked,
    Moved,
    NotReady,
    Position,
    Ready,
    Stage,
    StopReported,
    TravelChanged,
    Unlocked,
)
from pts_optimiser.domain.issue import Severity
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.intake.event_bodies import BODIES
from pts_optimiser.intake.events import read_event_documents, read_events
from pts_optimiser.intake.journeys import read_journeys
from pts_optimiser.intake.reading import Reading

from ..demand.generated import day
from .samples import DAY, INWARD, NHS_NUMBER, found, journeys_file

HEAD = {
    "event_id": "e1",
    "source": "desk",
    "sequence": 7,
    "occurred_at": "2026-03-27T09:00:00+00:00",
    "received_at": "2026-03-27T09:01",
}
NINE, TEN = datetime(2026, 3, 27, 9, tzinfo=LONDON), datetime(2026, 3, 27, 10, tzinfo=LONDON)
BY_HAND = {"journey_id": "J1", "user": "ann", "reason": "promised"}
AREA = {"south": 52.0, "west": -2.0, "north": 53, "east": -1.5}
CHANGE = {"factor": 1.5, "from": "2026-03-27T09:00", "until": "2026-03-27T10:00"}

GOOD: list[tuple[str, dict[str, Any], object]] = [
    (
        "journey_cancelled",
        {"journey_id": "J1", "reason": "too_ill", "keep_return": True},
        CalledOff("J1", "too_ill", aborted=False, keep_return=True),
    ),
    ("journey_aborted", {"journey_id": "J1", "reason": "own_way"}, CalledOff("J1", "own_way", aborted=True)),
    ("ready", {"journey_id": "J1"}, Ready("J1")),
    ("not_ready", {"journey_id": "J1", "ready_at": "2026-03-27T10:00"}, NotReady("J1", TEN)),
    (
        "stop_arrived",
        {"duty_id": "D1", "journey_id": "J1", "kind": "pickup"},
        StopReported("D1", StopKind.PICKUP, "J1", Stage.ARRIVED),
    ),
    (
        "stop_begun",
        {"duty_id": "D1", "journey_id": "break", "kind": "break"},
        StopReported("D1", StopKind.BREAK, None, Stage.BEGUN),
    ),
    (
        "stop_departed",
        {"duty_id": "D1", "journey_id": "base", "kind": "start"},
        StopReported("D1", StopKind.START, None, Stage.DEPARTED),
    ),
    ("stop_arrived", {"duty_id": "D1", "kind": "end"}, StopReported("D1", StopKind.END, None, Stage.ARRIVED)),
    ("position", {"duty_id": "D1", "lat": 52.5, "lon": -1.9}, Position("D1", 52.5, -1.9)),
    ("duty_delayed", {"duty_id": "D1", "minutes": 20}, DutyDelayed("D1", 20)),
    ("duty_extended", {"duty_id": "D1", "end_at": "2026-03-27T10:00"}, DutyExtended("D1", TEN)),
    ("duty_lost", {"duty_id": "D1", "reason": "breakdown"}, DutyLost("D1", "breakdown")),
    ("lock", BY_HAND, Locked("J1", None, "ann", "promised")),
    ("lock", BY_HAND | {"duty_id": "D2"}, Locked("J1", "D2", "ann", "promised")),
    ("unlock", BY_HAND, Unlocked("J1", "ann", "promised")),
    ("move", BY_HAND | {"duty_id": "D2"}, Moved("J1", "D2", "ann", "promised")),
    ("travel_changed", CHANGE | {"area": AREA}, TravelChanged(Box(52, -2, 53, -1.5), (), 1.5, NINE, TEN)),
    (
        "travel_changed",
        CHANGE | {"arcs": [[52, -2, 52.1, -2]]},
        TravelChanged(None, ((52, -2, 52.1, -2),), 1.5, NINE, TEN),
    ),
]


def read(policy: Policy, *documents: object) -> Reading[Event]:
    return read_events(
        "".join(f"{json.dumps(document)}\n" for document in documents).encode(), policy, service_date=DAY
    )


@pytest.mark.parametrize(("kind", "fields", "body"), GOOD, ids=[f"{kind}-{n}" for n, (kind, _, _) in enumerate(GOOD)])
def test_every_type_is_read(policy: Policy, kind: str, fields: dict[str, Any], body: object) -> None:
    result = read(policy, HEAD | {"type": kind} | fields)
    [event] = result.items
    assert not result.issues
    assert event.body == body
    assert event.type == kind
    assert (event.event_id, event.source, event.sequence) == ("e1", "desk", 7)
    assert (event.occurred_at, event.received_at) == (NINE, NINE.replace(minute=1))


def test_every_type_is_tried_above() -> None:
    assert {kind for kind, _, _ in GOOD} | {"journey_booked"} == set(BODIES)


def test_a_booking_is_read_as_a_row_of_journeys(policy: Policy) -> None:
    journey = {name: value for name, value in INWARD.items() if value} | {"escorts": 1, "pickup_lat": 52.48}
    result = read(policy, HEAD | {"type": "journey_booked", "journey": journey})
    [wanted] = read_journeys(journeys_file(INWARD | {"escorts": "1"}), policy).items
    assert [event.body for event in result.items] == [JourneyBooked(wanted)]
    assert not result.issues


def test_what_the_generator_writes_is_read_without_a_word(policy: Policy) -> None:
    written = day().events
    result = read_events(events_jsonl(written).encode(), policy, service_date=day().service_date)
    assert not result.issues
    assert [event.event_id for event in result.items] == [event["event_id"] for event in written]
    assert [event.type for event in result.items] == [event["type"] for event in written]


READY = HEAD | {"type": "ready", "journey_id": "J1"}
BAD: list[tuple[dict[str, Any], str | None, str]] = [
    (READY | {"type": "redy"}, "type", "unknown_event"),
    (READY | {"type": 3}, "type", "unknown_event"),
    ({**HEAD, "journey_id": "J1"}, "type", "missing_value"),
    (READY | {"event_id": ""}, "event_id", "missing_value"),
    (READY | {"event_id": NHS_NUMBER}, "event_id", "nhs_number"),
    (READY | {"event_id": "e" * 201}, "event_id", "too_long"),
    (READY | {"source": None}, "source", "missing_value"),
    (READY | {"sequence": -1}, "sequence", "bad_number"),
    (READY | {"sequence": 1.5}, "sequence", "bad_number"),
    (READY | {"occurred_at": "nine"}, "occurred_at", "bad_time"),
    (READY | {"received_at": ""}, "received_at", "missing_value"),
    (READY | {"journey_id": ["J1"]}, "journey_id", "bad_field"),
    (READY | {"journey_id": NHS_NUMBER}, "journey_id", "nhs_number"),
    (READY | {"journey_id": "=1+1"}, "journey_id", "formula_cell"),
    (HEAD | {"type": "not_ready", "journey_id": "J1"}, "ready_at", "missing_value"),
    (HEAD | {"type": "stop_begun", "duty_id": "D1", "kind": "pause"}, "kind", "unknown_value"),
    (HEAD | {"type": "stop_begun", "duty_id": "D1", "kind": "pickup"}, "journey_id", "missing_value"),
    (HEAD | {"type": "stop_begun", "duty_id": "D1", "kind": "end", "journey_id": "J1"}, "journey_id", "unknown_value"),
    (HEAD | {"type": "position", "duty_id": "D1", "lat": 91, "lon": 0}, "lat", "bad_number"),
    (HEAD | {"type": "position", "duty_id": "D1", "lat": 0, "lon": 0.0}, "lat", "coordinates_zero"),
    (HEAD | {"type": "duty_delayed", "duty_id": "D1", "minutes": 1441}, "minutes", "bad_number"),
    (HEAD | {"type": "duty_lost", "reason": "breakdown"}, "duty_id", "missing_value"),
    (HEAD | {"type": "move"} | BY_HAND, "duty_id", "missing_value"),
    (HEAD | {"type": "travel_changed"} | CHANGE, "area", "missing_value"),
    (HEAD | {"type": "travel_changed"} | CHANGE | {"area": AREA | {"south": 54}}, "area", "bad_field"),
    (HEAD | {"type": "travel_changed"} | CHANGE | {"area": AREA | {"south": "x"}}, "area", "bad_field"),
    (HEAD | {"type": "travel_changed"} | CHANGE | {"arcs": [[1, 2]]}, "arcs", "bad_field"),
    (HEAD | {"type": "travel_changed"} | CHANGE | {"arcs": [[52, -2, 52, 10**400]]}, "arcs", "bad_field"),
    (HEAD | {"type": "travel_changed"} | CHANGE | {"area": AREA, "factor": 0}, "factor", "bad_number"),
    (HEAD | {"type": "travel_changed"} | CHANGE | {"area": AREA, "until": CHANGE["from"]}, "until", "bad_field"),
    (HEAD | {"type": "journey_booked", "journey": "J1"}, "journey", "bad_field"),
    (HEAD | {"type": "journey_booked", "journey": INWARD | {"escort": 1}}, None, "unknown_column"),
    (HEAD | {"type": "journey_booked", "journey": INWARD | {"mobility": "rocket"}}, "mobility", "unknown_mobility"),
]


@pytest.mark.parametrize(("document", "column", "code"), BAD, ids=[f"{code}-{n}" for n, (_, _, code) in enumerate(BAD)])
def test_a_bad_line_is_reported_and_the_others_are_kept(
    policy: Policy, document: dict[str, Any], column: str | None, code: str
) -> None:
    result = read(policy, READY, document, READY)
    assert found(result.issues) == [(2, column, code)]
    assert len(result.items) == 2
    assert [rejected.row for rejected in result.rejected] == [2]
    assert result.rejected[0].cells == (json.dumps(document),)
    assert not result.fatal


@pytest.mark.parametrize("line", [b"{", b"[1]", b'"text"', b"\xff\xfe{}", b'{"a": NaN}', b"[" * 100_000, b"1" * 5000])
def test_a_line_that_is_no_object_is_reported(policy: Policy, line: bytes) -> None:
    result = read_events(json.dumps(READY).encode() + b"\r\n\n" + line, policy)
    assert found(result.issues) == [(3, None, "not_an_event")]
    assert len(result.items) == 1


def test_a_field_that_nobody_knows_is_passed_over_and_told_once(policy: Policy) -> None:
    result = read(policy, READY | {"colour": 1}, READY | {"colour": 2}, READY)
    assert len(result.items) == 3
    [issue] = result.issues
    assert (issue.row, issue.code, issue.severity) == (1, "unknown_field", Severity.WARNING)


def test_messages_quote_no_patient_reference_and_no_coordinates(policy: Policy) -> None:
    journey = INWARD | {"patient_ref": "p-secret", "pickup_lat": "51.99991", "cohort": "p-secret" * 30}
    result = read(policy, HEAD | {"type": "journey_booked", "journey": journey})
    said = " ".join(str(issue) for issue in result.issues)
    assert said
    assert "p-secret" not in said
    assert "51.99991" not in said


def test_a_day_on_which_nothing_has_happened_yet_is_empty(policy: Policy) -> None:
    for content in (b"", b"\n \n", b"\xef\xbb\xbf"):
        result = read_events(content, policy)
        assert (result.items, result.issues, result.fatal) == ((), (), False)


def test_a_file_that_cannot_be_read_is_reported(policy: Policy, tmp_path: Path) -> None:
    result = read_events(tmp_path / "none.jsonl", policy)
    assert found(result.issues) == [(None, None, "unreadable_file")]
    assert result.issues[0].file == "none.jsonl"
    assert result.fatal
    assert found(read_events("{}".encode("utf-16"), policy).issues) == [(None, None, "bad_encoding")]


def test_a_booking_for_another_day_is_refused(policy: Policy) -> None:
    journey = INWARD | {"appointment_at": "2026-03-28T13:30"}
    result = read(policy, HEAD | {"type": "journey_booked", "journey": journey})
    assert found(result.issues) == [(1, "appointment_at", "other_day")]


def test_objects_are_read_as_lines_are_and_counted_from_one(policy: Policy) -> None:
    head = {"source": "desk", "occurred_at": "2026-11-24T09:00Z", "received_at": "2026-11-24T09:00Z", "type": "ready"}
    good = {"event_id": "e1", "sequence": 1, "journey_id": "J1"} | head
    bad = {"event_id": "e2", "sequence": -1, "journey_id": "J1"} | head
    found = read_event_documents([good, bad], policy)
    assert found.items == read_events(json.dumps(good).encode(), policy).items
    assert [(issue.row, issue.column) for issue in found.issues] == [(2, "sequence")]
    assert [rejected.row for rejected in found.rejected] == [2]
