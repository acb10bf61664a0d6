"""A store that has something of everything, and where its backup goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.store import Store, sign_ins
from pts_optimiser.store.answers import begin
from pts_optimiser.store.days import put_day
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.words import Role
from tests.store.examples import BY, DAY, NOW, TRAVEL, later
from tests.store.test_retention import fill
from tests.store.test_studies import put_study


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def token(store: Store) -> str:
    """Of a key, in a store that has something of everything."""
    fill(store, DAY, TRAVEL)
    put_study(store, "caps")
    with store.write() as session:
        put_day(session, DAY + timedelta(days=1), [], [a_duty()], "", {}, by=BY, at=NOW)
        begin(session, BY, "k-1", "f", at=NOW)
        sign_ins.begin(
            session, "person:jane", "Jane", frozenset(), None, browser="", until=NOW + timedelta(hours=12), at=NOW
        )
        return create_key(session, "desk", Role.PLANNER, None, expires_at=later(60), by=BY, at=NOW)[1]


@pytest.fixture
def other_url(backend: str, empty_url: str, tmp_path: Path) -> str:
    """A database without tables, not that of ``store``."""
    return f"sqlite:///{tmp_path}/other.db" if backend == "sqlite" else empty_url


def a_duty() -> Duty:
    at = datetime(2026, 11, 25, 6, 0, tzinfo=LONDON)
    rest = Break(timedelta(minutes=30), at + timedelta(hours=3), at + timedelta(hours=5))
    return Duty("D1", "V1", "standard_pts", "Chester", 53.2, -2.88, at, at + timedelta(hours=9), 1, rest=rest)


def new_store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new/pts.db"
