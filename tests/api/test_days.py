"""Upload a day and read it back."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from pts_optimiser.store import Store
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers
from tests.api.examples import DAY, a_day, a_duty, a_journey
from tests.services.hosted.town_day import planned, put_published


def test_an_uploaded_day_is_read_back_with_its_journeys_and_duties(planner: FlaskClient) -> None:
    made = planner.post("/v1/days", json=a_day())
    assert (made.status_code, made.headers["Location"], made.headers["ETag"]) == (201, f"/v1/days/{DAY}", '"1"')
    assert planner.get(made.headers["Location"]).json["journeys"] == 2
    first, second = planner.get(f"/v1/days/{DAY}/journeys").json["items"]
    assert (first["journey_id"], first["pickup"]["lat"], second["contract"]) == ("J1", 53.19, "merseyside")
    assert first["appointment_at"] == "2026-11-24T07:30:00Z"
    duty = planner.get(f"/v1/days/{DAY}/duties").json["items"][0]
    assert (duty["duty_id"], duty["rest"]["length"]) == ("D1", "PT30M")


def test_uploading_again_replaces_the_day(planner: FlaskClient) -> None:
    planner.post("/v1/days", json=a_day())
    again = planner.post("/v1/days", json=a_day(journeys=[a_journey("J9")]))
    assert (again.status_code, again.headers["ETag"]) == (200, '"2"')
    assert [journey["journey_id"] for journey in planner.get(f"/v1/days/{DAY}/journeys").json["items"]] == ["J9"]


@pytest.mark.parametrize(("header", "value"), [("If-Match", '"7"'), ("If-None-Match", "*"), ("If-Match", '"x"')])
def test_an_upload_over_another_state_than_seen_is_refused(planner: FlaskClient, header: str, value: str) -> None:
    planner.post("/v1/days", json=a_day())
    refused = planner.post("/v1/days", json=a_day(), headers={header: value})
    assert (refused.status_code, refused.json["type"]) == (412, "/docs#changed_meanwhile")
    assert planner.post("/v1/days", json=a_day(), headers={"If-Match": '"1"'}).status_code == 200


def test_who_is_limited_to_contracts_sees_those_only(planner: FlaskClient, as_role: Callers) -> None:
    planner.post("/v1/days", json=a_day())
    limited = as_role(Role.VIEWER, frozenset({"merseyside"}))
    seen = limited.get(f"/v1/days/{DAY}/journeys").json["items"]
    assert [journey["journey_id"] for journey in seen] == ["J2"]
    assert [duty["duty_id"] for duty in limited.get(f"/v1/days/{DAY}/duties").json["items"]] == ["D1"]
    assert limited.get(f"/v1/days/{DAY}").json["journeys"] == 1
    assert as_role(Role.PLANNER, frozenset({"merseyside"})).post("/v1/days", json=a_day()).status_code == 403


def test_every_fault_of_every_row_is_told_with_its_place(planner: FlaskClient) -> None:
    day = a_day(journeys=[a_journey("J1", pickup_lat=None), a_journey("J2", mobility="flying")])
    refused = planner.post("/v1/days", json=day)
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert {(issue["path"], issue["code"]) for issue in refused.json["issues"]} == {
        ("/journeys/0/pickup_lat", "missing_value"),
        ("/journeys/1/mobility", "unknown_mobility"),
    }
    assert planner.get(f"/v1/days/{DAY}").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"pickup_lat": False},
        {"escorts": "1"},
        {"escorts": 1.5},
        {"appointment_at": "2026-11-24T07:30:00"},
        {"surname": "x"},
        {"travel_alone": 1},
        {"pickup_place": "one\ntwo"},
    ],
)
def test_values_of_another_type_and_unknown_fields_are_refused(planner: FlaskClient, change: dict[str, Any]) -> None:
    refused = planner.post("/v1/days", json=a_day(journeys=[a_journey(**change)]))
    assert refused.status_code == 422
    assert [issue["path"] for issue in refused.json["issues"]] == [f"/journeys/0/{next(iter(change))}"]


def test_days_come_latest_first_page_by_page(planner: FlaskClient) -> None:
    for day in ("2026-11-24", "2026-11-25", "2026-11-26"):
        journey = a_journey(appointment_at=f"{day}T09:00:00+01:00")
        duty = a_duty(start_at=f"{day}T06:00:00Z", end_at=f"{day}T14:00:00Z")
        assert planner.post("/v1/days", json={"journeys": [journey], "duties": [duty]}).status_code == 201
    page = planner.get("/v1/days?limit=2").json
    assert [day["service_date"] for day in page["items"]] == ["2026-11-26", "2026-11-25"]
    rest = planner.get(f"/v1/days?limit=2&cursor={page['next']}").json
    assert ([day["service_date"] for day in rest["items"]], rest["next"]) == (["2026-11-24"], None)


def test_the_list_of_days_says_how_much_there_is_and_what_is_planned(
    planner: FlaskClient, as_role: Callers, store: Store
) -> None:
    counted = ("journeys", "duties", "roster")
    listed = lambda client: [client.get("/v1/days").json["items"][0][name] for name in counted]  # noqa: E731
    planner.post("/v1/days", json=a_day())
    limited = as_role(Role.VIEWER, frozenset({"merseyside"}))
    assert (listed(planner), listed(limited)) == ([2, 2, None], [1, 1, None])
    put_published(store, published=False)
    every, duties = len(planned().journeys), len(planned().duties)
    unserved = len(planned().roster.unserved)
    roster = {"version": 1, "published": False, "served": every - unserved, "unserved": unserved}
    assert listed(planner) == [every, duties, roster]
    planner.post(f"/v1/days/{DAY}/published", json={"version": 1}, headers={"If-None-Match": "*"})
    assert listed(planner)[2] == roster | {"published": True}
    assert listed(limited)[2] == {"version": 1, "published": True, "served": None, "unserved": None}


def test_a_long_list_comes_page_by_page(planner: FlaskClient) -> None:
    planner.post("/v1/days", json=a_day(journeys=[a_journey(f"J{n}") for n in range(5)]))
    seen, cursor = [], ""
    while cursor is not None:
        page = planner.get(f"/v1/days/{DAY}/journeys?limit=2{cursor and '&cursor=' + cursor}").json
        seen += [journey["journey_id"] for journey in page["items"]]
        cursor = page["next"]
    assert seen == ["J0", "J1", "J2", "J3", "J4"]


def test_of_ten_thousand_equal_journeys_each_is_told(planner: FlaskClient) -> None:
    refused = planner.post("/v1/days", json=a_day(journeys=[a_journey("J1", attendance_id="A1")] * 10_000))
    assert refused.status_code == 422
    first = refused.json["issues"][0]
    assert (first["path"], len(refused.json["issues"])) == ("/journeys/0/journey_id", 20_000)
    assert "rows 3, 4, 5, 6, 7 and 9994 more" in first["message"]
