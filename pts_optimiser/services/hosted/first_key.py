"""The key by which a new service is first entered, and one that no admin has a good key of any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pts_optimiser.store import Store
from pts_optimiser.store.keys import api_keys, create_key
from pts_optimiser.store.words import Role

GOOD_FOR = timedelta(days=7)
"""Long enough to make others with it, and too short to live with."""


def first_key(store: Store) -> str | None:
    """The token of an admin's key; None where an admin has one that is good. Whoever may open the store may ask."""
    now = datetime.now(UTC)
    with store.write() as session:
        if any(key.role is Role.ADMIN and key.contracts is None and key.is_good(now) for key in api_keys(session)):
            return None
        return create_key(session, "first", Role.ADMIN, None, expires_at=now + GOOD_FOR, by="serve", at=now)[1]
