"""People in sessions: what the cookie opens, for how long, and what other sites cannot do with it."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from api import Settings
from tests.api.examples import Clock, a_day


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, development_sign_in=True)


@pytest.fixture
def person(client: FlaskClient) -> FlaskClient:
    """A planner who has signed in, in a browser that speaks TLS."""
    client.environ_base["wsgi.url_scheme"] = "https"
    assert client.post("/sign-in/development", json={"name": "jane", "roles": ["planner"]}).status_code == 204
    return client


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    answer = client.post("/sign-in/development", json={"name": "jane", "roles": ["viewer"]})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-pts=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_signing_in_is_logged_by_the_name_of_the_person(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.post("/sign-in/development", json={"name": "jane", "roles": ["viewer"]})
    [told] = [record for record in caplog.records if record.getMessage() == "signed in"]
    assert vars(told)["who"] == "person:development.jane"


def test_who_has_signed_in_reads(person: FlaskClient) -> None:
    me = person.get("/v1/me").json
    assert (me["name"], me["shown_name"], me["roles"]) == ("person:development.jane", "jane", ["planner"])
    assert me["until"] == "2026-11-24T06:00:00Z"


def test_a_change_needs_the_token_of_the_session(person: FlaskClient) -> None:
    token = person.get("/v1/me").json["csrf_token"]
    for headers in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": "é"}):
        refused = person.post("/v1/days", json=a_day(), headers=headers)
        assert (refused.status_code, refused.json["type"]) == (403, "/docs#csrf")
    assert person.post("/v1/days", json=a_day(), headers={"X-CSRF-Token": token}).status_code == 201


def test_a_session_ends_when_nobody_has_used_it_for_two_hours(person: FlaskClient, clock: Clock) -> None:
    clock.forward(hours=1, minutes=59)
    assert person.get("/v1/days").status_code == 200
    clock.forward(hours=1, minutes=59)
    assert person.get("/v1/days").status_code == 200
    clock.forward(hours=2)
    assert person.get("/v1/days").status_code == 401


def test_a_session_ends_after_twelve_hours_however_busy(person: FlaskClient, clock: Clock) -> None:
    for _ in range(11):
        clock.forward(hours=1)
        assert person.get("/v1/days").status_code == 200
    clock.forward(hours=1)
    assert person.get("/v1/days").status_code == 401


def test_signing_out_ends_the_session_for_whoever_has_copied_the_cookie(person: FlaskClient) -> None:
    token, copied = person.get("/v1/me").json["csrf_token"], person.get_cookie("__Host-pts")
    assert copied is not None
    assert person.post("/sign-out").status_code == 403
    out = person.post("/sign-out", headers={"X-CSRF-Token": token})
    assert (out.status_code, out.headers["Clear-Site-Data"]) == (204, '"cache"')
    assert person.get("/v1/me").status_code == 401
    person.set_cookie("__Host-pts", copied.value, secure=True)
    assert person.get("/v1/me").status_code == 401


def test_signing_in_again_ends_the_session_that_the_browser_had(person: FlaskClient) -> None:
    before = person.get_cookie("__Host-pts")
    assert before is not None
    person.post("/sign-in/development", json={"name": "joe", "roles": ["viewer"]})
    assert person.get("/v1/me").json["shown_name"] == "joe"
    person.set_cookie("__Host-pts", before.value, secure=True)
    assert person.get("/v1/me").status_code == 401


def test_a_key_beside_the_cookie_signs_out_too(person: FlaskClient, planner: FlaskClient) -> None:
    copied = person.get_cookie("__Host-pts")
    assert copied is not None
    key = {"Authorization": planner.environ_base["HTTP_AUTHORIZATION"]}
    assert person.post("/sign-out", headers=key).status_code == 204
    person.set_cookie("__Host-pts", copied.value, secure=True)
    assert person.get("/v1/me").status_code == 401


def test_a_changed_cookie_opens_nothing(person: FlaskClient) -> None:
    cookie = person.get_cookie("__Host-pts")
    assert cookie is not None
    person.set_cookie("__Host-pts", cookie.value[:-3] + "AAA", secure=True)
    assert person.get("/v1/me").status_code == 401


def test_a_key_goes_before_a_session(person: FlaskClient) -> None:
    assert person.get("/v1/me", headers={"Authorization": "Bearer pts_bad"}).status_code == 401
