"""What the commands of the service share."""

from __future__ import annotations

from importlib.util import find_spec

from pts_optimiser.domain.errors import InputError

NEEDED = ("alembic", "apiflask", "authlib", "dbos", "gunicorn", "psycopg", "sqlalchemy")


def require_service() -> None:
    """Raise InputError where the libraries of the service are not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"the service needs {', '.join(missing)}, not installed here; pip install 'pts-optimiser[api]'"
        )
