"""Locks over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.hosted.town_day import DAY, at, open_after

WAY = f"/v1/days/{DAY}/locks"
NOW = at(9).isoformat()


@pytest.mark.usefixtures("published")
def test_a_journey_is_locked_listed_and_released(controller: FlaskClient) -> None:
    journey_id, duty_id = open_after(12)[0]
    body = {"journey_id": journey_id, "duty_id": duty_id, "reason": "asked for", "now": NOW}
    made = controller.post(WAY, json=body)
    assert (made.status_code, made.headers["Location"], made.json["by_move"]) == (201, WAY, False)
    assert controller.post(WAY, json=body).status_code == 409
    assert controller.get(WAY, query_string={"now": NOW}).json["items"] == [made.json]
    gone = controller.post(f"{WAY}/release", json={"journey_id": journey_id, "now": at(9.1).isoformat()})
    assert (gone.status_code, gone.data) == (204, b"")
    assert controller.get(WAY, query_string={"now": at(9.1).isoformat()}).json["items"] == []


@pytest.mark.usefixtures("published")
def test_what_is_not_there_is_neither_locked_nor_released(controller: FlaskClient) -> None:
    journey_id, _ = open_after(12)[0]
    assert controller.post(WAY, json={"journey_id": "J-unknown", "now": NOW}).status_code == 404
    assert controller.post(WAY, json={"journey_id": journey_id, "duty_id": "D9", "now": NOW}).status_code == 422
    assert controller.post(f"{WAY}/release", json={"journey_id": journey_id, "now": NOW}).status_code == 404
