"""The restore drill: a store copied while it is in use, and made again in a database of either kind."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.store import DamagedError, Store, backup, sign_ins
from pts_optimiser.store.audit import entries, verify
from pts_optimiser.store.backup import Backup, back_up
from pts_optimiser.store.days import duties, journeys
from pts_optimiser.store.events import events
from pts_optimiser.store.files import Files
from pts_optimiser.store.keys import authenticate
from pts_optimiser.store.plans import best_roster, plans
from pts_optimiser.store.portable import tables
from pts_optimiser.store.publishing import current, publish, published
from pts_optimiser.store.restore import restore
from pts_optimiser.store.retention import forget_days
from pts_optimiser.store.rosters import read_file, read_text
from pts_optimiser.store.studies import study_files
from tests.store.backed_up import a_duty, file, new_store, other_url, token
from tests.store.examples import BY, DAY, NOW, TEXTS, TRAVEL, a_roster, add, at_once, later, put
from tests.store.test_retention import OLD, fill
from tests.store.test_studies import KEPT, ordered_study, put_study

__all__ = ["file", "other_url", "token"]


def test_the_drill_brings_everything_back_in_either_kind_of_database(
    store: Store, token: str, file: Path, tmp_path: Path, other_url: str
) -> None:
    made = back_up(store, file, at=NOW)
    assert made.whole
    assert all(made.tables[table.name].rows for table in tables()), "the drill needs a row of every table"
    assert file.stat().st_mode & 0o777 == 0o600
    for target in (other_url, new_store(tmp_path)):
        assert restore(file, target, by="cli", at=later(5)) == made
        with Store(target) as again, again.read() as session, store.read() as before:
            assert published(session, DAY) == published(before, DAY)
            assert current(session, DAY) == current(before, DAY)
            assert journeys(session, DAY) == journeys(before, DAY)
            assert duties(session, DAY + timedelta(days=1)) == (a_duty(),)
            assert events(session, DAY) == events(before, DAY)
            [plan] = plans(session)
            assert [plan] == plans(before)
            assert best_roster(session, plan.plan_id) == a_roster(seed=8)
            assert read_text(session, DAY, 1, "journeys.csv") == TEXTS["journeys.csv"]
            assert read_file(session, DAY, 1, "travel.npz").read_bytes() == TRAVEL
            assert studies_of(again) == studies_of(store)
            assert authenticate(session, token, at=NOW) is not None
            assert sign_ins.going_on(session, None, idle=timedelta(hours=2), at=NOW) == []
            *old, last = entries(session)
            assert old == entries(before)
            assert (last.who, last.what) == ("cli", "store.restore")
            assert verify(session).broken_at is None


def studies_of(store: Store) -> dict[str, tuple[bytes, int]]:
    """Content and time of what a backup takes of studies."""
    return {name: (path.read_bytes(), round(path.stat().st_mtime)) for name, path in study_files(store, ())}


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_of_studies_only_those_that_are_over_are_copied_and_nothing_that_only_running_needs(
    store: Store, file: Path
) -> None:
    put_study(store, ordered_study(store))
    assert {*back_up(store, file, at=NOW).studies} == {f"caps/{path}" for path in KEPT | {"tables/rides.parquet"}}


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_file_of_a_study_that_cannot_be_read_is_told_and_the_rest_is_copied(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.name == "report.html":
            raise OSError(5, "Input/output error")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    made = back_up(store, file, at=NOW)
    assert (made.whole, made.damaged) == (False, ("studies/caps/report.html",))
    assert "caps/study.json" in made.studies


@pytest.mark.usefixtures("token")
def test_what_is_restored_goes_on_as_the_store_would_have(store: Store, file: Path, tmp_path: Path) -> None:
    back_up(store, file, at=NOW)
    restore(file, new_store(tmp_path), by="cli", at=NOW)
    with Store(new_store(tmp_path)) as again:
        assert add(again, seed=3).version == 3
        with again.write() as session:
            seen = current(session, DAY)
            assert seen is not None
            publish(session, DAY, 3, expected_etag=seen.etag, by=BY, at=NOW)
        with again.read() as session:
            found = published(session, DAY)
            assert found is not None
            assert found.publication.number == 2


def test_a_backup_made_while_others_write_is_of_one_moment(store: Store, url: str, file: Path, tmp_path: Path) -> None:
    with store.write() as session:
        put(session)
    add(store)

    def work(who: int) -> Backup | None:
        if who == 0:
            return back_up(store, file, at=NOW)
        with Store(url) as other:
            for _ in range(10):
                with other.write() as session:
                    seen = current(session, DAY)
                    publish(session, DAY, 1, expected_etag=seen and seen.etag, by=BY, at=NOW)
        return None

    made, none = at_once(2, work)
    assert none is None
    assert isinstance(made, Backup)
    restore(file, new_store(tmp_path), by="cli", at=NOW)
    with Store(new_store(tmp_path)) as again, again.read() as session:
        assert verify(session).broken_at is None


def test_a_day_forgotten_while_it_is_copied_is_not_in_the_backup(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, OLD, TRAVEL + b"old")
    fill(store, DAY, TRAVEL)
    texts = backup._damaged_texts
    forgotten = []

    def meanwhile(session: object) -> list[str]:
        found = texts(session)  # type: ignore[arg-type]
        if not forgotten and store._engine.dialect.name == "postgresql":
            forgotten.append(forget_days(store, DAY, 30, by=BY, at=NOW + timedelta(days=1)))
        return found

    monkeypatch.setattr(backup, "_damaged_texts", meanwhile)
    made = back_up(store, file, at=NOW)
    assert made.whole
    assert made.tables["service_days"].rows == 2 - len(forgotten)
    assert len(made.files) == 2 - len(forgotten)


@pytest.mark.usefixtures("token")
def test_a_damaged_store_is_copied_as_far_as_it_is_good_and_says_so(store: Store, file: Path, tmp_path: Path) -> None:
    shutil.rmtree(store.files.folder)
    made = back_up(store, file, at=NOW)
    assert (made.whole, len(made.damaged), made.files) == (False, 1, ())
    restore(file, new_store(tmp_path), by="cli", at=NOW)
    with Store(new_store(tmp_path)) as again, again.read() as session:
        assert published(session, DAY) is not None
        with pytest.raises(DamagedError):
            read_file(session, DAY, 1, "travel.npz")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_backup_that_fails_leaves_the_one_before(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"before")
    fill(store, DAY, TRAVEL)

    def fail(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Files, "checked", fail)
    with pytest.raises(OSError, match="No space"):
        back_up(store, file, at=NOW)
    assert file.read_bytes() == b"before"
    assert [path.name for path in file.parent.iterdir() if "backup" in path.name] == ["backup.zip"]


def test_there_is_nothing_where_nothing_was_restored(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        restore(tmp_path / "none.zip", new_store(tmp_path), by="cli", at=NOW)
    assert [issue.code for issue in refused.value.issues] == ["unreadable_file"]
    assert not (tmp_path / "new").exists()
