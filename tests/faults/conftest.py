"""The databases of the store's tests, and nothing left armed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pts_optimiser.store import engine
from pts_optimiser.store.crash_points import arm
from tests.store.conftest import backend, postgres, store, upgraded, upgraded_file, url

__all__ = ["backend", "postgres", "store", "upgraded", "upgraded_file", "url"]


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes die here, machines do not: what was written is there without being forced to disk."""
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, "synchronous = OFF"))
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


@pytest.fixture(autouse=True)
def disarmed() -> Iterator[None]:
    yield
    arm(None)
