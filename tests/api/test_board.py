"""The board over HTTP."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.v1 import board as shown
from pts_optimiser.services.hosted import board as hosted
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


@pytest.mark.usefixtures("published")
def test_who_looks_at_once_sees_one_board_and_after_a_report_another(
    controller: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    whole = hosted.board

    def counted(*args: Any, **how: Any) -> hosted.Board:
        made.append(args)
        return whole(*args, **how)

    monkeypatch.setattr(hosted, "board", counted)
    monkeypatch.setattr(shown, "SHOWN_S", 10**9)
    first, again = controller.get(WAY), controller.get(WAY, headers={"Accept-Encoding": "gzip"})
    assert (first.status_code, again.headers["Content-Encoding"]) == (200, "gzip")
    assert json.loads(gzip.decompress(again.data)) == first.json
    assert len(made) == 1
    moment = {"occurred_at": "2026-11-23T18:30:00Z", "event_id": "r1", "source": "ward", "sequence": 1}
    controller.post(
        f"/v1/days/{DAY}/events", json={**moment, "type": "ready", "journey_id": next(iter(planned().journeys))}
    )
    assert controller.get(WAY).json["as_of"]["position"] in {0, 1}
    assert len(made) == 2
    assert controller.get(WAY, query_string={"most": 1}).json["risks"] == first.json["risks"][:1]


@pytest.mark.parametrize("query", [{"most": "0"}, {"least": "2"}, {"now": "2026-11-24T09:00:00"}, {"x": "1"}])
def test_a_board_of_another_kind_is_refused(controller: FlaskClient, query: dict[str, str]) -> None:
    assert controller.get(WAY, query_string=query).status_code == 422
