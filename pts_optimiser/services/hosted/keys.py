"""API keys: made, listed, replaced, ended. For admins who see all contracts: a key could show them the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import ConflictError, Store, keys
from pts_optimiser.store.keys import ApiKey
from pts_optimiser.store.words import Role


@dataclass(frozen=True, slots=True)
class MadeKey:
    """``token`` is told this once."""

    key: ApiKey
    token: str


def key_caller(key_id: str) -> str:
    """How the audit knows who comes with a key."""
    return f"key:{key_id}"


def make_key(
    store: Store,
    caller: Caller,
    name: str,
    role: Role,
    contracts: frozenset[str] | None,
    *,
    good_for: timedelta,
    at: datetime,
) -> MadeKey:
    """A new key; raises NotAllowedError where the caller is limited to some contracts, as all here do."""
    caller.must_see_all()
    with store.write() as session:
        made = keys.create_key(session, name, role, contracts, expires_at=at + good_for, by=caller.name, at=at)
    return MadeKey(*made)


def list_keys(store: Store, caller: Caller) -> list[ApiKey]:
    """All keys in the order made."""
    caller.must_see_all()
    with store.read() as session:
        return keys.api_keys(session)


def replace_key(
    store: Store, caller: Caller, key_id: str, *, good_for: timedelta, old_for: timedelta, at: datetime
) -> MadeKey:
    """A new key in place of one that stays good for ``old_for``; raises NotFoundError, ConflictError."""
    caller.must_see_all()
    until, old_until = at + good_for, at + old_for
    with store.write() as session:
        made = keys.rotate_key(session, key_id, expires_at=until, old_until=old_until, by=caller.name, at=at)
    return MadeKey(*made)


def end_key(store: Store, caller: Caller, key_id: str, *, at: datetime) -> ApiKey:
    """End a key at once.

    Raises
    ------
    NotFoundError
    ConflictError
        It is the key that asks: who ended the last one of an admin would need the store itself for another.
    """
    caller.must_see_all()
    if caller.name == key_caller(key_id):
        raise ConflictError("this is the key that asks; end it with another one")
    with store.write() as session:
        return keys.revoke_key(session, key_id, by=caller.name, at=at)
