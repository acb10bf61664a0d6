"""What the commands of the service share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pts_optimiser.domain.errors import InputError

OURS = ("api", "geodata", "pts_optimiser", "solver")


@contextmanager
def needs_service() -> Iterator[None]:
    """Say plainly that the libraries of the service are not installed, where one of them cannot be imported."""
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] in OURS:
            raise
        raise InputError(
            f"the service needs {error.name}, which is not installed; install pts-optimiser[api]"
        ) from error
