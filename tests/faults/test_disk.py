"""A disk that is full or read-only: what is published is read all the same, and work goes on once there is room."""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from pts_optimiser.services.hosted.failure import failure_of
from pts_optimiser.store import BusyError, Store
from pts_optimiser.store.audit import entries
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.publishing import published
from pts_optimiser.store.rosters import add_roster, read_file, read_text
from pts_optimiser.store.words import Role
from tests.faults.whole import assert_whole, work
from tests.store.ending import ends
from tests.store.examples import BY, DAY, NOW, TEXTS, TRAVEL, a_roster, add, later, put


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process grows."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def read_all(store: Store) -> int:
    with store.read() as session:
        found = published(session, DAY)
        assert found is not None
        version = found.publication.version
        assert read_text(session, DAY, version, "policy.toml") == TEXTS["policy.toml"]
        assert read_file(session, DAY, version, "travel.npz").stat().st_size
    return version


def test_on_a_full_disk_the_published_roster_is_read_and_writing_says_busy(store: Store) -> None:
    version = work(store)
    with full_disk():
        assert read_all(store) == version
        with pytest.raises(BusyError):
            add(store, travel=TRAVEL + b"more")
        if store._engine.dialect.name == "sqlite":
            with pytest.raises(BusyError), store.write() as session:
                put(session)
        assert read_all(store) == version
    assert assert_whole(store) == version
    assert work(store) > version
    assert_whole(store)


def adds_until_the_disk_is_full(store: Store) -> None:
    with store.files.staged(TRAVEL + b"more") as staged, store.write() as session:
        add_roster(session, a_roster(seed=9), TEXTS, {"travel.npz": staged}, by=BY, at=NOW)
        with full_disk():
            if store._engine.dialect.name == "sqlite":
                session.commit()
            with store.files.staged(b"other"):
                pass


def test_a_disk_that_fills_up_in_the_middle_of_a_transaction_undoes_it(store: Store) -> None:
    version = work(store)
    with store.read() as session:
        before = entries(session)
    with pytest.raises(BusyError):
        adds_until_the_disk_is_full(store)
    assert assert_whole(store) == version
    with store.read() as session:
        assert entries(session) == before


def test_a_plan_that_a_full_disk_has_ended_says_so(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(OSError, match="too large") as full:
        (tmp_path / "x").write_bytes(b"x")
    assert failure_of(full.value)["code"] == "plan_disk_full"


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Files that may be read and not written."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)


def reads_only(url: str) -> None:
    """As somebody whom permissions bind."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
    with Store(url) as store:
        assert read_all(store)
        for tried in (put, make_key):
            with pytest.raises(BusyError), store.write() as session:
                tried(session)
        assert read_all(store)


def make_key(session: Session) -> None:
    create_key(session, "x", Role.VIEWER, None, expires_at=later(9), by=BY, at=NOW)


def test_on_a_read_only_disk_the_published_roster_is_read_and_writing_says_busy(upgraded_file: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="pts-ro-"))
    try:
        shutil.copyfile(upgraded_file, folder / "pts.db")
        url = f"sqlite:///{folder}/pts.db"
        with Store(url) as store:
            version = work(store)
            with store.read(), read_only(folder):  # as where the disk turns read-only under a service that runs
                assert ends(reads_only, url) == 0
            assert assert_whole(store) == version
            assert work(store) > version
    finally:
        shutil.rmtree(folder)
