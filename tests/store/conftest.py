"""Every test that asks for ``url`` or ``store`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from pts_optimiser.store import Store, engine, upgrade
from pts_optimiser.store.models import Base
from tests.store.postgres import NoPostgresError, running_postgres

_NUMBER = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a server."""
    try:
        with running_postgres() as url:
            yield url
    except NoPostgresError as error:
        pytest.skip(f"PostgreSQL could not be started: {error}")


@pytest.fixture(scope="session")
def upgraded(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, psycopg.Connection]]:
    """URL of a database with tables, and a connection by which one test after the other empties it."""
    with _connected(postgres) as server:
        server.execute("CREATE DATABASE upgraded")
    url = _named(postgres, "upgraded", tmp_path_factory.mktemp("files"))
    upgrade(url)
    with _connected(url) as database:
        database.execute("SET session_replication_role = replica")  # no trigger stands in the way
        yield url, database


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with tables, to copy."""
    path = tmp_path_factory.mktemp("upgraded") / "pts.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path}/pts.db"
    server: str = request.getfixturevalue("postgres")
    name = f"empty_{next(_NUMBER)}"
    with _connected(server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return _named(server, name, tmp_path / "pts.db.files")


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with tables and nothing in them."""
    if backend == "sqlite":
        shutil.copyfile(request.getfixturevalue("upgraded_file"), tmp_path / "pts.db")
        return f"sqlite:///{tmp_path}/pts.db"
    server, connection = request.getfixturevalue("upgraded")
    connection.execute(_EMPTIED)
    return _named(server, "upgraded", tmp_path / "pts.db.files")


@pytest.fixture
def store(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An open store that waits for other transactions however slow the machine is."""
    monkeypatch.setattr(engine, "WAIT_S", 60.0)
    with Store(url) as opened:
        yield opened


_EMPTIED = "; ".join(f"DELETE FROM {table}" for table in Base.metadata.tables if table != "audit_head")
_EMPTIED += "; UPDATE audit_head SET seq = 0, hash = ''"


def _named(server: str, name: str, files: Path) -> str:
    url = make_url(server).set(database=name).difference_update_query(["files"])
    return url.update_query_dict({"files": str(files)}).render_as_string(hide_password=False)


def _connected(url: str) -> psycopg.Connection:
    parts = make_url(url)
    return psycopg.connect(host=str(parts.query["host"]), user=parts.username, dbname=parts.database, autocommit=True)
