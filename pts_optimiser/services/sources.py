"""Input files with their fingerprints, whether from disk or from standard input."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pts_optimiser.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class Source:
    """An input: its name as reports show it, its bytes, and its path where it is a file."""

    name: str
    content: bytes
    path: Path | None = None

    @property
    def readable(self) -> Path | bytes:
        """What the readers take: the path, whose name their findings then show, else the bytes."""
        return self.path or self.content

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_source(path: Path) -> Source:
    """Read a file whole.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    try:
        return Source(path.name, path.read_bytes(), path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}. Check the path.") from error
