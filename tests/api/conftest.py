"""An application over a fresh store, and callers of every role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from api import Settings, create_app
from api.context import STORE
from api.kept import close_kept
from pts_optimiser.store import Store, upgrade
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.publishing import Publication
from pts_optimiser.store.words import Role
from tests.api.examples import NOW, Clock
from tests.services.hosted.town_day import put_published


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with tables, to copy."""
    path = tmp_path_factory.mktemp("upgraded") / "pts.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(upgraded: Path, tmp_path: Path, clock: Clock) -> Settings:
    shutil.copyfile(upgraded, tmp_path / "pts.db")
    return Settings(f"sqlite:///{tmp_path}/pts.db", clock=clock)


@pytest.fixture
def app(settings: Settings) -> Iterator[APIFlask]:
    made = create_app(settings)
    yield made
    close_kept(made)
    made.extensions[STORE].close()


@pytest.fixture
def store(app: APIFlask) -> Store:
    opened: Store = app.extensions[STORE]
    return opened


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """Nobody who is known."""
    return app.test_client()


class Callers:
    """Clients that send a key of a role, of all contracts or of some."""

    def __init__(self, app: APIFlask) -> None:
        self._app = app

    def __call__(self, role: Role, contracts: frozenset[str] | None = None) -> FlaskClient:
        store: Store = self._app.extensions[STORE]
        expires = NOW + timedelta(days=90)
        with store.write() as session:
            _, token = create_key(session, role.value, role, contracts, expires_at=expires, by="test", at=NOW)
        made = self._app.test_client()
        made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return made


@pytest.fixture
def as_role(app: APIFlask) -> Callers:
    return Callers(app)


@pytest.fixture
def planner(as_role: Callers) -> FlaskClient:
    return as_role(Role.PLANNER)


@pytest.fixture
def controller(as_role: Callers) -> FlaskClient:
    return as_role(Role.CONTROLLER)


@pytest.fixture
def published(store: Store) -> Publication:
    """The small planned day of the hosted services' tests, published."""
    found = put_published(store)
    assert found is not None
    return found
