"""Everything that can be set about the service; nothing is read from elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

MEGABYTE = 1 << 20


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """``store_url`` names the store. ``secret`` signs sessions: processes that share sessions share it.

    ``https`` says that people reach the service through TLS; without it cookies travel in the clear. ``clock`` gives
    the time in UTC.
    """

    store_url: str
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    https: bool = True
    body_bytes: int = 20 * MEGABYTE
    clock: Callable[[], datetime] = _now
