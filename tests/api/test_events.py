"""Events over HTTP: one or many, each kept once, refused with the place of every fault."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.services.hosted.town_day import DAY, at, columns, event, open_after, stranger

WAY = f"/v1/days/{DAY}/events"
pytestmark = pytest.mark.usefixtures("published")


def booking() -> dict[str, Any]:
    cells: dict[str, Any] = columns(stranger())
    numbers = {name: float(cells[name]) for name in cells if name.endswith(("_lat", "_lon"))}
    skills = {"skills": cells["skills"].split(";")} if "skills" in cells else {}
    return cells | numbers | skills | {"escorts": int(cells["escorts"]), "travel_alone": cells["travel_alone"] == "1"}


def test_one_event_is_kept_once(controller: FlaskClient) -> None:
    said = event("ready", 9, journey_id=open_after(12)[0][0])
    first, again = controller.post(WAY, json=said), controller.post(WAY, json=said)
    assert (first.status_code, first.json["new"], first.json["position"]) == (201, [said["event_id"]], 1)
    assert (again.status_code, again.json["known"], again.json["position"]) == (200, [said["event_id"]], 1)


def test_events_of_every_type_come_in_together(controller: FlaskClient) -> None:
    (journey_id, duty_id), moment = open_after(12)[0], at(13).isoformat()
    area = {"south": 53.0, "west": -3.0, "north": 53.1, "east": -2.9}
    said = [
        event("journey_booked", 9, journey=booking()),
        event("journey_cancelled", 9, journey_id="J9", reason="too_ill", keep_return=True),
        event("journey_aborted", 9, journey_id="J8"),
        event("ready", 9, journey_id=journey_id),
        event("not_ready", 9, journey_id=journey_id, ready_at=moment),
        event("stop_arrived", 9, duty_id=duty_id, kind="start"),
        event("stop_begun", 9, duty_id=duty_id, kind="pickup", journey_id=journey_id),
        event("stop_departed", 9, duty_id=duty_id, kind="break"),
        event("position", 9, duty_id=duty_id, lat=53.2, lon=-2.9),
        event("duty_delayed", 9, duty_id=duty_id, minutes=10),
        event("duty_extended", 9, duty_id=duty_id, end_at=moment),
        event("duty_lost", 9, duty_id=duty_id, reason="breakdown"),
        event("lock", 9, journey_id=journey_id, user="desk"),
        event("unlock", 9, journey_id=journey_id, user="desk"),
        event("move", 9, journey_id=journey_id, duty_id=duty_id, user="desk"),
        event("travel_changed", 9, area=area, factor=1.5, until=at(14).isoformat()) | {"from": moment},
        event("travel_changed", 9, arcs=[[53.0, -3.0, 53.1, -3.0]], factor=9.0, until=at(14).isoformat())
        | {"from": moment},
    ]
    found = controller.post(f"{WAY}/batch", json={"events": said})
    assert (found.status_code, len(found.json["new"]), found.json["issues"]) == (201, len(said), [])


def test_what_the_received_time_is_may_be_left_to_the_service(controller: FlaskClient) -> None:
    said = event("ready", 9, journey_id="J9")
    del said["received_at"]
    assert controller.post(WAY, json=said).status_code == 201


def test_a_fault_in_one_keeps_all_out_and_is_named_by_its_place(controller: FlaskClient) -> None:
    good = event("ready", 9, journey_id="J9")
    bad = event("travel_changed", 9, factor=1.5, until=at(9).isoformat()) | {"from": at(10).isoformat()}
    refused = controller.post(f"{WAY}/batch", json={"events": [good, bad]})
    assert refused.status_code == 422
    assert [issue["path"] for issue in refused.json["issues"]] == ["/events/1/area", "/events/1/until"]
    assert controller.post(WAY, json=good).status_code == 201


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "lunch"},
        {"occurred_at": "2026-11-24T09:00:00"},
        {"sequence": -1},
        {"sequence": True},
        {"journey_id": ""},
        {"note": "x"},
    ],
)
def test_what_is_no_event_is_refused(controller: FlaskClient, changes: dict[str, Any]) -> None:
    assert controller.post(WAY, json=event("ready", 9, journey_id="J9") | changes).status_code == 422


def test_a_batch_has_a_limit(controller: FlaskClient) -> None:
    said = [event("ready", 9, journey_id="J9") for _ in range(1001)]
    assert controller.post(f"{WAY}/batch", json={"events": said}).status_code == 422
    assert controller.post(f"{WAY}/batch", json={"events": []}).status_code == 422
