"""People see where they are signed in, and end it there; an admin that of everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NoReturn

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from api import Settings
from api.who import admission
from pts_optimiser.store import BusyError, sign_ins
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers
from tests.api.examples import Clock
from tests.services.hosted.town_day import DAY, event, open_after

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, development_sign_in=True, https=False)


@pytest.fixture
def sign_in(app: APIFlask) -> SignIn:
    """Browsers in which somebody has signed in; they send the session's token with whatever they ask."""

    def let_in(name: str = "jane", role: Role = Role.PLANNER, user_agent: str = FIREFOX) -> FlaskClient:
        browser = app.test_client()
        browser.environ_base["HTTP_USER_AGENT"] = user_agent
        assert browser.post("/sign-in/development", json={"name": name, "roles": [role.value]}).status_code == 204
        browser.environ_base["HTTP_X_CSRF_TOKEN"] = browser.get("/v1/me").json["csrf_token"]
        return browser

    return let_in


def test_people_see_where_they_are_signed_in(sign_in: SignIn, clock: Clock) -> None:
    desk = sign_in()
    clock.forward(minutes=30)
    wall = sign_in(user_agent="curl/8")
    sign_in("joe")
    desk.get("/v1/days")
    told = wall.get("/v1/me/sessions").json["items"]
    assert [(one["who"], one["browser"], one["current"]) for one in told] == [
        ("person:development.jane", "Firefox on Windows", False),
        ("person:development.jane", "Another browser", True),
    ]
    assert (told[0]["begun_at"], told[0]["last_used_at"], told[0]["until"]) == (
        "2026-11-23T18:00:00Z",
        "2026-11-23T18:30:00Z",
        "2026-11-24T06:00:00Z",
    )


def test_what_is_over_is_not_listed(sign_in: SignIn, clock: Clock) -> None:
    sign_in()
    clock.forward(hours=2)
    assert len(sign_in().get("/v1/me/sessions").json["items"]) == 1


def test_a_session_is_ended_from_another_one_for_good(sign_in: SignIn) -> None:
    lost, here = sign_in(), sign_in()
    [of_lost] = [one for one in here.get("/v1/me/sessions").json["items"] if not one["current"]]
    assert here.delete(f"/v1/me/sessions/{of_lost['session_id']}").status_code == 204
    assert (lost.get("/v1/me").status_code, here.get("/v1/me").status_code) == (401, 200)
    assert here.delete(f"/v1/me/sessions/{of_lost['session_id']}").status_code == 404


def test_all_other_sessions_are_ended_at_once(sign_in: SignIn) -> None:
    others, here, joes = [sign_in(), sign_in()], sign_in(), sign_in("joe")
    assert here.delete("/v1/me/sessions").json == {"ended": 2}
    assert [browser.get("/v1/me").status_code for browser in (*others, here, joes)] == [401, 401, 200, 200]


def test_nobody_ends_the_sessions_of_others(sign_in: SignIn) -> None:
    jane, joe = sign_in(), sign_in("joe")
    [of_jane] = jane.get("/v1/me/sessions").json["items"]
    assert joe.delete(f"/v1/me/sessions/{of_jane['session_id']}").status_code == 404
    assert joe.delete(f"/v1/sessions/{of_jane['session_id']}").status_code == 403
    assert jane.get("/v1/me").status_code == 200


def test_ending_needs_the_token_of_the_session(sign_in: SignIn) -> None:
    jane = sign_in()
    del jane.environ_base["HTTP_X_CSRF_TOKEN"]
    assert jane.delete("/v1/me/sessions").json["type"] == "/docs#csrf"


def test_a_key_has_no_sessions(planner: FlaskClient, sign_in: SignIn) -> None:
    jane = sign_in()
    assert planner.get("/v1/me/sessions").json == {"items": []}
    assert planner.delete("/v1/me/sessions").json == {"ended": 0}
    assert jane.get("/v1/me").status_code == 200


