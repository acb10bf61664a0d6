"""Who may do what: one table in the documents, the code and the real answers say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask

import api
from api import Settings, create_app
from api.context import STORE
from api.settings import OpenId
from api.who.roles import admitted, has_rule
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers

DOCUMENT = Path(api.__file__).parents[1] / "docs" / "api.md"
ALL = frozenset(Role)
Rules = dict[tuple[str, str], frozenset[Role] | None]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With every way open that a setting can open."""
    provider = OpenId("https://id.example", "pts", "secret", "https://pts.example", {"pts-viewer": Role.VIEWER})
    return replace(settings, open_id=provider, development_sign_in=True)


def documented() -> Rules:
    rows = re.findall(r"^\| `([A-Z]+) ([^`]+)` \| ([^|]+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    return {(method, way): _roles(told) for method, way, told in rows}


def _roles(told: str) -> frozenset[Role] | None:
    if told.startswith("everybody"):
        return None
    return ALL if told == "all" else frozenset(map(Role, told.split(", ")))


def coded(app: APIFlask) -> Rules:
    return {
        (method, rule.rule): admitted(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_documented_table_is_that_of_the_code(app: APIFlask) -> None:
    assert documented() == coded(app)


def test_every_way_has_a_rule(app: APIFlask) -> None:
    assert [rule.rule for rule in app.url_map.iter_rules() if not has_rule(app.view_functions[rule.endpoint])] == []


def test_a_way_without_a_rule_is_open_to_nobody(settings: Settings) -> None:
    app = create_app(settings)
    app.add_url_rule("/forgotten", view_func=lambda: "open")
    with app.extensions[STORE]:
        assert Callers(app)(Role.ADMIN).get("/forgotten").status_code == 403
        assert app.test_client().get("/forgotten").status_code == 401


def test_the_answers_to_every_role_are_those_of_the_table(app: APIFlask, as_role: Callers) -> None:
    clients = {role: as_role(role) for role in Role}
    nobody = app.test_client()
    for (method, way), roles in documented().items():
        path = _example(way)
        if roles is None:
            assert nobody.open(path, method=method, buffered=True).status_code not in {401, 403}, (method, way)
            continue
        assert nobody.open(path, method=method).status_code == 401, (method, way)
        for role, client in clients.items():
            refused = client.open(path, method=method).status_code == 403
            assert refused == (role not in roles), (method, way, role)


def test_what_touches_everybody_is_refused_to_who_sees_some_contracts(as_role: Callers) -> None:
    limited = as_role(Role.ADMIN, frozenset({"cheshire"}))
    for path in ("/v1/keys", "/v1/sessions", "/v1/audit", "/v1/audit/verdict"):
        assert limited.get(path).json["detail"].startswith("this concerns the journeys of all contracts")
    assert limited.post("/v1/keys", json={"name": "x", "role": "viewer"}).status_code == 403
    for path in ("/v1/keys/0", "/v1/sessions/0", "/v1/sessions?who=*"):
        assert limited.delete(path).status_code == 403


def _example(way: str) -> str:
    path = re.sub(r"<day:[^>]+>", "2026-11-24", way)
    path = re.sub(r"<int:[^>]+>", "1", path)
    return re.sub(r"<[^>]+>", "docs.css" if way.startswith("/static") else "x", path)
