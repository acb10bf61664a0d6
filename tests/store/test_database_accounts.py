"""How the store comes to PostgreSQL without a password that stays for good."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pts_optimiser.store import BusyError, Store, upgrade
from pts_optimiser.store.days import service_days
from tests.store.postgres import NoPostgresError, Server, running_server

ME = getpass.getuser()
RULES = """
local by_password pts scram-sha-256
local by_account all peer
local all all trust
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that asks for a password in one database, and for the account of the machine in the other."""
    try:
        with running_server() as server:
            as_operator(
                server,
                "CREATE ROLE pts LOGIN PASSWORD 'first'",
                f'CREATE ROLE "{ME}" LOGIN',
                "CREATE DATABASE by_password OWNER pts",
                f'CREATE DATABASE by_account OWNER "{ME}"',
            )
            (server.folder / "data" / "pg_hba.conf").write_text(RULES)
            as_operator(server, "SELECT pg_reload_conf()")
            yield server
    except NoPostgresError as error:
        pytest.skip(f"PostgreSQL could not be started: {error}")


def as_operator(server: Server, *commands: str) -> None:
    with psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
        for command in commands:
            connection.execute(command.encode())


def write_password(file: Path, password: str) -> None:
    file.touch(mode=0o600)
    file.write_text(f"*:*:*:pts:{password}\n")


def test_a_password_in_a_file_is_changed_under_a_running_service(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "pgpass"
    write_password(file, "first")
    url = f"postgresql://pts@/by_password?host={server.folder}&passfile={file}&files={tmp_path}"
    upgrade(url)
    with Store(url) as store:

        def read_anew() -> None:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'by_password'"
            as_operator(server, cut)
            with store.read() as session:
                assert service_days(session) == []

        read_anew()
        as_operator(server, "ALTER ROLE pts PASSWORD 'second'")
        with pytest.raises(BusyError):
            read_anew()
        write_password(file, "second")
        read_anew()


def test_an_account_of_the_machine_needs_no_password_and_opens_to_no_other(server: Server, tmp_path: Path) -> None:
    place = f"/by_account?host={server.folder}&files={tmp_path}"
    upgrade(f"postgresql://{ME}@{place}")
    with Store(f"postgresql://{ME}@{place}") as store, store.read() as session:
        assert service_days(session) == []
    with pytest.raises(BusyError):
        Store(f"postgresql://pts@{place}")
