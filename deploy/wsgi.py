"""The application for gunicorn, set by the environment (see README.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from api import Settings, create_app
from api.settings import SESSION_IDLE, SESSION_LONGEST, OpenId
from pts_optimiser.store.words import Role


def open_id() -> OpenId | None:
    """The provider of identities, where one is named."""
    issuer = os.environ.get("PTS_OPENID_ISSUER")
    if not issuer:
        return None
    return OpenId(
        issuer=issuer,
        client_id=os.environ["PTS_OPENID_CLIENT_ID"],
        client_secret=secret("PTS_OPENID_CLIENT_SECRET"),
        public_url=os.environ["PTS_PUBLIC_URL"],
        roles=dict(role_of(pair) for pair in os.environ["PTS_OPENID_ROLES"].split(",")),
        roles_claim=os.environ.get("PTS_OPENID_ROLES_CLAIM", "roles"),
        contracts_claim=os.environ.get("PTS_OPENID_CONTRACTS_CLAIM") or None,
        required=required(os.environ.get("PTS_OPENID_REQUIRED", "")),
    )


def role_of(pair: str) -> tuple[str, Role]:
    """``word=role``, as ``pts-controllers=controller``."""
    word, _, role = pair.strip().partition("=")
    return word, Role(role)


def required(told: str) -> Mapping[str, frozenset[str]]:
    """``claim=word,…``, as ``amr=mfa``; a claim that comes twice may hold either word."""
    pairs = [pair.strip().partition("=") for pair in told.split(",") if pair.strip()]
    return {claim: frozenset(word for name, _, word in pairs if name == claim) for claim, _, _ in pairs}


def secret(name: str) -> str:
    """What the file that ``<name>_FILE`` names holds, where vaults and systemd put secrets, or ``name`` itself."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ[name]


def path(name: str) -> Path | None:
    return Path(os.environ[name]) if os.environ.get(name) else None


def hours(name: str, usual: timedelta) -> timedelta:
    return timedelta(hours=float(os.environ[name])) if name in os.environ else usual


application = create_app(
    Settings(
        store_url=os.environ["PTS_STORE"],
        secret=secret("PTS_SECRET"),
        session_longest=hours("PTS_SESSION_HOURS", SESSION_LONGEST),
        session_idle=hours("PTS_SESSION_IDLE_HOURS", SESSION_IDLE),
        open_id=open_id(),
        network=path("PTS_NETWORK"),
        base_map=path("PTS_BASE_MAP"),
    )
)
