"""Processes killed at every step of adding and publishing a roster: what is published is always whole."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from sqlalchemy import event

from pts_optimiser.store import Store
from pts_optimiser.store.audit import verify
from pts_optimiser.store.files import Files, Staged
from pts_optimiser.store.publishing import current, publish, published
from pts_optimiser.store.retention import STALE, sweep
from pts_optimiser.store.rosters import add_roster, read_file, stored_rosters
from tests.store.ending import die, ends
from tests.store.examples import BY, DAY, NOW, TEXTS, TRAVEL, a_roster, add, put

NEW_TRAVEL = TRAVEL + b"new"


def replace_published(url: str, last_step: int | None) -> None:
    """Add a roster and publish it, killed before a step: a statement, the naming of a file, or the commit."""
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == last_step:
            die()

    with Store(url) as store:
        event.listen(store._engine, "before_cursor_execute", step)
        event.listen(store._engine, "commit", step)
        keep = Files.keep

        def stepped(files: Files, staged: Staged) -> None:
            step()
            keep(files, staged)
            step()

        Files.keep = stepped  # type: ignore[method-assign]
        with store.files.staged(NEW_TRAVEL) as staged, store.write() as session:
            seen = current(session, DAY)
            added = add_roster(session, a_roster(seed=2), TEXTS, {"travel.npz": staged}, by=BY, at=NOW)
            publish(session, DAY, added.version, expected_etag=seen and seen.etag, by=BY, at=NOW)


def content(url: str) -> bytes:
    """Travel times of what is published, after everything about it was read."""
    with Store(url) as store, store.read() as session:
        found = published(session, DAY)
        assert found is not None
        assert found.roster == a_roster(seed=found.publication.version)
        assert verify(session).broken_at is None
        assert len(stored_rosters(session, DAY)) == found.publication.version
        return read_file(session, DAY, found.publication.version, "travel.npz").read_bytes()


def test_killed_at_any_step_the_published_roster_is_the_old_one_or_the_new_one_whole(url: str) -> None:
    with Store(url) as store:
        with store.write() as session:
            put(session)
        add(store)
        with store.write() as session:
            publish(session, DAY, 1, expected_etag=None, by=BY, at=NOW)
    step, strays = 0, 0
    while True:
        step += 1
        code = ends(replace_published, url, step)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        assert content(url) == TRAVEL
        with Store(url) as store:
            strays += len(set(store.files.kept())) - 1
    assert step > 15
    assert strays > 0, "no kill came between the file and the commit"
    assert content(url) == NEW_TRAVEL


def left(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


@pytest.mark.parametrize("staged_only", [True, False])
def test_what_a_killed_process_leaves_behind_is_swept(url: str, staged_only: bool) -> None:
    with Store(url) as store:
        with store.write() as session:
            put(session)
        folder = store.files.folder

    def leave() -> None:
        files = Files(folder)
        with files.staged(NEW_TRAVEL) as staged:
            if not staged_only:
                files.keep(staged)
            die()

    assert ends(leave) == -signal.SIGKILL
    assert left(folder) == 1
    with Store(url) as store:
        swept = sweep(store, at=NOW.replace(year=2100) + STALE)
    assert (swept.strays, left(folder)) == (1, 0)
