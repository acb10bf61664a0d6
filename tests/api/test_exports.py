"""Exports over HTTP: ordered, waited for, fetched."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from pts_optimiser.jobs.turns import Turns
from pts_optimiser.store import Store, plans
from pts_optimiser.store.publishing import Publication
from pts_optimiser.store.words import PlanStatus, Role
from tests.api.conftest import Callers
from tests.api.examples import NOW
from tests.services.hosted.town_day import DAY, put_published

WAY = f"/v1/days/{DAY}/exports"


def carry_out(store: Store, plan_id: str) -> None:
    with store.write() as session:
        plans.advance(session, plan_id, PlanStatus.QUEUED, at=NOW)
        held = plans.claim(session, plan_id, at=NOW)
    Turns(store).take(plan_id, held.fence)


def test_an_export_of_what_is_published_is_ordered_and_fetched(
    planner: FlaskClient, store: Store, published: Publication
) -> None:
    ordered = planner.post(WAY, json={})
    assert (ordered.status_code, ordered.json["kind"]) == (202, "export")
    assert ordered.json["order"] == {"version": published.version}
    waiting = planner.get(ordered.headers["Location"])
    assert (waiting.status_code, waiting.json["type"]) == (409, "/docs#conflict")
    carry_out(store, ordered.json["plan_id"])
    fetched = planner.get(ordered.headers["Location"], buffered=True)
    assert (fetched.status_code, fetched.content_type) == (200, "application/zip")
    assert fetched.headers["Content-Disposition"] == f"attachment; filename=roster-{DAY}-1.zip"
    with ZipFile(BytesIO(fetched.data)) as archive:
        assert {"roster.json", "travel.npz"} <= set(archive.namelist())


def test_any_version_can_be_exported_and_only_one_that_is_there(planner: FlaskClient, store: Store) -> None:
    put_published(store, published=False)
    assert planner.post(WAY, json={"version": 1}).status_code == 202
    assert planner.post(WAY, json={"version": 2}).status_code == 404
    assert planner.post(WAY, json={}).status_code == 404


@pytest.mark.usefixtures("published")
def test_an_export_sent_for_again_is_made_once(planner: FlaskClient) -> None:
    first, again = (planner.post(WAY, json={}, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]


@pytest.mark.usefixtures("published")
def test_what_is_no_export_is_not_fetched(planner: FlaskClient) -> None:
    plan_id = planner.post(f"/v1/days/{DAY}/plans", json={}).json["plan_id"]
    assert planner.get(f"/v1/plans/{plan_id}/export").status_code == 404


@pytest.mark.usefixtures("published")
def test_a_folder_of_all_contracts_is_not_for_who_sees_some(as_role: Callers, planner: FlaskClient) -> None:
    limited = as_role(Role.PLANNER, frozenset({"cheshire"}))
    assert limited.post(WAY, json={}).status_code == 403
    assert limited.get(planner.post(WAY, json={}).headers["Location"]).status_code == 403
