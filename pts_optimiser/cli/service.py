"""What the commands of the service share."""

from __future__ import annotations

import re
import socket
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pts_optimiser.domain.errors import InputError

PASSWORD = re.compile(r"//[^/?@]*:[^/?@]+@|[?&](?:ssl)?password=", re.IGNORECASE)
"""In a store's URL."""
SEEN_BY_ALL = "a password on the command line is seen by all of the machine; set PTS_STORE, or use ~/.pgpass"


def refuse_secret(context: typer.Context, parameter: typer.CallbackParam, url: str | None) -> str | None:
    """The URL; refused where a password stands on the command line."""
    given = context.get_parameter_source(parameter.name or "")
    if url and given is not None and given.name == "COMMANDLINE" and PASSWORD.search(url):
        raise typer.BadParameter(SEEN_BY_ALL)
    return url


StoreUrl = Annotated[
    str,
    typer.Argument(
        envvar="PTS_STORE",
        callback=refuse_secret,
        help="The store, as sqlite:///pts.db or postgresql://host/name?files=DIR; upgraded.",
    ),
]
DataFolder = Annotated[Path | None, typer.Option("--data", help="Folder of `serve`: its database and files.")]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="PTS_STORE",
        callback=refuse_secret,
        help="The store, as sqlite:///pts.db or postgresql://host/name?files=DIR.",
    ),
]
NEEDED = ("alembic", "apiflask", "authlib", "dbos", "gunicorn", "psycopg", "sqlalchemy")


def require_service() -> None:
    """Raise InputError where the libraries of the service are not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"the service needs {', '.join(missing)}, not installed here; pip install 'pts-optimiser[api]'"
        )


def named_store(data: Path | None, store: str | None) -> str:
    """The URL of the store that either option names; raises InputError where none does."""
    if data is not None:
        return f"sqlite:///{data.resolve() / 'pts.db'}"
    if store is None:
        raise InputError("name the store: --data DIR, --store URL, or PTS_STORE")
    return store


def require_port(port: int) -> None:
    """Raise InputError where something else listens on this port of the machine."""
    with socket.socket() as there:
        there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            there.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(f"port {port} cannot be used ({error.strerror}); name another with --port") from None
