"""The key by which a new service is first entered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pts_optimiser.store import Store
from pts_optimiser.store.keys import api_keys, create_key
from pts_optimiser.store.words import Role

GOOD_FOR = timedelta(days=365)


def first_key(store: Store) -> str | None:
    """The token of an admin's key; None where the store has keys already, whatever has become of them."""
    now = datetime.now(UTC)
    with store.write() as session:
        if api_keys(session):
            return None
        return create_key(session, "first", Role.ADMIN, None, expires_at=now + GOOD_FOR, by="serve", at=now)[1]
