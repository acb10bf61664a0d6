"""Connections set up so that SQLite and PostgreSQL keep the same promises.

A transaction is either reading (a snapshot, nothing can be written) or writing (on SQLite alone from its start, so that
it never fails half-way because another one wrote first).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pts_optimiser.domain.errors import InputError
from pts_optimiser.store.errors import BusyError, UnstorableError
from pts_optimiser.store.types import json_text

WAIT_S = 5.0
"""How long a transaction waits for another one before it is told that the database is busy."""

OUT_OF_RANGE = "a number is out of the range that can be stored"
WRITES = {"pts_writes": True}

CONNECTIONS = {"pool_size": 5, "max_overflow": 15}
_SQLITE_AWAY = {5, 6, 8, 10, 13, 14}  # busy, locked, read-only, input or output error, disk full, cannot open
_POSTGRES_AWAY = ("40", "53", "55P03", "57P", "08")  # rolled back, no room, lock not available, shut down, connection
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # what was answered survives a power cut, not only a crash
    "foreign_keys = ON",
    "secure_delete = ON",  # a deleted day is overwritten, not only forgotten
)


def read_url(url: str) -> tuple[URL, Path]:
    """The database and the folder of large files that one setting names.

    ``sqlite:///pts.db`` keeps files in ``pts.db.files`` beside it; ``postgresql://host/name?files=/srv/pts/files``
    names the folder, which all hosts share.

    Raises
    ------
    InputError
        Not such a URL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InputError("the store needs a URL such as sqlite:///pts.db or postgresql://host/name?files=DIR") from None
    folder = parsed.query.get("files")
    parsed = parsed.difference_update_query(["files"])
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        path = Path(str(parsed.database)).absolute()
        return parsed.set(drivername="sqlite", database=str(path)), Path(str(folder or f"{path}.files"))
    if backend == "postgresql" and folder:
        return parsed.set(drivername="postgresql+psycopg"), Path(str(folder))
    needs = "?files=DIR, the folder for large files" if backend == "postgresql" else "a file, as in sqlite:///pts.db"
    raise InputError(f"a {backend} store needs {needs}")


def connect(url: URL, *, make: bool = False) -> Engine:
    """An engine whose transactions read, or write where they have the option of ``WRITES``.

    Raises
    ------
    InputError
        There is no file of SQLite, and it is not to be made.
    """
    usual: dict[str, Any] = {"json_serializer": json_text, "pool_timeout": WAIT_S, **CONNECTIONS}
    if url.get_backend_name() == "sqlite":
        _private(Path(str(url.database)), make=make)
        engine = create_engine(url, connect_args={"timeout": WAIT_S}, **usual)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = f"-c timezone=UTC -c lock_timeout={WAIT_S}s -c idle_in_transaction_session_timeout=60s"
    engine = create_engine(url, pool_pre_ping=True, connect_args={"options": options}, **usual)
    event.listen(engine, "begin", _begin_postgres)
    return engine


@contextmanager
def plainly() -> Iterator[None]:
    """BusyError for what only says that others were first or that the database is away, UnstorableError for a number
    that no column holds."""
    try:
        yield
    except DataError as error:
        raise UnstorableError(OUT_OF_RANGE) from error
    except OverflowError as error:  # what SQLite's driver says of numbers beyond 64 bits
        if "SQLite" in str(error):
            raise UnstorableError(OUT_OF_RANGE) from error
        raise
    except PoolTimeoutError as error:
        raise BusyError("all connections to the database are in use; try again") from error
    except DBAPIError as error:
        if error.connection_invalidated or _away(error.orig):
            raise BusyError("the database is busy or away; try again") from error
        raise


def _away(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_AWAY
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:  # no answer from the server
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(_POSTGRES_AWAY)


def _private(database: Path, *, make: bool) -> None:
    """Make the file, readable by its owner only, before SQLite would make it readable by all."""
    if not database.exists():
        if not make:
            raise InputError(f"there is no store at {database}; name the one that `serve` or `work` has made")
        database.parent.mkdir(parents=True, exist_ok=True)
        database.touch(mode=0o600)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in (f"busy_timeout = {round(WAIT_S * 1000)}", *_PRAGMAS):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = bool(connection.get_execution_options().get("pts_writes"))
    connection.exec_driver_sql(f"PRAGMA query_only = {int(not writes)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if not connection.get_execution_options().get("pts_writes"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
