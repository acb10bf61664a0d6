"""The store: one database and its folder of files, opened by one setting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import event, inspect, text
from sqlalchemy.orm import Session, sessionmaker

from pts_optimiser.store import audit
from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.engine import WRITES, connect, plainly, read_url
from pts_optimiser.store.errors import StoreError
from pts_optimiser.store.files import Files
from pts_optimiser.store.migrations import HEAD


class Store:
    """Transactions over one database, and its files.

    Threads share a store; processes do not: open it after the fork. The repositories' functions take the sessions.
    """

    def __init__(self, url: str) -> None:
        """Open a store that ``upgrade`` has made.

        Raises
        ------
        InputError
            Not the URL of a store, or none is there.
        StoreError
            Its tables are not of this version.
        BusyError
            The database cannot be reached.
        """
        database, folder = read_url(url)
        self.files = Files(folder)
        self._engine = connect(database)
        kept = {"files": self.files}
        self._reading = sessionmaker(self._engine, info=kept)
        self._writing = sessionmaker(self._engine.execution_options(**WRITES), info=kept)
        event.listen(self._writing, "before_commit", audit.write_noted)
        try:
            self._refuse_other_versions()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        with plainly(), self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes take effect together, with their audit, at the end of the block, or not at all.

        Raises
        ------
        BusyError
            Others held what was needed for too long; nothing has changed.
        """
        with plainly(), self._writing.begin() as session:
            yield session
            crash_point("store.written")
        crash_point("store.committed")

    def settle(self) -> None:
        """Have SQLite empty its log, where deleted rows would outlive their deletion."""
        if self._engine.dialect.name == "sqlite":
            with plainly(), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refuse_other_versions(self) -> None:
        with plainly(), self._engine.connect() as connection:
            made = inspect(connection).has_table("alembic_version")
            found = connection.scalar(text("SELECT version_num FROM alembic_version")) if made else None
        if found != HEAD:
            raise StoreError(f"the store is at version {found}, this program at {HEAD}; upgrade the store first")
