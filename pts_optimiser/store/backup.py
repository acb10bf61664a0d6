"""A whole store in one file, made while others work on it.

The file is a zip: ``tables/<name>.jsonl`` as of one moment, ``files/<SHA-256>``, ``studies/<study>/…``, and
``manifest.json``, written last, which says how many rows there are, what they add up to, how far the audit's chain was
whole, and what each file of a study is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from pts_optimiser.store.audit import Verdict, verify
from pts_optimiser.store.contents import text_of
from pts_optimiser.store.errors import BusyError, DamagedError
from pts_optimiser.store.files import sync
from pts_optimiser.store.migrations import HEAD
from pts_optimiser.store.models import DocumentRow, RosterFileRow
from pts_optimiser.store.packed import StudyFile, pack_studies
from pts_optimiser.store.plans import unfinished
from pts_optimiser.store.portable import Tally, lines, tables
from pts_optimiser.store.store import Store

SCHEMA = "pts-optimiser/backup/2"
WITHOUT_STUDIES = "pts-optimiser/backup/1"
MANIFEST = "manifest.json"
TRIES = 3
_LEVEL = 1
_HELD = select(RosterFileRow.sha256).distinct()
"""What rosters hold: a row alone may have outlived its file, where who swept both was killed between."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: of each table how many rows and their sum, the audit's verdict, files by SHA-256.

    ``damaged`` names by SHA-256 what was not as it had been stored: texts are in the backup as they were, files are
    left out, as are files of studies that could not be read, named by their path. ``studies`` has the others.
    ``store`` is the version of the tables.
    """

    store: str
    made_at: datetime
    tables: Mapping[str, Tally]
    audit: Verdict
    files: tuple[str, ...]
    studies: Mapping[str, StudyFile]
    damaged: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def whole(self) -> bool:
        return not self.damaged and self.audit.broken_at is None

    def document(self) -> dict[str, Any]:
        studies = {name: [one.sha256, one.written_at.isoformat()] for name, one in self.studies.items()}
        return {"schema": SCHEMA} | asdict(self) | {"made_at": self.made_at.isoformat(), "studies": studies}

    @classmethod
    def from_document(cls, told: Mapping[str, Any]) -> Backup:
        """Raises KeyError, TypeError or ValueError where it is none."""
        if told["schema"] not in {SCHEMA, WITHOUT_STUDIES}:
            raise ValueError
        studies = told["studies"] if told["schema"] == SCHEMA else {}
        return cls(
            str(told["store"]),
            datetime.fromisoformat(told["made_at"]),
            {name: Tally(**table) for name, table in told["tables"].items()},
            Verdict(**told["audit"]),
            tuple(told["files"]),
            {name: StudyFile(sha256, datetime.fromisoformat(at)) for name, (sha256, at) in studies.items()},
            tuple(told["damaged"]),
        )


def back_up(store: Store, path: Path, *, at: datetime) -> Backup:
    """Write a backup, readable by its owner only, in place of any file of that name; it appears there when complete.

    Raises
    ------
    BusyError
        The database is busy or away, or days were forgotten again and again meanwhile.
    OSError
        The file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        for _ in range(TRIES):
            partial.touch(mode=0o600)
            with partial.open("wb") as file:
                with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
                    made = _written(store, archive, at)
                file.flush()
                os.fsync(file.fileno())
            if made is not None:
                partial.replace(path)
                sync(path.absolute().parent)
                return made
    finally:
        partial.unlink(missing_ok=True)
    raise BusyError("days were being forgotten while they were copied; make the backup again")


def _written(store: Store, archive: ZipFile, at: datetime) -> Backup | None:
    """None where a file went with its day after the tables had been copied."""
    with store.read() as session:
        counted = {table.name: _table(session, table, archive) for table in tables()}
        verdict = verify(session)
        damaged = _damaged_texts(session)
        wanted = list(session.scalars(_HELD))
        under_way = {plan.plan_id for plan in unfinished(session)}
    lost = [sha256 for sha256 in wanted if not _file(store, sha256, archive)]
    if lost:
        with store.read() as session:
            if set(lost) - set(session.scalars(_HELD)):
                return None
    files = tuple(sorted(set(wanted) - set(lost)))
    studies, unread = pack_studies(store, archive, under_way)
    made = Backup(HEAD, at.astimezone(UTC), counted, verdict, files, studies, (*damaged, *lost, *unread))
    archive.writestr(MANIFEST, json.dumps(made.document(), indent=1))
    return made


def _table(session: Session, table: Table, archive: ZipFile) -> Tally:
    counted = Tally()
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for line in lines(session, table):
            counted.add(line)
            out.write(line)
    return counted


def _damaged_texts(session: Session) -> list[str]:
    found = []
    for sha256 in session.scalars(select(DocumentRow.sha256)).all():
        try:
            text_of(session, sha256)
        except DamagedError:
            found.append(sha256)
    return found


def _file(store: Store, sha256: str, archive: ZipFile) -> bool:
    try:
        archive.write(store.files.checked(sha256), f"files/{sha256}", ZIP_STORED)
    except (DamagedError, FileNotFoundError):
        return False
    return True
