"""A store made again from a backup, in a database of either kind: whole and checked, or not at all."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from errno import EINVAL
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sqlalchemy import bindparam, delete, exists, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.store import audit
from pts_optimiser.store.backup import MANIFEST, Backup
from pts_optimiser.store.engine import read_url
from pts_optimiser.store.errors import DamagedError
from pts_optimiser.store.migrate import upgrade
from pts_optimiser.store.migrations import HEAD
from pts_optimiser.store.models import AuditHeadRow, Base, SignInRow
from pts_optimiser.store.packed import name_studies, stage_studies, unpack
from pts_optimiser.store.portable import tables, take_in, tally
from pts_optimiser.store.store import Store

_CUT = "the backup is cut off or not as it was written"

_UNREADABLE = (BadZipFile, EOFError, LZMAError, RuntimeError, zlib.error)
"""What the reading of an archive raises where its bytes, or what they say of their packing, have changed."""
_HEAD = Base.metadata.tables[AuditHeadRow.__tablename__]
QUEUES = "dbos"
"""The schema of PostgreSQL in which the jobs keep their queues; beside SQLite they are a file, ``pts.db.jobs``."""


def restore(path: Path, url: str, *, by: str, at: datetime) -> Backup:
    """Make the store that a backup holds. Rows and sums, the audit's chain and every file are compared with what the
    backup says before anything takes effect; that it was restored is then an entry of the audit. Sessions of people are
    over: some had been ended since.

    Raises
    ------
    InputError
        Not a backup, one of another version, or the store at ``url`` is not empty.
    DamagedError
        The backup is not as it was written; the store stays empty.
    BusyError
        The database cannot be reached.
    """
    with _opened(path) as archive:
        backup = _manifest(archive)
        upgrade(url)
        with Store(url) as store, ExitStack() as stack:
            with store.read() as session:
                _refuse_used(session, url)
            for sha256 in backup.files:
                with _as_written():
                    _take_file(store, archive, sha256)
            with _as_written():
                studies = stage_studies(store, archive, backup.studies, stack)
            with store.write() as session:
                with _as_written():
                    _take_tables(session, archive)
                _compare(session, backup)
                name_studies(studies)
            with store.write() as session:
                session.execute(delete(SignInRow))
                audit.note(
                    session,
                    at=at,
                    who=by,
                    what="store.restore",
                    subject="store",
                    after={"made": backup.made_at.isoformat(), "rows": backup.rows, "head": backup.audit.head},
                )
    return backup


def _opened(path: Path) -> ZipFile:
    try:
        return ZipFile(path)
    except OSError as error:
        raise _refused("unreadable_file", f"the backup cannot be read ({error.strerror})", "check the path") from error
    except (*_UNREADABLE, ValueError) as error:
        raise DamagedError(f"{_CUT}; take another one") from error


@contextmanager
def _as_written() -> Iterator[None]:
    """DamagedError where what is read of the backup, or put into the store, cannot be what was written."""
    try:
        yield
    except (*_UNREADABLE, KeyError, TypeError, ValueError, IntegrityError) as error:
        raise DamagedError(f"{_CUT} ({type(error).__name__}); take another one") from error
    except OSError as error:
        if error.errno in {None, EINVAL}:  # no disk that is full or gone, but a false place or packing
            raise DamagedError(f"{_CUT}; take another one") from error
        raise


def _manifest(archive: ZipFile) -> Backup:
    content = b""
    if MANIFEST in archive.namelist():
        with _as_written():
            content = archive.read(MANIFEST)
    try:
        backup = Backup.from_document(json.loads(content))
    except (KeyError, TypeError, ValueError) as error:
        raise _refused("no_backup", "the file is no backup of a store", "name one that `backup` has made") from error
    if backup.store != HEAD:
        raise _refused(
            "backup_of_other_version",
            f"the backup has tables of version {backup.store}, this program of {HEAD}",
            "restore it with the version of the program that made it, then upgrade the store",
        )
    return backup


def _refuse_used(session: Session, url: str) -> None:
    """Queues of another life would take orders of this one for done."""
    database, _ = read_url(url)
    if database.get_backend_name() == "sqlite":
        queued = Path(f"{database.database}.jobs").exists()
    else:
        queued = inspect(session.connection()).has_schema(QUEUES)
    filled = any(session.scalar(select(exists().select_from(table))) for table in tables() if table is not _HEAD)
    if queued or filled:
        raise _refused("store_in_use", "the store is not empty", "restore into a database without tables and queues")


def _take_file(store: Store, archive: ZipFile, sha256: str) -> None:
    with store.files.staged(unpack(archive, f"files/{sha256}")) as staged:
        if staged.sha256 != sha256:
            raise DamagedError(f"file {sha256[:12]}… of the backup is not what was stored; take another backup")
        store.files.keep(staged)


def _take_tables(session: Session, archive: ZipFile) -> None:
    for table in tables():
        with archive.open(f"tables/{table.name}.jsonl") as written:
            if table is not _HEAD:
                take_in(session, table, written)
                continue
            _, seq, last = json.loads(written.read())
            risen = update(_HEAD).values(seq=_HEAD.c.seq + 1, hash=bindparam("last"))
            if seq:  # the head of an empty chain is there; it refuses to rise but one by one
                session.connection().execute(risen, [{"last": last}] * seq)


def _compare(session: Session, backup: Backup) -> None:
    """DamagedError where what was taken in is not what the backup says that it holds."""
    differing = [table.name for table in tables() if tally(session, table) != backup.tables.get(table.name)]
    if differing or audit.verify(session) != backup.audit:
        named = ", ".join(differing) or "the audit"
        raise DamagedError(f"the backup is not as it was written ({named}); take another one")


def _refused(code: str, message: str, hint: str) -> InputError:
    return InputError(f"not restored: {message}", [Issue("backup", None, None, code, message, hint)])
