"""Moves over HTTP: tried, done over the state seen, refused with reasons."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.hosted.town_day import DAY, at, open_after, planned

WAY = f"/v1/days/{DAY}/moves"
NOW = at(9).isoformat()


def tried(controller: FlaskClient, feasible: bool) -> tuple[dict[str, str], str]:
    """A move with this answer, and the tag of what is published."""
    for journey_id, duty_id in open_after(9.5):
        for to in planned().duties:
            body = {"journey_id": journey_id, "duty_id": to, "now": NOW}
            if to != duty_id:
                found = controller.post(f"{WAY}/what-if", json=body)
                if found.status_code == 409:  # its duty is on the way to it
                    continue
                assert (found.json["diff"] is None) is (found.json["toll"] is None) is not found.json["feasible"]
                if found.json["feasible"] is feasible:
                    return body, found.headers["ETag"]
    raise AssertionError("there is no such move")


@pytest.mark.usefixtures("published")
def test_a_move_is_done_over_the_publication_that_was_seen(controller: FlaskClient) -> None:
    body, tag = tried(controller, feasible=True)
    assert controller.post(WAY, json=body).status_code == 428
    assert controller.post(WAY, json=body, headers={"If-None-Match": "*"}).status_code == 412
    done = controller.post(WAY, json=body, headers={"If-Match": tag})
    assert (done.status_code, done.json["publication"]["number"]) == (201, 2)
    assert body["journey_id"] in {change["journey_id"] for change in done.json["diff"]["changes"]}
    assert done.headers["ETag"] == f'"{done.json["publication"]["etag"]}"'
    assert controller.post(WAY, json=body, headers={"If-Match": tag}).status_code == 412
    there = controller.post(WAY, json=body, headers={"If-Match": done.headers["ETag"]})
    assert (there.status_code, "already" in there.json["detail"]) == (409, True)


@pytest.mark.usefixtures("published")
def test_a_move_that_breaks_rules_names_them(controller: FlaskClient) -> None:
    body, tag = tried(controller, feasible=False)
    refused = controller.post(WAY, json=body, headers={"If-Match": tag})
    assert refused.status_code == 422
    assert all(issue["code"] and issue["hint"] for issue in refused.json["issues"])
