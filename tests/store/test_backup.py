"""The restore drill: a store copied while it is in use, and made again in a database of either kind."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.errors import InputError
from pts_optimiser.store import DamagedError, Store, backup, sign_ins, upgrade
from pts_optimiser.store.answers import begin
from pts_optimiser.store.audit import entries, verify
from pts_optimiser.store.backup import MANIFEST, Backup, back_up
from pts_optimiser.store.days import duties, journeys, put_day
from pts_optimiser.store.events import events
from pts_optimiser.store.files import Files
from pts_optimiser.store.keys import authenticate, create_key
from pts_optimiser.store.plans import best_roster, plans
from pts_optimiser.store.portable import tables, tally
from pts_optimiser.store.publishing import current, publish, published
from pts_optimiser.store.restore import restore
from pts_optimiser.store.retention import forget_days
from pts_optimiser.store.rosters import read_file, read_text
from pts_optimiser.store.words import Role
from tests.store.examples import BY, DAY, NOW, TEXTS, TRAVEL, a_roster, add, at_once, later, put
from tests.store.test_retention import OLD, fill


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def token(store: Store) -> str:
    """Of a key, in a store that has something of everything."""
    fill(store, DAY, TRAVEL)
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
            assert authenticate(session, token, at=NOW) is not None
            assert sign_ins.going_on(session, None, idle=timedelta(hours=2), at=NOW) == []
            *old, last = entries(session)
            assert old == entries(before)
            assert (last.who, last.what) == ("cli", "store.restore")
            assert verify(session).broken_at is None


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


def changed(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def without_an_entry(parts: dict[str, bytes]) -> None:
    parts["tables/audit.jsonl"] = b"".join(parts["tables/audit.jsonl"].splitlines(keepends=True)[:-1])


def with_another_file(parts: dict[str, bytes]) -> None:
    parts[next(name for name in parts if name.startswith("files/"))] = b"other"


def with_another_etag(parts: dict[str, bytes]) -> None:
    parts["tables/publications.jsonl"] = parts["tables/publications.jsonl"].replace(BY.encode(), b"somebody")


def with_a_version_of_no_plan(parts: dict[str, bytes]) -> None:
    parts["tables/plans.jsonl"] = b""


def with_a_row_of_another_table(parts: dict[str, bytes]) -> None:
    parts["tables/journeys.jsonl"] += parts["tables/files.jsonl"]


def without_a_table(parts: dict[str, bytes]) -> None:
    del parts["tables/events.jsonl"]


CHANGES = [
    without_an_entry,
    with_another_file,
    with_another_etag,
    with_a_version_of_no_plan,
    with_a_row_of_another_table,
    without_a_table,
]


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", CHANGES)
def test_a_backup_that_was_changed_is_refused_and_leaves_an_empty_store(
    store: Store, file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    made = back_up(store, file, at=NOW)
    good = file.read_bytes()
    changed(file, change)
    with pytest.raises(DamagedError):
        restore(file, new_store(tmp_path), by="cli", at=NOW)
    with Store(new_store(tmp_path)) as again, again.read() as session:
        assert published(session, DAY) is None
        assert not sum(tally(session, table).rows for table in tables()) - 1  # the head of an empty audit
    file.write_bytes(good)
    assert restore(file, new_store(tmp_path), by="cli", at=NOW) == made


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_backup_that_was_cut_off_is_refused(store: Store, file: Path, tmp_path: Path) -> None:
    back_up(store, file, at=NOW)
    file.write_bytes(file.read_bytes()[:-500])
    with pytest.raises(DamagedError):
        restore(file, new_store(tmp_path), by="cli", at=NOW)


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_backup_with_a_spoilt_byte_is_refused_or_whole(store: Store, file: Path, tmp_path: Path) -> None:
    made = back_up(store, file, at=NOW)
    good, dice = file.read_bytes(), Random(1)
    manifest = good.index(MANIFEST.encode()) + len(MANIFEST)
    listing = good.index(b"PK\x01\x02")
    packing = listing + 10
    places = [*range(manifest, manifest + 10), *(dice.randrange(listing, len(good)) for _ in range(60))]
    flips = [(packing, 2), *((place, dice.randrange(8)) for place in places)]
    refused = 0
    for nth, (place, bit) in enumerate(flips):
        file.write_bytes(good[:place] + bytes([good[place] ^ 1 << bit]) + good[place + 1 :])
        try:
            assert restore(file, f"sqlite:///{tmp_path}/spoilt-{nth}.db", by="cli", at=NOW) == made
        except (DamagedError, InputError):
            refused += 1
    assert 0 < refused < len(flips)


def of_another_version(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | {"store": "9999"}).encode()


def of_another_program(parts: dict[str, bytes]) -> None:
    parts[MANIFEST] = b"{}"


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "code"), [(of_another_version, "backup_of_other_version"), (of_another_program, "no_backup")]
)
def test_what_is_no_backup_of_this_version_is_refused(
    store: Store, file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    back_up(store, file, at=NOW)
    changed(file, change)
    with pytest.raises(InputError) as refused:
        restore(file, new_store(tmp_path), by="cli", at=NOW)
    assert [issue.code for issue in refused.value.issues] == [code]


@pytest.mark.usefixtures("token")
def test_only_an_empty_store_without_queues_is_restored_into(
    store: Store, url: str, file: Path, other_url: str
) -> None:
    back_up(store, file, at=NOW)
    upgrade(other_url)
    with Store(other_url) as other:
        if other_url.startswith("sqlite"):
            Path(other_url.removeprefix("sqlite:///") + ".jobs").touch()
        else:
            with other.write() as session:
                session.execute(text("CREATE SCHEMA dbos"))
    for target in (url, other_url):
        with pytest.raises(InputError) as refused:
            restore(file, target, by="cli", at=NOW)
        assert [issue.code for issue in refused.value.issues] == ["store_in_use"]


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
