"""What only the page asks for: the roster in columns, the draft of a plan under way, the base map."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import Settings, create_app
from api.context import STORE
from pts_optimiser.services.hosted.orders import PlanOrder
from pts_optimiser.store import Store, plans
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.words import PlanKind, PlanStatus, Role
from tests.api.conftest import Callers
from tests.geodata.roads import bent
from tests.services.hosted.town_day import DAY, planned, put_published

VIEW = f"/v1/days/{DAY}/rosters/1/view"


def test_a_version_is_shown_in_columns_and_not_sent_again_unchanged(store: Store, planner: FlaskClient) -> None:
    put_published(store)
    answer = planner.get(VIEW)
    assert answer.json["schema"] == "pts-optimiser/view/1"
    assert len(answer.json["journeys"]["id"]) == len(planned().journeys)
    assert planner.get(VIEW, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_who_sees_one_contract_is_shown_its_journeys_alone(store: Store, as_role: Callers) -> None:
    put_published(store)
    contract = next(iter(planned().journeys.values())).contract
    shown = as_role(Role.VIEWER, frozenset({contract})).get(VIEW).json
    wanted = {journey.journey_id for journey in planned().journeys.values() if journey.contract == contract}
    assert set(shown["journeys"]["id"]) == wanted
    assert shown["headlines"] == []
    assert "cost" not in shown["kpis"]


def test_a_draft_is_there_once_a_roster_was_passed(store: Store, planner: FlaskClient, as_role: Callers) -> None:
    put_published(store)
    now = datetime.now(UTC)
    with store.write() as session:
        ordered, _ = plans.order_plan(session, PlanKind.PLAN, DAY, PlanOrder().document(), by="test", at=now)
        for status in (PlanStatus.VALIDATED, PlanStatus.QUEUED):
            plans.advance(session, ordered.plan_id, status, at=now)
        fence = plans.claim(session, ordered.plan_id, at=now).fence
    way = f"/v1/plans/{ordered.plan_id}/draft"
    assert planner.get(way).status_code == 204
    with store.write() as session:
        plans.save_best(session, ordered.plan_id, fence, {}, planned().roster, at=now)
    assert planner.get(way).json["stops"] == planner.get(VIEW).json["stops"]
    assert as_role(Role.VIEWER, frozenset({"cheshire"})).get(way).status_code == 403
    assert planner.get("/v1/plans/nothing/draft").status_code == 404


def base_map(settings: Settings) -> dict[str, Any]:
    app = create_app(settings)
    with app.extensions[STORE].write() as session:
        _, key = create_key(
            session, "k", Role.VIEWER, None, expires_at=datetime(2030, 1, 1, tzinfo=UTC), by="test", at=settings.clock()
        )
    answer = app.test_client().get("/v1/base-map", headers={"Authorization": f"Bearer {key}"})
    app.extensions[STORE].close()
    found: dict[str, Any] = answer.json
    return found


def kinds(document: dict[str, Any]) -> set[str]:
    return {one["properties"]["highway"] for one in document["features"] if one["geometry"]["coordinates"]}


def test_runs_are_drawn_on_the_roads_of_the_network_with_the_waters_in_the_package(
    settings: Settings, tmp_path: Path
) -> None:
    bent().save(tmp_path / "net")
    packaged, own = base_map(settings), base_map(replace(settings, network=tmp_path / "net"))
    assert kinds(packaged) == {"motorway", "trunk", "urban", "rural", "water"}
    assert kinds(own) == {"tertiary", "water"}
    assert own["attribution"] == "nobody"


def test_a_base_map_that_was_given_is_shown_whatever_the_network(settings: Settings, tmp_path: Path) -> None:
    bent().save(tmp_path / "net")
    own = tmp_path / "roads.geojson"
    own.write_text('{"type":"FeatureCollection","attribution":"ours","features":[]}', encoding="utf-8")
    assert base_map(replace(settings, network=tmp_path / "net", base_map=own))["attribution"] == "ours"


def test_where_the_network_cannot_be_read_the_packaged_map_is_shown_and_the_log_says_why(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert base_map(replace(settings, network=tmp_path / "none")) == base_map(settings)
    assert "no road network" in caplog.text
