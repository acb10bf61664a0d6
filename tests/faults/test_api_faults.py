"""Faults as callers see them: uploads cut off, a disk that is full, travel times that are damaged, clocks set back."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.jobs.orders import ReoptimiseOrder, order_reoptimise
from pts_optimiser.jobs.turns import Turns
from pts_optimiser.store import Store
from pts_optimiser.store.events import events
from pts_optimiser.store.publishing import Publication, publish
from pts_optimiser.store.words import PlanStatus
from tests.api.conftest import app, as_role, client, clock, controller, planner, published, settings, store, upgraded
from tests.api.examples import DAY, Clock, a_day
from tests.faults.test_disk import full_disk
from tests.jobs.crew import BY, plan_of
from tests.jobs.test_turns import claim
from tests.services.hosted.town_day import DAY as TOWN
from tests.services.hosted.town_day import at, event, open_after, planned, put_published

__all__ = ["app", "as_role", "client", "clock", "controller", "planner", "published", "settings", "store", "upgraded"]
PUBLISHED = f"/v1/days/{TOWN}/published"


def sent(planner: FlaskClient, body: bytes, length: int, content_type: str) -> int:
    """Status of an upload of which only ``body`` comes, where ``length`` bytes were announced."""
    answer = planner.open(
        "/v1/days", method="POST", input_stream=io.BytesIO(body), content_type=content_type, content_length=length
    )
    return answer.status_code


def as_files() -> bytes:
    plan = planned()
    journeys, duties = journeys_csv(plan.journeys.values()), duties_csv(plan.duties.values())
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{name}"; filename="x.csv"\r\n\r\n{content}\r\n'
        for name, content in (("journeys", journeys), ("duties", duties))
    ]
    return "".join(parts).encode() + b"--cut--\r\n"


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # werkzeug leaves its file to the collector
@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("kind", ["json", "files"])
def test_an_upload_that_is_cut_off_anywhere_changes_nothing(
    app: APIFlask, planner: FlaskClient, kind: str, announced: bool
) -> None:
    """Cut by who sends it, or by a proxy that then announces what has come."""
    if kind == "json":
        whole, content_type = app.json.dumps(a_day()).encode(), "application/json"
    else:
        whole, content_type = as_files(), "multipart/form-data; boundary=cut"
    for end in range(0, len(whole.rstrip(b"\r\n-")), max(1, len(whole) // 24)):
        status = sent(planner, whole[:end], len(whole) if announced else end, content_type)
        assert 400 <= status < 500, end
        assert planner.get(f"/v1/days/{DAY}").status_code == 404
    assert sent(planner, whole, len(whole), content_type) == 201


@pytest.mark.usefixtures("published")
def test_on_a_full_disk_readers_are_served_and_writers_told_to_come_back(controller: FlaskClient) -> None:
    before = controller.get(f"{PUBLISHED}/roster")
    said = event("ready", 8, journey_id=open_after(9)[0][0])
    with full_disk():
        assert controller.get(f"{PUBLISHED}/roster").data == before.data
        assert controller.get(f"{PUBLISHED}/roster.csv").status_code == 200
        assert controller.get("/readyz").status_code in {200, 503}
        refused = controller.post(f"/v1/days/{TOWN}/events", json=said)
        assert (refused.status_code, "Retry-After" in refused.headers) == (503, True), refused.text
    assert controller.post(f"/v1/days/{TOWN}/events", json=said).status_code < 300


def test_damaged_travel_times_keep_nobody_from_the_published_roster(
    controller: FlaskClient, store: Store, published: Publication
) -> None:
    [file] = [store.files.place(sha256) for sha256 in store.files.kept()]
    good = file.read_bytes()
    for bad in (good[: len(good) // 2], good[:-1] + b"?", b""):
        file.write_bytes(bad)
        for part in ("roster", "roster.csv", "run-sheets", "kpis"):
            assert controller.get(f"{PUBLISHED}/{part}").status_code == 200, part
        asked = controller.post(f"/v1/days/{TOWN}/options", json={"journey_id": open_after(12)[0][0]})
        assert (asked.status_code, asked.json["type"]) == (503, "/docs#damaged")
        ordered, _ = order_reoptimise(store, BY, TOWN, ReoptimiseOrder(at(9), budget_s=0.1))
        held = claim(store, ordered.plan_id)
        Turns(store).take(held.plan_id, held.fence)
        failed = plan_of(store, held.plan_id)
        assert failed.status is PlanStatus.FAILED
        assert failed.error is not None
        assert failed.error["code"] == "plan_store_damaged"
    again = put_published(store, published=False)  # a plan made anew brings its own travel times
    assert again is None
    with store.write() as session:
        publish(session, TOWN, 2, expected_etag=published.etag, by=BY, at=at(9))
    ordered, _ = order_reoptimise(store, BY, TOWN, ReoptimiseOrder(at(9), budget_s=0.1))
    held = claim(store, ordered.plan_id)
    Turns(store).take(held.plan_id, held.fence)
    assert plan_of(store, held.plan_id).status is PlanStatus.COMPLETE


@pytest.mark.usefixtures("published")
def test_a_clock_set_back_keeps_what_was_done_in_its_order(controller: FlaskClient, clock: Clock, store: Store) -> None:
    """Whose turn it is goes by numbers, not by the clock."""
    journeys = [journey_id for journey_id, _ in open_after(9)][:3]
    for number, journey_id in enumerate(journeys):
        clock.now -= timedelta(minutes=40)
        said = event("ready", 8, journey_id=journey_id)
        key = {"Idempotency-Key": f"k-{number}"}
        first = controller.post(f"/v1/days/{TOWN}/events", json=said, headers=key)
        assert first.status_code < 300
        again = controller.post(f"/v1/days/{TOWN}/events", json=said, headers=key)
        assert again.data == first.data
    with store.read() as session:
        assert [one.fields["journey_id"] for _, one in events(session, TOWN)] == journeys
    tag = controller.get(PUBLISHED).headers["ETag"]
    made = put_published(store, published=False)
    assert made is None
    clock.now -= timedelta(hours=3)
    done = controller.post(PUBLISHED, json={"version": 2}, headers={"If-Match": tag})
    assert done.status_code in {200, 201}, done.text
    assert controller.get(PUBLISHED).json["publication"]["version"] == 2
