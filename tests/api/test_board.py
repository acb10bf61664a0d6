"""The board over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.hosted.town_day import DAY, at, event, planned

WAY = f"/v1/days/{DAY}/board"


@pytest.mark.usefixtures("published")
def test_the_board_shows_risks_the_ready_queue_and_who_has_no_place(controller: FlaskClient) -> None:
    waits = next(j for j, (begin, _) in planned().promised.items() if begin > at(12) and planned().journeys[j].ready_at)
    controller.post(f"/v1/days/{DAY}/events", json=event("ready", 8.5, journey_id=waits))
    controller.post(f"/v1/days/{DAY}/events", json=event("ready", 8.6, journey_id="J-unknown"))
    found = controller.get(WAY, query_string={"now": at(9).isoformat(), "most": 5})
    assert found.status_code == 200
    assert (found.json["as_of"]["position"], found.json["as_of"]["now"]) == (2, "2026-11-24T09:00:00Z")
    assert 0 < len(found.json["risks"]) <= 5
    assert found.json["risks"][0]["standard"] in {"arrive", "collect", "aboard"}
    assert [patient["journey_id"] for patient in found.json["ready"]] == [waits]
    assert found.json["ready"][0]["pickup_place"] == planned().journeys[waits].pickup.label
    assert {one["journey_id"] for one in found.json["unplaced"]} <= set(planned().unserved)
    assert [one["oddity"] for one in found.json["anomalies"]] == ["unknown_journey"]


@pytest.mark.parametrize("query", [{"most": "0"}, {"least": "2"}, {"now": "2026-11-24T09:00:00"}, {"x": "1"}])
def test_a_board_of_another_kind_is_refused(controller: FlaskClient, query: dict[str, str]) -> None:
    assert controller.get(WAY, query_string=query).status_code == 422
