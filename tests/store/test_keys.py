from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from sqlalchemy import text

from pts_optimiser.store import ConflictError, NotFoundError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.keys import (
    ApiKey,
    api_key,
    api_keys,
    authenticate,
    create_key,
    due,
    revoke_key,
    rotate_key,
    used,
)
from pts_optimiser.store.words import Role
from tests.store.examples import BY, NOW, later

MONTH = timedelta(days=30)
LIMITS = [None, frozenset({"cheshire", "arden"}), frozenset[str]()]


def make(store: Store, role: Role = Role.PLANNER, contracts: frozenset[str] | None = None) -> tuple[ApiKey, str]:
    with store.write() as session:
        return create_key(session, "booking system", role, contracts, expires_at=NOW + MONTH, by=BY, at=NOW)


def known(store: Store, token: str, seconds: float = 1) -> ApiKey | None:
    with store.read() as session:
        return authenticate(session, token, at=later(seconds))


@pytest.mark.parametrize("contracts", LIMITS)
def test_a_token_opens_its_key_with_role_and_contracts(store: Store, contracts: frozenset[str] | None) -> None:
    for role in Role:
        made, token = make(store, role, contracts)
        assert known(store, token) == made
        assert (made.role, made.contracts) == (role, contracts)


def test_a_token_has_256_random_bits_and_is_nowhere_kept(store: Store) -> None:
    (_, token), (_, other) = make(store), make(store)
    secret = token[len("pts_") + 16 + 1 :]
    assert secret != other[len("pts_") + 16 + 1 :]
    assert len(base64.urlsafe_b64decode(secret + "=")) == 32
    with store.read() as session:
        kept = str(session.execute(text("SELECT * FROM api_keys")).all()) + str(entries(session))
    assert secret not in kept
    assert base64.urlsafe_b64decode(secret + "=").hex() not in kept


def test_other_tokens_open_nothing(store: Store) -> None:
    (_, token), (other, _) = make(store), make(store)
    wrong = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    mixed = f"pts_{other.key_id}_{token[21:]}"
    unknown = f"pts_{'0' * 16}_{token[21:]}"
    for presented in ("", "pts_", wrong, mixed, unknown, token + "=", token.upper(), f" {token}", token[4:]):
        assert known(store, presented) is None, presented


def test_a_key_ends_when_it_expires(store: Store) -> None:
    _, token = make(store)
    assert known(store, token, MONTH.total_seconds() - 1) is not None
    assert known(store, token, MONTH.total_seconds()) is None


def test_a_revoked_key_opens_nothing_from_then_on(store: Store) -> None:
    made, token = make(store)
    with store.write() as session:
        revoked = revoke_key(session, made.key_id, by=BY, at=later(60))
        assert revoke_key(session, made.key_id, by=BY, at=later(99)) == revoked
    assert revoked.revoked_at == later(60)
    assert known(store, token) is None


def test_a_rotated_key_leaves_time_to_change_over(store: Store) -> None:
    old, old_token = make(store, Role.CONTROLLER, frozenset({"arden"}))
    with store.write() as session:
        new, new_token = rotate_key(
            session, old.key_id, expires_at=NOW + 2 * MONTH, old_until=later(3600), by=BY, at=later(1)
        )
    assert (new.role, new.contracts, new.name) == (old.role, old.contracts, old.name)
    assert [known(store, one, 3599) is not None for one in (old_token, new_token)] == [True, True]
    assert [known(store, one, 3600) is not None for one in (old_token, new_token)] == [False, True]


def test_rotating_never_prolongs_the_old_key(store: Store) -> None:
    old, token = make(store)
    with store.write() as session:
        rotate_key(session, old.key_id, expires_at=NOW + 3 * MONTH, old_until=NOW + 2 * MONTH, by=BY, at=NOW)
    assert known(store, token, MONTH.total_seconds()) is None


@pytest.mark.parametrize("seconds", [MONTH.total_seconds(), 61.0])
def test_a_key_that_has_ended_is_not_rotated(store: Store, seconds: float) -> None:
    old, _ = make(store)
    with store.write() as session:
        revoke_key(session, old.key_id, by=BY, at=later(60)) if seconds == 61 else None
    with pytest.raises(ConflictError), store.write() as session:
        rotate_key(session, old.key_id, expires_at=NOW + 2 * MONTH, old_until=later(9), by=BY, at=later(seconds))


def test_use_is_noted_once_a_minute(store: Store) -> None:
    made, token = make(store)
    for seconds, noted in ((1, 1), (60, 1), (61, 61), (30, 61)):
        with store.write() as session:
            used(session, made, at=later(seconds))
        found = known(store, token)
        assert found is not None
        assert found.last_used_at == later(noted)
    assert due(made, at=later(1))
    assert [due(found, at=later(seconds)) for seconds in (120, 121)] == [False, True]


def test_keys_are_listed_without_their_secrets(store: Store) -> None:
    made = [make(store)[0], make(store)[0]]
    with store.read() as session:
        assert sorted(api_keys(session), key=str) == sorted(made, key=str)
        assert api_key(session, made[0].key_id) == made[0]
        with pytest.raises(NotFoundError):
            api_key(session, "none")


def test_making_rotating_and_revoking_are_in_the_audit(store: Store) -> None:
    made, _ = make(store)
    with store.write() as session:
        rotate_key(session, made.key_id, expires_at=NOW + MONTH, old_until=later(9), by=BY, at=later(1))
        revoke_key(session, made.key_id, by=BY, at=later(2))
    with store.read() as session:
        assert [one.what for one in entries(session)] == ["key.create", "key.create", "key.rotate", "key.revoke"]
