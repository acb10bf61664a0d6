"""What is not as it was backed up, or would be put over something else, is not restored."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from pts_optimiser.domain.errors import InputError
from pts_optimiser.store import DamagedError, Store, upgrade
from pts_optimiser.store.backup import MANIFEST, back_up
from pts_optimiser.store.portable import tables, tally
from pts_optimiser.store.publishing import published
from pts_optimiser.store.restore import restore
from pts_optimiser.store.studies import study_files
from tests.store.backed_up import file, new_store, other_url, token
from tests.store.examples import BY, DAY, NOW

__all__ = ["file", "other_url", "token"]


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


def with_another_report(parts: dict[str, bytes]) -> None:
    parts["studies/caps/report.html"] = b"other"


def without_a_file_of_a_study(parts: dict[str, bytes]) -> None:
    del parts["studies/caps/study.json"]


def with_a_file_beside_the_studies(parts: dict[str, bytes]) -> None:
    told = json.loads(parts[MANIFEST])
    told["studies"]["../../pts.db"] = told["studies"].pop("caps/report.html")
    parts["studies/../../pts.db"] = parts.pop("studies/caps/report.html")
    parts[MANIFEST] = json.dumps(told).encode()


CHANGES = [
    without_an_entry,
    with_another_file,
    with_another_etag,
    with_a_version_of_no_plan,
    with_a_row_of_another_table,
    without_a_table,
    with_another_report,
    without_a_file_of_a_study,
    with_a_file_beside_the_studies,
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
        assert not list(study_files(again, ()))
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


@pytest.mark.usefixtures("token")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_backup_made_before_studies_were_in_it_is_restored(store: Store, file: Path, tmp_path: Path) -> None:
    def as_it_was(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith("studies/")]:
            del parts[name]
        told = json.loads(parts[MANIFEST]) | {"schema": "pts-optimiser/backup/1"}
        del told["studies"]
        parts[MANIFEST] = json.dumps(told).encode()

    made = back_up(store, file, at=NOW)
    changed(file, as_it_was)
    assert restore(file, new_store(tmp_path), by="cli", at=NOW) == replace(made, studies={})


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
