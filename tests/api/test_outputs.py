"""Plans, published rosters and their parts over HTTP."""

from __future__ import annotations

import gzip
import json
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pts_optimiser.services.hosted.child import Child
from pts_optimiser.services.hosted.vroom_child import answer
from pts_optimiser.store import Store, plans
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.words import PlanStatus, Role
from tests.api.conftest import Callers
from tests.api.examples import NOW
from tests.instances.samples import vroom
from tests.services.hosted.test_uploads import HEAD, workbook
from tests.services.hosted.town_day import DAY, planned, put_published

TYPES = {
    "roster": "application/json",
    "kpis": "application/json",
    "unserved": "application/json",
    "routes.geojson": "application/geo+json",
    "run-sheets": "text/html; charset=utf-8",
    "roster.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "roster.csv": "text/csv; charset=utf-8",
}
WAY = f"/v1/days/{DAY}/published"


@pytest.fixture
def viewer(store: Store, as_role: Callers) -> FlaskClient:
    put_published(store)
    return as_role(Role.VIEWER)


def ordered(planner: FlaskClient) -> str:
    made = planner.post(f"/v1/days/{DAY}/plans", json={"budget_s": 3})
    assert made.status_code == 202
    return str(made.headers["Location"])


def problem(answer: TestResponse) -> tuple[int, str]:
    assert answer.json is not None
    return answer.status_code, answer.json["type"].removeprefix("/docs#")


