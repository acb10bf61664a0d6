"""Keys made, replaced and ended over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from pts_optimiser.store import Store
from pts_optimiser.store.words import Role
from tests.api.conftest import Callers
from tests.api.examples import Clock


@pytest.fixture
def admin(as_role: Callers) -> FlaskClient:
    return as_role(Role.ADMIN)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_made_key_opens_what_its_role_may_and_its_contracts_show(admin: FlaskClient, client: FlaskClient) -> None:
    made = admin.post("/v1/keys", json={"name": "Feed of bookings", "role": "viewer", "contracts": ["cheshire"]})
    assert made.status_code == 201
    me = client.get("/v1/me", headers=bearer(made.json["token"])).json
    assert (me["name"], me["roles"], me["contracts"]) == (f"key:{made.json['key']['key_id']}", ["viewer"], ["cheshire"])
    assert client.get("/v1/keys", headers=bearer(made.json["token"])).status_code == 403


def test_a_token_is_told_once_and_kept_nowhere(admin: FlaskClient, store: Store) -> None:
    key = {"Idempotency-Key": "k-1"}
    made = admin.post("/v1/keys", json={"name": "once", "role": "viewer"}, headers=key).json
    again = admin.post("/v1/keys", json={"name": "once", "role": "viewer"}, headers=key).json
    assert made["token"] != again["token"]
    assert made["token"] not in admin.get("/v1/keys").get_data(as_text=True)
    secret = made["token"].split("_", 2)[2].encode()  # which may have underscores of its own
    assert all(secret not in path.read_bytes() for path in store.files.folder.parent.rglob("pts.db*") if path.is_file())


def test_a_replaced_key_stays_good_for_a_while(admin: FlaskClient, client: FlaskClient, clock: Clock) -> None:
    old = admin.post("/v1/keys", json={"name": "old", "role": "planner"}).json
    new = admin.post(f"/v1/keys/{old['key']['key_id']}/replacement", json={"old_for_hours": 2}).json
    assert (new["key"]["name"], new["key"]["role"]) == ("old", "planner")
    clock.forward(hours=1)
    assert [client.get("/v1/days", headers=bearer(key["token"])).status_code for key in (old, new)] == [200, 200]
    clock.forward(hours=2)
    assert [client.get("/v1/days", headers=bearer(key["token"])).status_code for key in (old, new)] == [401, 200]
    assert admin.post(f"/v1/keys/{old['key']['key_id']}/replacement", json={}).status_code == 409


def test_an_ended_key_opens_nothing_at_once(admin: FlaskClient, client: FlaskClient) -> None:
    made = admin.post("/v1/keys", json={"name": "gone", "role": "viewer"}).json
    ended = admin.delete(f"/v1/keys/{made['key']['key_id']}")
    assert (ended.status_code, ended.json["revoked_at"]) == (200, "2026-11-23T18:00:00Z")
    assert client.get("/v1/days", headers=bearer(made["token"])).status_code == 401
    assert admin.delete("/v1/keys/0123456789abcdef").status_code == 404


def test_a_key_does_not_end_itself(admin: FlaskClient) -> None:
    own = admin.get("/v1/me").json["name"].removeprefix("key:")
    assert admin.delete(f"/v1/keys/{own}").status_code == 409
    assert admin.get("/v1/keys").status_code == 200


def test_when_a_key_was_last_used_is_noted(admin: FlaskClient, clock: Clock) -> None:
    admin.get("/v1/keys")
    clock.forward(minutes=5)
    admin.get("/v1/keys")
    assert admin.get("/v1/keys").json["items"][0]["last_used_at"] == "2026-11-23T18:05:00Z"


def test_the_audit_tells_page_by_page_who_made_and_ended_keys(admin: FlaskClient) -> None:
    made = admin.post("/v1/keys", json={"name": "gone", "role": "viewer"}).json["key"]
    admin.delete(f"/v1/keys/{made['key_id']}")
    first = admin.get("/v1/audit?limit=2").json
    rest = admin.get(f"/v1/audit?limit=2&cursor={first['next']}").json
    told = [(entry["what"], entry["subject"]) for entry in first["items"] + rest["items"]]
    assert told[-2:] == [("key.create", f"keys/{made['key_id']}"), ("key.revoke", f"keys/{made['key_id']}")]
    assert first["items"][-1]["who"] == admin.get("/v1/me").json["name"]
    verdict = admin.get("/v1/audit/verdict").json
    assert (verdict["entries"], verdict["broken_at"], verdict["head"]) == (3, None, rest["items"][-1]["hash"])