def test_an_admin_sees_and_ends_those_of_a_person(sign_in: SignIn, as_role: Callers) -> None:
    admin, janes, joe = as_role(Role.ADMIN), [sign_in(), sign_in()], sign_in("joe")
    assert len(admin.get("/v1/sessions").json["items"]) == 3
    of_jane = admin.get("/v1/sessions?who=person:development.jane").json["items"]
    assert admin.delete(f"/v1/sessions/{of_jane[0]['session_id']}").status_code == 204
    assert sorted(browser.get("/v1/me").status_code for browser in janes) == [200, 401]
    assert admin.delete("/v1/sessions?who=person:development.jane").json == {"ended": 1}
    assert [browser.get("/v1/me").status_code for browser in (*janes, joe)] == [401, 401, 200]
    told = [entry for entry in admin.get("/v1/audit").json["items"] if entry["what"] == "session.end"]
    assert {entry["subject"] for entry in told} == {f"sessions/{one['session_id']}" for one in of_jane}
    assert {entry["who"] for entry in told} == {admin.get("/v1/me").json["name"]}


def test_an_admin_ends_those_of_everybody_but_their_own(sign_in: SignIn) -> None:
    admin, others = sign_in("ann", Role.ADMIN), [sign_in(), sign_in("joe")]
    assert admin.delete("/v1/sessions").status_code == 422
    assert admin.delete("/v1/sessions?who=*").json == {"ended": 2}
    assert [browser.get("/v1/me").status_code for browser in (*others, admin)] == [401, 401, 200]


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever follows a stream is looked at each time that it tells something."""
    monkeypatch.setattr(admission, "LOOK_EVERY_S", 0.0)


def pulses(browser: FlaskClient) -> Iterator[bytes]:
    return iter(browser.get(f"/v1/days/{DAY}/live", buffered=False).response)


def happen(controller: FlaskClient, number: int) -> None:
    journey_id = open_after(12)[number][0]
    assert controller.post(f"/v1/days/{DAY}/events", json=event("ready", 9, journey_id=journey_id)).status_code == 201


@pytest.mark.usefixtures("published", "looked_at")
def test_to_follow_a_stream_is_to_use_the_session(sign_in: SignIn, controller: FlaskClient, clock: Clock) -> None:
    jane = sign_in()
    heard = pulses(jane)
    assert [next(heard)[:5], next(heard)[:3]] == [b"retry", b"id:"]
    clock.forward(hours=1, minutes=59)
    happen(controller, 0)
    assert next(heard).startswith(b"id:")
    clock.forward(hours=1)
    assert jane.get("/v1/me").status_code == 200


@pytest.mark.usefixtures("published", "looked_at")
def test_a_stream_ends_with_its_session(sign_in: SignIn, controller: FlaskClient) -> None:
    jane = sign_in()
    heard = pulses(jane)
    assert [next(heard)[:5], next(heard)[:3]] == [b"retry", b"id:"]
    jane.post("/sign-out")
    happen(controller, 0)
    assert list(heard) == []


@pytest.mark.usefixtures("published", "looked_at")
def test_a_stream_outlives_a_store_that_is_busy(
    sign_in: SignIn, controller: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = pulses(sign_in())
    assert [next(heard)[:5], next(heard)[:3]] == [b"retry", b"id:"]
    happen(controller, 0)
    monkeypatch.setattr(sign_ins, "recognise", busy)
    assert next(heard).startswith(b"id:")


@pytest.mark.usefixtures("published", "looked_at")
def test_a_stream_ends_with_its_key(as_role: Callers, controller: FlaskClient) -> None:
    viewer, admin = as_role(Role.VIEWER), as_role(Role.ADMIN)
    heard = pulses(viewer)
    assert [next(heard)[:5], next(heard)[:3]] == [b"retry", b"id:"]
    assert admin.delete(f"/v1/keys/{viewer.get('/v1/me').json['name'].removeprefix('key:')}").status_code == 200
    happen(controller, 0)
    assert list(heard) == []


def test_a_busy_store_keeps_nobody_out_for_a_note_that_can_wait(
    sign_in: SignIn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    jane = sign_in()
    clock.forward(minutes=5)
    monkeypatch.setattr(sign_ins, "used", busy)
    assert jane.get("/v1/me").status_code == 200


def busy(*_: object, **__: object) -> NoReturn:
    raise BusyError("busy")
