"""Service days, rosters, the day as it happens, plans, keys, sessions and audit in SQLite or PostgreSQL.

Open a ``Store`` by one setting, take a session from ``read`` or ``write``, and pass it to the functions of ``days``,
``rosters``, ``publishing``, ``plans``, ``events``, ``locks``, ``proposals``, ``keys``, ``sign_ins``, ``answers`` and
``audit``. Frozen objects go in and come out; tables never leave the room.
"""

from pts_optimiser.store.errors import (
    BusyError,
    ChangedError,
    ConflictError,
    DamagedError,
    KeyReusedError,
    NotFoundError,
    StillRunningError,
    StoreError,
    UnstorableError,
)
from pts_optimiser.store.migrate import upgrade
from pts_optimiser.store.store import Store

__all__ = [
    "BusyError",
    "ChangedError",
    "ConflictError",
    "DamagedError",
    "KeyReusedError",
    "NotFoundError",
    "StillRunningError",
    "Store",
    "StoreError",
    "UnstorableError",
    "upgrade",
]
