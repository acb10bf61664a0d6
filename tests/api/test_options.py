"""Options over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from pts_optimiser.store.publishing import Publication
from tests.api.test_events import booking
from tests.services.hosted.town_day import DAY, at, open_after, planned

WAY = f"/v1/days/{DAY}/options"
NOW = at(9).isoformat()


def test_a_new_journey_is_answered_with_ranked_options(controller: FlaskClient, published: Publication) -> None:
    found = controller.post(WAY, json={"journey": booking(), "most": 3, "now": NOW})
    assert found.status_code == 200
    assert found.json["journey_id"] == "N1"
    assert found.json["as_of"] == {"now": "2026-11-24T09:00:00Z", "position": 0, "version": 1, "etag": published.etag}
    prices = [option["price_s"] for option in found.json["options"]]
    assert prices == sorted(prices)
    assert prices


@pytest.mark.usefixtures("published")
def test_a_journey_of_the_day_is_asked_for_by_its_id(controller: FlaskClient) -> None:
    journey_id, duty_id = open_after(12)[0]
    found = controller.post(WAY, json={"journey_id": journey_id, "now": NOW})
    assert (found.status_code, found.json["standing"]["duty_id"]) == (200, duty_id)


@pytest.mark.usefixtures("published")
def test_a_question_that_cannot_be_answered_says_why(controller: FlaskClient) -> None:
    done = next(j for j, (_, end) in planned().promised.items() if end < at(8.5))
    for body, status in (
        ({"now": NOW}, 422),
        ({"journey_id": done, "journey": booking(), "now": NOW}, 422),
        ({"journey_id": "J-unknown", "now": NOW}, 404),
        ({"journey_id": done, "now": NOW}, 409),
    ):
        assert controller.post(WAY, json=body).status_code == status
    refused = controller.post(WAY, json={"journey": booking() | {"mobility": "rocket"}, "now": NOW})
    assert [issue["path"] for issue in refused.json["issues"]] == ["/journey/mobility"]


def test_before_anything_is_published_there_is_nothing_to_ask(controller: FlaskClient) -> None:
    refused = controller.post(WAY, json={"journey_id": "J1"})
    assert (refused.status_code, "publish one first" in refused.json["detail"]) == (404, True)
