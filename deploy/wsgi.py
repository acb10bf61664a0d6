"""The application for gunicorn, set by the environment (see README.md)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from api import Settings
from api.serving import served_app
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
        roles=roles(),
        roles_claim=os.environ.get("PTS_OPENID_ROLES_CLAIM", "roles"),
        contracts_claim=os.environ.get("PTS_OPENID_CONTRACTS_CLAIM") or None,
        required=required(),
    )


def roles() -> Mapping[str, Role]:
    found = {word: Role(role) for word, role in pairs("PTS_OPENID_ROLES")}
    if not found:
        raise ValueError("PTS_OPENID_ROLES gives nobody a role")
    return found


def required() -> Mapping[str, frozenset[str]]:
    """A claim that comes twice may hold either word."""
    told = pairs("PTS_OPENID_REQUIRED")
    return {claim: frozenset(word for name, word in told if name == claim) for claim, _ in told}


def pairs(name: str) -> list[tuple[str, str]]:
    """``word=meaning,…``, as ``amr=mfa``; none where ``name`` is not set.

    Raises
    ------
    ValueError
        A pair is not whole: it would let nobody in, and say nothing.
    """
    told = [pair.partition("=") for pair in os.environ.get(name, "").split(",") if pair.strip()]
    found = [(word.strip(), meaning.strip()) for word, _, meaning in told]
    if not all(map(all, found)):
        raise ValueError(f"{name} has to be word=meaning, several with commas")
    return found


def secret(name: str) -> str:
    """What the file that ``<name>_FILE`` names holds, where vaults and systemd put secrets, or ``name`` itself."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ[name]


def path(name: str) -> Path | None:
    return Path(os.environ[name]) if os.environ.get(name) else None


def hours(name: str, usual: timedelta) -> timedelta:
    told = os.environ.get(name)
    try:
        found = usual if told is None else timedelta(hours=float(told))
    except (ValueError, OverflowError):
        found = timedelta(0)
    if found <= timedelta(0):
        raise ValueError(f"{name} has to be a number of hours above 0")
    return found


application = served_app(
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
