"""What all routes have in common, seen through one of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pts_optimiser.services.hosted import days
from pts_optimiser.store import Store, audit
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers
from tests.api.examples import DAY, Clock, a_day


def test_the_same_request_with_the_same_key_is_done_once(planner: FlaskClient, store: Store) -> None:
    first = planner.post("/v1/days", json=a_day(), headers={"Idempotency-Key": "k-1"})
    again = planner.post("/v1/days", json=a_day(), headers={"Idempotency-Key": "k-1"})
    assert (again.status_code, again.data, again.headers["ETag"]) == (201, first.data, '"1"')
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    with store.read() as session:
        assert [entry.what for entry in audit.entries(session)].count("day.put") == 1


def test_a_key_sent_with_another_request_is_refused(planner: FlaskClient) -> None:
    planner.post("/v1/days", json=a_day(), headers={"Idempotency-Key": "k-1"})
    refused = planner.post("/v1/days", json=a_day(distancing="off"), headers={"Idempotency-Key": "k-1"})
    assert (refused.status_code, refused.json["type"]) == (422, "/docs#key_reused")


def test_a_request_that_has_failed_may_be_tried_again_with_its_key(planner: FlaskClient) -> None:
    key = {"Idempotency-Key": "k-1"}
    assert planner.post("/v1/days", json=a_day(distancing="unheard_of"), headers=key).status_code == 422
    assert planner.post("/v1/days", json=a_day(), headers=key).status_code == 201


def test_the_same_request_while_the_first_is_running_is_told_to_wait(
    planner: FlaskClient, app: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, key = days.upload_day, {"Idempotency-Key": "k-1"}
    meanwhile: list[TestResponse] = []

    def slowly(*told: Any, **named: Any) -> Any:
        other = app.test_client()
        other.environ_base = planner.environ_base
        meanwhile.append(other.post("/v1/days", json=a_day(), headers=key))
        return upload(*told, **named)

    monkeypatch.setattr(days, "upload_day", slowly)
    assert planner.post("/v1/days", json=a_day(), headers=key).status_code == 201
    [refused] = meanwhile
    assert (refused.status_code, refused.json["type"]) == (409, "/docs#still_running")
    assert "Retry-After" in refused.headers


def test_an_answer_is_forgotten_after_a_day(planner: FlaskClient, clock: Clock) -> None:
    planner.post("/v1/days", json=a_day(), headers={"Idempotency-Key": "k-1"})
    clock.forward(hours=25)
    assert planner.post("/v1/days", json=a_day(), headers={"Idempotency-Key": "k-1"}).headers["ETag"] == '"2"'


def test_what_the_caller_has_already_is_not_sent_again(planner: FlaskClient) -> None:
    planner.post("/v1/days", json=a_day())
    tag = planner.get(f"/v1/days/{DAY}").headers["ETag"]
    unchanged = planner.get(f"/v1/days/{DAY}", headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_a_problem_has_the_fields_of_the_standard(planner: FlaskClient) -> None:
    problem = planner.get(f"/v1/days/{DAY}", headers={"X-Request-Id": "request-1"})
    assert problem.content_type == "application/problem+json"
    assert problem.json == {
        "type": "/docs#not_found",
        "title": "Not found",
        "status": 404,
        "detail": f"no service day {DAY}; upload it first",
        "instance": "/requests/request-1",
        "issues": [],
    }


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
        (b'{"journeys": NaN}', "application/json", 422),
    ],
)
def test_bodies_that_are_no_json_are_refused(planner: FlaskClient, body: bytes, content_type: str, status: int) -> None:
    assert planner.post("/v1/days", data=body, content_type=content_type).status_code == status


def test_a_body_over_the_limit_is_refused(planner: FlaskClient, app: APIFlask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    refused = planner.post("/v1/days", json=a_day(policy="#" * 2000))
    assert (refused.status_code, refused.json["status"]) == (413, 413)


def test_no_problem_repeats_what_was_sent(planner: FlaskClient) -> None:
    secret = "CH1 2AB"
    bodies = [
        a_day(**{secret: 1}),
        a_day(distancing=7),
        {"journeys": [{"journey_id": [secret], "patient_ref": {secret: secret}, "appointment_at": secret}]},
        secret,
    ]
    for body in bodies:
        refused = planner.post("/v1/days", json=body)
        assert refused.status_code == 422
        assert secret not in refused.get_data(as_text=True)
    assert secret not in planner.get("/v1/days", query_string={secret: secret, "cursor": secret}).get_data(as_text=True)


def test_queries_are_read_strictly(planner: FlaskClient) -> None:
    for query in ("limit=0", "limit=x", "limit=1&limit=2", "colour=red", "cursor=%FF", "cursor=AAAA"):
        assert planner.get(f"/v1/days?{query}").status_code == 422


@pytest.mark.parametrize("moment", ["1700000000", "2026-11-24", "2026-11-24T09:30:00", "09:30"])
def test_a_time_is_written_as_one_and_says_its_zone(controller: FlaskClient, moment: str) -> None:
    asked = controller.get(f"/v1/days/{DAY}/locks", query_string={"now": moment})
    told = controller.post(f"/v1/days/{DAY}/options", json={"journey_id": "J1", "now": moment})
    assert (asked.status_code, told.status_code) == (422, 422)


def test_every_answer_has_a_request_id_and_guarding_headers(planner: FlaskClient, client: FlaskClient) -> None:
    for answer in (
        planner.get("/v1/days"),
        client.get("/v1/days"),
        client.get("/nowhere"),
        client.get("/openapi.json"),
    ):
        assert len(answer.headers["X-Request-Id"]) >= 8
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" in answer.headers
    assert planner.get("/v1/days", headers={"X-Request-Id": "a b\tc"}).headers["X-Request-Id"] != "a b\tc"


def test_an_unforeseen_error_tells_nothing(planner: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("53.19, -2.89")

    monkeypatch.setattr("pts_optimiser.services.hosted.days.list_days", fail)
    answer = planner.get("/v1/days")
    assert (answer.status_code, answer.json["type"]) == (500, "/docs#internal")
    assert "53.19" not in answer.get_data(as_text=True)


def test_methods_that_a_route_has_not_are_named(planner: FlaskClient) -> None:
    refused = planner.delete("/v1/days")
    assert (refused.status_code, refused.json["status"]) == (405, 405)
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_the_description_names_every_route(client: FlaskClient, app: APIFlask) -> None:
    described = client.get("/openapi.json").json
    assert described["openapi"].startswith("3.1")
    upload = described["paths"]["/v1/days"]["post"]
    assert upload["x-roles"] == ["admin", "planner"]
    assert {"200", "201", "401", "403", "409", "412", "422", "429", "503"} <= upload["responses"].keys()
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described)):
        node = described
        for key in reference.split("/"):
            node = node[key]
    assert Role.VIEWER in described["paths"]["/v1/days/{service_date}"]["get"]["x-roles"]
    session = described["components"]["securitySchemes"]["session"]
    assert session["name"] == app.config["SESSION_COOKIE_NAME"]
    stream = described["paths"]["/v1/plans/{plan_id}/progress"]["get"]["responses"]["200"]["content"]
    assert stream.keys() == {"text/event-stream"}


def test_keys_of_no_use_are_not_let_in(client: FlaskClient, as_role: Callers, clock: Clock) -> None:
    for header in ("", "Bearer", "Bearer pts_0123456789abcdef_" + "A" * 43, "Basic YTpi"):
        refused = client.get("/v1/days", headers={"Authorization": header})
        assert (refused.status_code, "Bearer" in refused.headers["WWW-Authenticate"]) == (401, True)
    viewer = as_role(Role.VIEWER)
    assert viewer.get("/v1/days").status_code == 200
    clock.forward(days=91)
    assert viewer.get("/v1/days").status_code == 401
