"""Logs tell what happened and nothing of patients or secrets."""

from __future__ import annotations

import json
import logging

import pytest
from flask.testing import FlaskClient

from api.manners.logs import JsonLines
from api.manners.redaction import redacted
from tests.api.examples import DAY, a_day, a_journey


@pytest.mark.parametrize(
    "hidden",
    [
        "CH1 2AB",
        "sw1a1aa",
        "999 000 0018",
        "9990000018",
        "53.19012",
        "-2.8931",
        "pts_0123456789abcdef_" + "aB-_" * 10,
        "Bearer abc.def",
        "patient_ref='p-1'",
    ],
)
def test_what_may_tell_of_a_patient_or_open_a_door_is_taken_out(hidden: str) -> None:
    shown = redacted(f"no place for {hidden}, said the engine")
    assert hidden.removeprefix("patient_ref") not in shown
    assert shown.startswith("no place for ")


def test_what_tells_nothing_stays() -> None:
    for text in ("plan 3f2a complete after 12.5 s", "day 2026-11-24 at revision 3", "GET /v1/days/<day:service_date>"):
        assert redacted(text) == text


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(JsonLines().format(record)) for record in caplog.records if record.name.startswith("pts.api")]


def test_a_request_is_told_by_its_way_not_by_its_values(planner: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    planner.post("/v1/days", json=a_day(journeys=[a_journey(pickup_postcode="CH1 2AB")]))
    planner.get(f"/v1/days/{DAY}/journeys?cursor=CH12AB", headers={"X-Request-Id": "request-1"})
    told = lines(caplog)[-1]
    assert told["route"] == "/v1/days/<day:service_date>/journeys"
    assert (told["status"], told["request_id"], told["method"]) == (422, "request-1", "GET")
    assert str(told["who"]).startswith("key:")
    assert "CH1" not in json.dumps(lines(caplog))


def test_tracebacks_are_redacted(
    planner: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no road near 53.19012, -2.8931 (CH1 2AB)")

    monkeypatch.setattr("pts_optimiser.services.hosted.days.list_days", fail)
    planner.get("/v1/days")
    [told] = [line for line in lines(caplog) if "error" in line]
    assert "RuntimeError: no road near [hidden], -[hidden] ([hidden])" in str(told["error"])


def test_an_id_that_might_tell_of_a_patient_is_not_taken_over(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "9990000018"}).headers["X-Request-Id"] != "9990000018"