@pytest.mark.parametrize("part", TYPES)
def test_every_part_comes_as_its_type_packed_and_not_again(viewer: FlaskClient, part: str) -> None:
    plain = viewer.get(f"{WAY}/{part}")
    assert (plain.status_code, plain.content_type) == (200, TYPES[part])
    packed = viewer.get(f"{WAY}/{part}", headers={"Accept-Encoding": "gzip"})
    unpacked = gzip.decompress(packed.data) if packed.content_encoding == "gzip" else packed.data
    assert unpacked == plain.data
    again = viewer.get(f"{WAY}/{part}", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_published_roster_and_the_same_version_have_the_same_parts(viewer: FlaskClient) -> None:
    assert viewer.get(f"{WAY}/kpis").json == planned().roster.kpis
    assert viewer.get(f"/v1/days/{DAY}/rosters/1/roster").data == viewer.get(f"{WAY}/roster").data
    assert problem(viewer.get(f"/v1/days/{DAY}/rosters/2/kpis")) == (404, "not_found")
    assert problem(viewer.get("/v1/days/2026-12-24/published/kpis")) == (404, "not_found")


def test_run_sheets_are_shown_by_a_browser_and_run_nothing(viewer: FlaskClient) -> None:
    policy = viewer.get(f"{WAY}/run-sheets").headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")


def test_who_is_limited_to_contracts_gets_no_totals_of_all(viewer: FlaskClient, as_role: Callers) -> None:
    limited = as_role(Role.VIEWER, frozenset({"cheshire"}))
    assert viewer.get(WAY).json["roster"]["served"] > 0
    assert limited.get(WAY).json["roster"]["served"] is None
    assert "cost" not in limited.get(f"{WAY}/kpis").json
    other = next(j.journey_id for j in planned().journeys.values() if j.contract != "cheshire")
    assert problem(limited.get(f"{WAY}/explain/{other}")) == (404, "not_found")


def test_a_journey_is_explained(viewer: FlaskClient) -> None:
    journey_id, duty_id = next(iter(planned().duty_of.items()))
    told = viewer.get(f"{WAY}/explain/{journey_id}").json
    assert (told["journey_id"], told["standing"]["duty_id"]) == (journey_id, duty_id)


def test_two_publish_at_once_and_one_is_told(viewer: FlaskClient, planner: FlaskClient) -> None:
    seen = {"If-Match": viewer.get(WAY).headers["ETag"]}
    won = planner.post(WAY, json={"version": 1}, headers=seen)
    assert (won.status_code, won.json["publication"]["number"]) == (200, 2)
    assert problem(planner.post(WAY, json={"version": 1}, headers=seen)) == (412, "changed_meanwhile")
    assert viewer.get(WAY).headers["ETag"] == won.headers["ETag"] != seen["If-Match"]
    assert [one["number"] for one in viewer.get(f"/v1/days/{DAY}/publications").json["items"]] == [2, 1]


def test_publishing_needs_the_state_that_was_seen_and_a_role(
    viewer: FlaskClient, planner: FlaskClient, as_role: Callers
) -> None:
    assert problem(planner.post(WAY, json={"version": 1})) == (428, "precondition_required")
    assert problem(planner.post(WAY, json={"version": 1}, headers={"If-None-Match": "*"})) == (
        412,
        "changed_meanwhile",
    )
    seen = {"If-Match": viewer.get(WAY).headers["ETag"]}
    assert problem(viewer.post(WAY, json={"version": 1}, headers=seen)) == (403, "forbidden")
    limited = as_role(Role.PLANNER, frozenset({"cheshire"}))
    assert problem(limited.post(WAY, json={"version": 1}, headers=seen)) == (403, "forbidden")


def test_a_plan_is_ordered_once_followed_and_stopped(viewer: FlaskClient, planner: FlaskClient) -> None:
    key = {"Idempotency-Key": "order-1"}
    first, again = (planner.post(f"/v1/days/{DAY}/plans", json={"budget_s": 3}, headers=key) for _ in range(2))
    assert (first.status_code, again.json["plan_id"]) == (202, first.json["plan_id"])
    way = first.headers["Location"]
    assert viewer.get(way).json["order"]["budget_s"] == 3
    assert problem(viewer.get(f"{way}/kpis")) == (409, "conflict")
    assert problem(planner.post(f"{way}/publish", headers={"If-None-Match": "*"})) == (409, "conflict")
    assert problem(viewer.delete(way)) == (403, "forbidden")
    assert planner.delete(way).json["status"] == "stopped"
    assert viewer.get(f"{way}/summary").json["version"] is None
    assert [plan["status"] for plan in viewer.get(f"/v1/days/{DAY}/plans").json["items"]] == ["stopped"]


def test_plans_come_latest_first_page_by_page(viewer: FlaskClient, planner: FlaskClient) -> None:
    made = [ordered(planner).rpartition("/")[2] for _ in range(3)]
    page = viewer.get(f"/v1/days/{DAY}/plans?limit=2").json
    rest = viewer.get(f"/v1/days/{DAY}/plans?limit=2&cursor={page['next']}").json
    assert [plan["plan_id"] for plan in page["items"] + rest["items"]] == made[::-1]


def claimed(store: Store, way: str) -> Plan:
    plan_id = way.rpartition("/")[2]
    with store.write() as session:
        plans.advance(session, plan_id, PlanStatus.QUEUED, at=NOW)
        plans.claim(session, plan_id, at=NOW)
        return plans.save_best(session, plan_id, 1, {"served": 7}, at=NOW)


def test_progress_tells_the_state_and_the_end(store: Store, viewer: FlaskClient, planner: FlaskClient) -> None:
    way = ordered(planner)
    plan = claimed(store, way)
    stream = viewer.get(f"{way}/progress")
    assert stream.mimetype == "text/event-stream"
    lines = iter(stream.response)
    assert next(lines) == b"retry: 2000\n\n"
    number, kind, data = next(lines).decode().splitlines()[:3]
    assert (number, kind) == (f"id: {plan.revision}", "event: progress")
    assert json.loads(data.removeprefix("data: "))["best_so_far"] == {"served": 7}
    with store.write() as session:
        ended = plans.finish(session, plan.plan_id, 1, PlanStatus.STOPPED, at=NOW)
    [last] = [line for line in lines if line != b":\n\n"]
    assert last.decode().splitlines()[:2] == [f"id: {ended.revision}", "event: end"]
    stream.close()
    told = viewer.get(f"{way}/progress", headers={"Last-Event-ID": str(ended.revision)})
    assert (told.status_code, told.data) == (204, b"")
    assert b"event: end" in viewer.get(f"{way}/progress", headers={"Last-Event-ID": "not a number"}).data


def test_a_day_is_uploaded_as_csv_and_as_a_workbook(planner: FlaskClient) -> None:
    journeys = "\n".join([
        "journey_id,patient_ref,category,direction,pickup_place,pickup_lat,pickup_lon,dropoff_place,dropoff_lat,"
        "dropoff_lon,appointment_at,mobility",
        "J1,p-1,renal,inward,home,53.19,-2.89,CoCH,53.2115,-2.9023,2026-11-24T07:30:00,car",
    ])  # fmt: skip
    duties = [
        ["duty_id", "vehicle_id", "vehicle_type", "base", "base_lat", "base_lon", "start_at", "end_at", "crew"],
        ["D1", "V1", "standard_pts", "Chester", 53.2, -2.88, "2026-11-24T06:00:00", "2026-11-24T16:00:00", 1],
    ]
    for shifts, name in (
        ("\n".join(",".join(map(str, row)) for row in duties).encode(), "duties.csv"),
        (workbook({"Duties": duties}), "duties.xlsx"),
    ):
        files = {"journeys": (BytesIO(journeys.encode()), "journeys.csv"), "duties": (BytesIO(shifts), name)}
        made = planner.post("/v1/days", data=files, content_type="multipart/form-data")
        assert made.status_code in {200, 201}, made.json
        assert (made.json["view"]["journeys"], made.json["view"]["duties"]) == (1, 1)
    assert made.headers["ETag"] == '"2"'


def test_an_upload_of_files_says_what_is_missing_or_wrong(planner: FlaskClient) -> None:
    def sent(**parts: object) -> TestResponse:
        return planner.post("/v1/days", data=parts, content_type="multipart/form-data")

    lacking = sent(journeys=(BytesIO(b"x"), "j.csv"))
    assert problem(lacking) == (422, "bad_request_values")
    assert [issue["path"] for issue in lacking.json["issues"]] == ["/duties"]
    both = {"journeys": (BytesIO(b"PK\x03\x04"), "j.xlsx"), "duties": (BytesIO(b"x"), "d.csv")}
    refused = sent(**both)
    assert problem(refused) == (422, "bad_input")
    assert [issue["code"] for issue in refused.json["issues"]] == ["bad_workbook"]
    wrong = sent(journeys=(BytesIO(b"x"), "j"), duties=(BytesIO(b"x"), "d"), service_date="24/11/2026")
    assert [issue["path"] for issue in wrong.json["issues"]] == ["/service_date"]
    unknown = sent(journeys=(BytesIO(b"x"), "j"), duties=(BytesIO(b"x"), "d"), other="x")
    assert problem(unknown) == (422, "bad_request_values")
    rows = sent(journeys=(BytesIO(workbook({"a": [HEAD]})), "j"), duties=(BytesIO(b"duty_id\n"), "d"))
    assert {issue["path"].partition("/")[0] for issue in rows.json["issues"]} == {"journeys.csv", "duties.csv"}


def test_a_vroom_problem_is_answered_in_its_shape(viewer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Child, "ask", lambda _self, request, **_limits: answer(request))  # no process for this
    solved = viewer.post("/v1/formats/vroom?budget_s=0.1", json=vroom())
    assert (solved.status_code, solved.json["code"], solved.json["summary"]["routes"]) == (200, 0, 1)
    refused = viewer.post("/v1/formats/vroom", json=vroom(jobs=[{"id": 1}]))
    assert problem(refused) == (422, "bad_input")
    assert problem(viewer.post("/v1/formats/vroom?budget_s=100", json=vroom())) == (422, "bad_request_values")
