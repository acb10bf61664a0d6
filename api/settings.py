"""Everything that can be set about the service; nothing is read from elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pts_optimiser.services.hosted.listening import LONGEST_S, MOST_LISTENERS
from pts_optimiser.store.words import Role

MEGABYTE = 1 << 20
WEB_THREADS = 2 * MOST_LISTENERS + 40
"""Of one web process: each listener of a plan and of a day holds one, the others are for everybody else."""
SESSION_LONGEST = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)


def _now() -> datetime:
    """In whole seconds, as the day's events are read: what was said at a fraction would not be heard."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class OpenId:
    """The provider of identities for people: OpenID Connect, code flow with PKCE.

    ``issuer`` is its URL. ``roles`` maps words of the claim ``roles_claim`` (a dot leads into a nested one) to roles;
    who has none of them is not let in. Where ``contracts_claim`` is set, its words are the contracts that the person
    sees, ``*`` all; where it is not, people see all. Of each claim in ``required`` the token must hold one of the
    words, as ``{"amr": {"mfa"}}``; who has signed in otherwise is not let in. ``public_url`` is where people reach the
    service: the provider sends them back to ``<public_url>/signed-in``.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    public_url: str
    roles: Mapping[str, Role]
    roles_claim: str = "roles"
    contracts_claim: str | None = None
    required: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scope: str = "openid profile"


@dataclass(frozen=True, slots=True)
class Settings:
    """``store_url`` names the store. ``secret`` signs cookies: processes that share sessions share it.

    ``session_longest`` is how long a person is signed in at most, ``session_idle`` how long while nothing is asked and
    no stream is followed. ``https`` says that people reach the service through TLS; without it cookies travel in the
    clear. ``development_sign_in`` lets anybody in as anybody: for a developer's own machine. A key or person may ask
    ``requests_per_second`` of each web process, and ``burst`` at once. ``stream_s``: so long a stream of
    events lasts; then clients ask again. ``network`` is the folder of the road network by which workers plan: what the
    day changes is drawn along it, and on it. ``base_map`` is GeoJSON to draw on in its place, as ``geodata.base_map``
    writes it; without both the packaged main roads are drawn. ``clock`` gives the time in UTC.
    """

    store_url: str
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    https: bool = True
    session_longest: timedelta = SESSION_LONGEST
    session_idle: timedelta = SESSION_IDLE
    open_id: OpenId | None = None
    development_sign_in: bool = False
    network: Path | None = None
    base_map: Path | None = None
    body_bytes: int = 20 * MEGABYTE
    requests_per_second: float = 600.0
    burst: float = 1200.0
    stream_s: float = LONGEST_S
    clock: Callable[[], datetime] = _now
