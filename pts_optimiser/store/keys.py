"""API keys of machines: 256 random bits, told once, kept as a hash.

The hash is plain SHA-256: nobody can go through 2^256 secrets, and slow hashes would be paid for on every request.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlalchemy.orm import Session

from pts_optimiser.store import audit
from pts_optimiser.store.errors import ConflictError, NotFoundError
from pts_optimiser.store.models import ApiKeyRow
from pts_optimiser.store.words import Role

_TOKEN = re.compile(r"pts_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")
NOTED_EVERY = timedelta(minutes=1)
_NOBODY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class ApiKey:
    """``contracts`` limit what the key sees: None is everything, an empty set nothing."""

    key_id: str
    name: str
    role: Role
    contracts: frozenset[str] | None
    created_at: datetime
    created_by: str
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        """Whether it lets anybody in."""
        return self.revoked_at is None and self.expires_at > at


def create_key(
    session: Session,
    name: str,
    role: Role,
    contracts: frozenset[str] | None,
    *,
    expires_at: datetime,
    by: str,
    at: datetime,
) -> tuple[ApiKey, str]:
    """A new key and its token, which is nowhere kept."""
    secret = secrets.token_bytes(32)
    made = ApiKey(secrets.token_hex(8), name, role, contracts, at, by, expires_at)
    row = {
        "key_id": made.key_id,
        "name": name,
        "secret_sha256": hashlib.sha256(secret).hexdigest(),
        "role": role,
        "contracts": None if contracts is None else sorted(contracts),
        "created_at": at,
        "created_by": by,
        "expires_at": expires_at,
    }
    session.execute(insert(ApiKeyRow), row)
    after = {"role": role.value, "contracts": _limits(contracts), "expires": expires_at.isoformat()}
    audit.note(session, at=at, who=by, what="key.create", subject=f"keys/{made.key_id}", after=after)
    return made, f"pts_{made.key_id}_{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"


def rotate_key(
    session: Session, key_id: str, *, expires_at: datetime, old_until: datetime, by: str, at: datetime
) -> tuple[ApiKey, str]:
    """A new key in place of one that is good until ``old_until`` (never longer than before).

    Raises
    ------
    NotFoundError, ConflictError
        There is none, or it is revoked or has expired.
    """
    old = api_key(session, key_id)
    if not old.is_good(at):
        raise ConflictError("the key is not good any more; make a new one")
    made = create_key(session, old.name, old.role, old.contracts, expires_at=expires_at, by=by, at=at)
    ends = min(old.expires_at, old_until)
    _change(session, ApiKeyRow.key_id == key_id, expires_at=ends)
    audit.note(
        session,
        at=at,
        who=by,
        what="key.rotate",
        subject=f"keys/{key_id}",
        before={"expires": old.expires_at.isoformat()},
        after={"expires": ends.isoformat(), "key": made[0].key_id},
    )
    return made


def revoke_key(session: Session, key_id: str, *, by: str, at: datetime) -> ApiKey:
    """End a key at once; one that is revoked stays as it is. Raises NotFoundError where there is none."""
    if _change(session, (ApiKeyRow.key_id == key_id) & ApiKeyRow.revoked_at.is_(None), revoked_at=at):
        audit.note(session, at=at, who=by, what="key.revoke", subject=f"keys/{key_id}", after={"revoked": True})
    return api_key(session, key_id)


def authenticate(session: Session, token: str, *, at: datetime) -> ApiKey | None:
    """The key of a token; None where it is malformed, unknown, wrong, revoked or has expired."""
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        return None
    try:
        secret = base64.b64decode(parts[2] + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    row = session.scalar(select(ApiKeyRow).where(ApiKeyRow.key_id == parts[1]))
    right = hmac.compare_digest(hashlib.sha256(secret).hexdigest(), row.secret_sha256 if row else _NOBODY)
    if row is None or not right:
        return None
    key = _key(row)
    return key if key.is_good(at) else None


def used(session: Session, key: ApiKey, *, at: datetime) -> None:
    """Note when a key was last used, once a minute: reading must not mean writing. Cheap to ask: see ``due``."""
    before = or_(ApiKeyRow.last_used_at.is_(None), ApiKeyRow.last_used_at <= at - NOTED_EVERY)
    _change(session, (ApiKeyRow.key_id == key.key_id) & before, last_used_at=at)


def due(key: ApiKey, *, at: datetime) -> bool:
    """Whether ``used`` has something to note."""
    return key.last_used_at is None or key.last_used_at <= at - NOTED_EVERY


def api_key(session: Session, key_id: str) -> ApiKey:
    """The key; raises NotFoundError where there is none."""
    row = session.scalar(select(ApiKeyRow).where(ApiKeyRow.key_id == key_id).execution_options(populate_existing=True))
    if row is None:
        raise NotFoundError("no such key")
    return _key(row)


def api_keys(session: Session) -> list[ApiKey]:
    """All keys in the order made."""
    return [_key(row) for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.created_at, ApiKeyRow.key_id))]


def _change(session: Session, which: ColumnElement[bool], **values: object) -> bool:
    changed = update(ApiKeyRow).where(which).values(**values).execution_options(synchronize_session=False)
    return session.scalar(changed.returning(ApiKeyRow.key_id)) is not None


def _limits(contracts: frozenset[str] | None) -> str:
    return "all" if contracts is None else hashlib.sha256(";".join(sorted(contracts)).encode()).hexdigest()[:16]


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        row.key_id,
        row.name,
        Role(row.role),
        None if row.contracts is None else frozenset(row.contracts),
        row.created_at,
        row.created_by,
        row.expires_at,
        row.last_used_at,
        row.revoked_at,
    )
