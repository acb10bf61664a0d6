"""Tables brought up to this version of the program."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from pts_optimiser.store.engine import WAIT_S, WRITES, connect, plainly, read_url
from pts_optimiser.store.errors import BusyError

MIGRATIONS = Path(__file__).parent / "migrations"
PAUSE_S = 0.05
_TURN = 0x7074735F  # any number that only upgrades of this program lock


def upgrade(url: str) -> None:
    """Make or change the tables, whole or not at all; who comes second waits and finds nothing left to do.

    Raises
    ------
    InputError
        Not the URL of a store.
    BusyError
        The database cannot be reached, or others hold it for too long.
    """
    give_up = monotonic() + WAIT_S
    while True:
        try:
            return _upgrade(url)
        except BusyError:  # SQLite does not wait where several turn a new file to write-ahead logging at once
            if monotonic() > give_up:
                raise
            sleep(PAUSE_S)


def _upgrade(url: str) -> None:
    database, _ = read_url(url)
    engine = connect(database, make=True)
    try:
        with plainly(), engine.execution_options(**WRITES).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
            command.upgrade(configuration(connection), "head")
    finally:
        engine.dispose()


def configuration(connection: Connection) -> Config:
    """Alembic's settings; no file of settings is needed."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
