"""Re-optimising over HTTP: ordered, proposed, accepted whole or in part, rejected."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from api.kept import live
from pts_optimiser.store import Store, plans
from pts_optimiser.store.proposals import Proposal
from tests.api.test_events import booking
from tests.services.hosted.town_day import DAY, at, event, put_proposal

WAY = f"/v1/days/{DAY}/proposals"
NOW = at(9.2).isoformat()
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def proposal(app: APIFlask, controller: FlaskClient) -> Proposal:
    controller.post(f"/v1/days/{DAY}/events", json=event("journey_booked", 8.9, journey=booking()))
    with app.app_context():
        return put_proposal(live(), 9)


def test_who_orders_a_re_optimise_while_one_is_under_way_joins_it(controller: FlaskClient, store: Store) -> None:
    body = {"now": NOW, "budget_s": 0.5, "most_changes_percent": 10.0}
    first, second = (controller.post(f"/v1/days/{DAY}/reoptimise", json=body) for _ in range(2))
    assert (first.status_code, first.json["joined"], second.json["joined"]) == (202, False, True)
    assert first.headers["Location"] == second.headers["Location"] == f"/v1/plans/{first.json['plan_id']}"
    with store.read() as session:
        assert plans.plan(session, first.json["plan_id"]).order["budget_s"] == 0.5


def test_a_proposal_is_read_and_accepted(controller: FlaskClient, proposal: Proposal) -> None:
    [listed] = controller.get(WAY).json["items"]
    assert listed == controller.get(f"{WAY}/{proposal.proposal_id}").json
    assert (listed["status"], listed["version"]) == ("open", proposal.version)
    assert "N1" in {change["journey_id"] for change in listed["diff"]["changes"]}
    done = controller.post(f"{WAY}/{proposal.proposal_id}/accept", json={"now": NOW})
    assert (done.status_code, done.json["publication"]["version"]) == (200, proposal.version)
    assert controller.get(f"{WAY}/{proposal.proposal_id}").json["status"] == "accepted"
    assert controller.post(f"{WAY}/{proposal.proposal_id}/accept", json={"now": NOW}).status_code == 409


def test_a_part_is_accepted_by_the_names_of_its_journeys(controller: FlaskClient, proposal: Proposal) -> None:
    way = f"{WAY}/{proposal.proposal_id}/accept"
    refused = controller.post(way, json={"journeys": ["J-unknown"], "now": NOW})
    assert (refused.status_code, refused.json["issues"][0]["code"]) == (422, "no_change_of_its_own")
    done = controller.post(way, json={"journeys": ["N1"], "now": NOW})
    assert (done.status_code, done.json["publication"]["version"]) == (200, proposal.version + 1)


def test_what_speaks_against_a_proposal_is_told(controller: FlaskClient, proposal: Proposal) -> None:
    controller.post(f"/v1/days/{DAY}/events", json=event("journey_cancelled", 9.1, journey_id="N1"))
    refused = controller.post(f"{WAY}/{proposal.proposal_id}/accept", json={"now": NOW})
    assert (refused.status_code, refused.json["type"]) == (409, "/docs#contradicted")
    assert refused.json["issues"][0]["message"] == "N1 was called off"


def test_a_rejected_proposal_stays_rejected(controller: FlaskClient, proposal: Proposal) -> None:
    assert controller.post(f"{WAY}/{proposal.proposal_id}/reject").json["status"] == "rejected"
    assert controller.post(f"{WAY}/{proposal.proposal_id}/reject").status_code == 409
    assert controller.post(f"{WAY}/unknown/reject").status_code == 404
