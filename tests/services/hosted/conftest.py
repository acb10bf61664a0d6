"""A store with a published day, and its live days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.store import Store, upgrade
from pts_optimiser.store.publishing import Publication
from tests.services.hosted.town_day import put_published


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    with Store(url) as opened:
        yield opened


@pytest.fixture
def published(store: Store) -> Publication:
    found = put_published(store)
    assert found is not None
    return found


@pytest.fixture
def live(store: Store) -> Iterator[LiveDays]:
    made = LiveDays(store)
    yield made
    made.close()
