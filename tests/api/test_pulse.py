"""A day followed over HTTP."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from pts_optimiser.store.publishing import Publication
from tests.api.examples import NOW
from tests.services.hosted.town_day import DAY, at, event, open_after

WAY = f"/v1/days/{DAY}/live"


def test_a_change_is_told_at_once(controller: FlaskClient, published: Publication) -> None:
    answer = controller.get(WAY, buffered=False)
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    lines = iter(answer.response)
    assert next(lines) == b"retry: 2000\n\n"
    first = _pulse(next(lines))
    assert (first["position"], first["publication"]["etag"], first["proposal_id"]) == (0, published.etag, None)
    assert first["now"] == NOW.isoformat().replace("+00:00", "Z")
    controller.post(f"/v1/days/{DAY}/events", json=event("ready", 9, journey_id=open_after(12)[0][0]))
    assert _pulse(next(lines))["position"] == 1
    answer.close()


def test_a_re_plan_under_way_is_told(controller: FlaskClient, published: Publication) -> None:
    ordered = controller.post(f"/v1/days/{DAY}/reoptimise", json={"now": at(9).isoformat()}).json["plan_id"]
    answer = controller.get(WAY, buffered=False)
    lines = iter(answer.response)
    next(lines)
    assert _pulse(next(lines))["replan_id"] == ordered
    assert published.number == 1
    answer.close()


@pytest.mark.usefixtures("published")
def test_a_day_that_is_not_there_is_not_followed(controller: FlaskClient) -> None:
    assert controller.get("/v1/days/2026-01-01/live").status_code == 404


def _pulse(lines: bytes) -> dict[str, object]:
    parts = dict(line.split(": ", 1) for line in lines.decode().strip().splitlines())
    assert parts["event"] == "pulse"
    told: dict[str, object] = json.loads(parts["data"])
    return told
