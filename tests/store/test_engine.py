from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pts_optimiser.domain.errors import InputError
from pts_optimiser.store import BusyError, NotFoundError, Store, upgrade
from pts_optimiser.store import engine as engine_module
from pts_optimiser.store.days import service_day, service_days
from pts_optimiser.store.engine import read_url
from pts_optimiser.store.models import JourneyRow
from tests.store.examples import put


def test_a_file_of_sqlite_has_its_files_beside_it(tmp_path: Path) -> None:
    database, folder = read_url(f"sqlite:///{tmp_path}/pts.db")
    assert (database.database, folder) == (f"{tmp_path}/pts.db", tmp_path / "pts.db.files")


def test_one_setting_names_postgresql_and_its_files() -> None:
    database, folder = read_url("postgresql://me:secret@db.example/pts?files=/srv/pts/files&sslmode=require")
    assert folder == Path("/srv/pts/files")
    assert database.render_as_string(hide_password=False) == (
        "postgresql+psycopg://me:secret@db.example/pts?sslmode=require"
    )


@pytest.mark.parametrize(
    "url", ["", "pts.db", "sqlite://", "sqlite:///:memory:", "postgresql://host/name", "mysql://host/name?files=/x"]
)
def test_other_urls_are_refused_with_what_would_help(url: str) -> None:
    with pytest.raises(InputError, match=r"sqlite:///pts\.db|\?files=DIR"):
        read_url(url)


def test_a_refused_url_is_not_repeated() -> None:
    with pytest.raises(InputError) as refused:
        read_url("postgresql://me:secret@host/name")
    assert "secret" not in str(refused.value)


def test_sqlite_is_set_up_for_many_readers_and_no_loss(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/pts.db"
    upgrade(url)
    with Store(url) as store, store.write() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


def test_only_the_owner_may_read_the_database_and_the_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/pts.db"
    upgrade(url)
    with Store(url) as store, store.files.staged(b"x") as staged:
        modes = [path.stat().st_mode for path in (tmp_path / "new" / "pts.db", staged.path, staged.path.parent)]
    assert [stat.S_IMODE(mode) & 0o077 for mode in modes] == [0, 0, 0]


def test_a_reading_session_cannot_write(store: Store) -> None:
    with pytest.raises((DBAPIError, BusyError)), store.read() as session:
        session.execute(delete(JourneyRow))


def test_a_reading_session_sees_one_state(store: Store) -> None:
    with store.read() as session:
        before = service_days(session)
        with store.write() as writing:
            put(writing)
        assert service_days(session) == before == []
    with store.read() as session:
        assert len(service_days(session)) == 1


def test_what_fails_changes_nothing(store: Store) -> None:
    def fail(session: Session) -> None:
        put(session)
        service_day(session, date(2026, 1, 1))

    with pytest.raises(NotFoundError), store.write() as session:
        fail(session)
    with store.read() as session:
        assert service_days(session) == []


def test_who_waits_too_long_is_told_that_the_database_is_busy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "WAIT_S", 0.02)
    with Store(url) as one, Store(url) as other:
        with one.write() as session:
            put(session)
        with one.write() as held:
            put(held)
            with pytest.raises(BusyError), other.write() as session:
                put(session)


def test_a_database_that_is_away_is_told_as_busy(tmp_path: Path) -> None:
    with pytest.raises(BusyError):
        Store(f"postgresql://nobody@/none?host={tmp_path}&files={tmp_path}")
