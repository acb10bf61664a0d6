"""What the commands of the service share."""

from __future__ import annotations

import socket
from importlib.util import find_spec
from typing import Annotated

import typer

from pts_optimiser.domain.errors import InputError

StoreUrl = Annotated[
    str,
    typer.Argument(
        envvar="PTS_STORE", help="The store, as sqlite:///pts.db or postgresql://host/name?files=DIR; upgraded."
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


def require_port(port: int) -> None:
    """Raise InputError where something else listens on this port of the machine."""
    with socket.socket() as there:
        there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            there.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(f"port {port} cannot be used ({error.strerror}); name another with --port") from None
