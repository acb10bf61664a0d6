"""People sign in at a provider of identities; what it says of them makes the caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from api import Settings, create_app
from api.context import STORE
from api.settings import OpenId
from pts_optimiser.store.words import Role
from tests.api.provider import CLIENT, SECRET, Provider, running_provider

ROLES = {"pts-planner": Role.PLANNER, "pts-admin": Role.ADMIN}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.claims = {"sub": "u-1", "name": "Jane", "roles": ["pts-planner", "other"]}
    running.change, running.signing = {}, running.key
    return running


@pytest.fixture
def open_id(provider: Provider, request: pytest.FixtureRequest) -> OpenId:
    claim = getattr(request, "param", None)
    return OpenId(provider.issuer, CLIENT, SECRET, "https://pts.example", ROLES, contracts_claim=claim)


@pytest.fixture
def settings(settings: Settings, open_id: OpenId) -> Settings:
    return replace(settings, open_id=open_id)


@pytest.fixture
def browser(client: FlaskClient) -> FlaskClient:
    client.environ_base["wsgi.url_scheme"] = "https"
    return client


def sign_in(browser: FlaskClient, provider: Provider) -> TestResponse:
    away = browser.get("/sign-in")
    assert away.status_code == 302
    assert "redirect_uri=https%3A%2F%2Fpts.example%2Fsigned-in" in away.headers["Location"]
    return browser.get(f"/signed-in?{provider.allow(away.headers['Location'])}")


def test_a_person_with_a_role_is_let_in(browser: FlaskClient, provider: Provider) -> None:
    back = sign_in(browser, provider)
    assert (back.status_code, back.headers["Location"]) == (302, "/")
    me = browser.get("/v1/me").json
    assert (me["name"], me["shown_name"], me["roles"], me["contracts"]) == ("person:u-1", "Jane", ["planner"], None)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"roles": ["other"]}, 403),
        ({"roles": None}, 403),
        ({"iss": "https://elsewhere.example"}, 400),
        ({"aud": "somebody else"}, 400),
        ({"nonce": "another"}, 400),
        ({"exp": 1_000_000_000}, 400),
    ],
)
def test_who_is_not_meant_is_not_let_in(
    browser: FlaskClient, provider: Provider, change: dict[str, Any], status: int
) -> None:
    provider.change = change
    assert sign_in(browser, provider).status_code == status
    assert browser.get("/v1/me").status_code == 401


def test_a_token_signed_by_somebody_else_lets_nobody_in(browser: FlaskClient, provider: Provider) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "k1"})
    assert sign_in(browser, provider).json["type"] == "/docs#sign_in_failed"


def test_a_way_back_that_was_never_asked_for_lets_nobody_in(browser: FlaskClient, provider: Provider) -> None:
    query = provider.allow(browser.get("/sign-in").headers["Location"])
    other = browser.application.test_client()
    for path in (f"/signed-in?{query}", "/signed-in?error=access_denied", "/signed-in"):
        assert other.get(path).json["type"] == "/docs#sign_in_failed"


@pytest.mark.parametrize("open_id", ["pts.contracts"], indirect=True)
@pytest.mark.parametrize(
    ("told", "contracts"), [(["cheshire"], ["cheshire"]), ("a b", ["a", "b"]), (["*"], None), (None, []), (7, [])]
)
def test_a_claim_may_limit_the_contracts(
    browser: FlaskClient, provider: Provider, told: object, contracts: list[str] | None
) -> None:
    provider.change = {"pts": {"contracts": told}}
    sign_in(browser, provider)
    assert browser.get("/v1/me").json["contracts"] == contracts


@pytest.mark.parametrize(
    ("told", "status"),
    [({"amr": ["pwd", "mfa"]}, 302), ({"amr": ["hwk"]}, 302), ({"amr": ["pwd"]}, 403), ({"amr": None}, 403), ({}, 403)],
)
def test_a_sign_in_that_is_not_strong_enough_lets_nobody_in(
    settings: Settings, open_id: OpenId, provider: Provider, told: dict[str, Any], status: int
) -> None:
    strong = replace(open_id, required={"amr": frozenset({"mfa", "hwk"})})
    app = create_app(replace(settings, open_id=strong, https=False))
    with app.extensions[STORE]:
        provider.change = told
        assert sign_in(app.test_client(), provider).status_code == status


def test_the_provider_is_asked_for_the_strength_that_is_required(settings: Settings, open_id: OpenId) -> None:
    app = create_app(replace(settings, open_id=replace(open_id, required={"acr": frozenset({"high", "higher"})})))
    with app.extensions[STORE]:
        assert "acr_values=high+higher" in app.test_client().get("/sign-in").headers["Location"]


def test_no_redirect_of_the_provider_is_followed(settings: Settings, open_id: OpenId) -> None:
    app = create_app(replace(settings, open_id=replace(open_id, issuer=f"{open_id.issuer}/moved")))
    with app.extensions[STORE]:
        away = app.test_client().get("/sign-in")
    assert (away.status_code, away.json["type"]) == (503, "/docs#busy")


def test_a_provider_whose_certificate_nobody_vouches_for_is_told_nothing(settings: Settings, open_id: OpenId) -> None:
    with running_provider(self_signed=True) as another:
        app = create_app(replace(settings, open_id=replace(open_id, issuer=another.issuer)))
        with app.extensions[STORE]:
            away = app.test_client().get("/sign-in")
    assert (away.status_code, away.json["type"]) == (503, "/docs#busy")


def test_a_subject_with_blanks_is_named_by_its_hash(browser: FlaskClient, provider: Provider) -> None:
    provider.change = {"sub": "jane doe"}
    sign_in(browser, provider)
    assert len(browser.get("/v1/me").json["name"]) == len("person:") + 64


def test_a_provider_that_is_away_is_said_to_be(settings: Settings, open_id: OpenId) -> None:
    app = create_app(replace(settings, open_id=replace(open_id, issuer="http://127.0.0.1:9")))
    with app.extensions[STORE]:
        away = app.test_client().get("/sign-in")
    assert (away.status_code, away.json["type"]) == (503, "/docs#busy")
