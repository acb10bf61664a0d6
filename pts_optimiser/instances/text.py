"""Rows of numbers of an instance file, plain or gzip, with errors that name file and line."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one line; blank lines are passed over but counted."""

    file: str
    line: int
    numbers: tuple[float, ...]

    def expect(self, count: int, what: str) -> tuple[float, ...]:
        """The row's numbers, which must be ``count``."""
        if len(self.numbers) != count:
            raise self.error(f"expected {count} numbers ({what}), found {len(self.numbers)}")
        return self.numbers

    def whole(self, value: float) -> int:
        if not value.is_integer():
            raise self.error(f"expected a whole number, found {value:g}")
        return int(value)

    def error(self, message: str) -> InputError:
        return malformed(self.file, self.line, message)


def malformed(file: str, line: int | None, message: str) -> InputError:
    issue = Issue(file, line, None, "instance_malformed", message, "Compare the file with the published format.")
    return InputError(str(issue), [issue])


def read_rows(path: Path) -> list[Row]:
    """All rows of numbers in ``path``.

    Raises
    ------
    InputError
        Where the file cannot be read, is empty or holds something else than finite numbers.
    """
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise malformed(path.name, None, f"cannot be read: {error}") from error
    rows = []
    for line, words in enumerate(map(str.split, text.splitlines()), start=1):
        if not words:
            continue
        try:
            numbers = tuple(float(word) for word in words)
        except ValueError as error:
            raise malformed(path.name, line, "holds something that is not a number") from error
        if not all(abs(number) < float("inf") for number in numbers):
            raise malformed(path.name, line, "holds a number that is not finite")
        rows.append(Row(path.name, line, numbers))
    if not rows:
        raise malformed(path.name, None, "is empty")
    return rows


def instance_name(path: Path) -> str:
    """The file's name without ``.gz`` and its ending."""
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]
