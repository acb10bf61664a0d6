"""Rows of numbers of an instance file, plain or gzip, with errors that name file and line."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue

MOST_BYTES = 200 << 20
MOST_NODES = 6_000
"""More than any published instance has; a matrix of doubles between them takes 288 MB."""
MOST_VEHICLES = 10_000
LARGEST = 1e12
FORMAT_HINT = "Compare the file with the published format."


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


def malformed(file: str, line: int | None, message: str, field: str | None = None) -> InputError:
    issue = Issue(file, line, field, "instance_malformed", message, FORMAT_HINT)
    return InputError(str(issue), [issue])


def unsupported(file: str, field: str, message: str, hint: str) -> InputError:
    """A field that its format allows and the solver has no rule for."""
    issue = Issue(file, None, field, "instance_unsupported", message, hint)
    return InputError(str(issue), [issue])


def read_text(path: Path) -> str:
    """What a plain or gzip file holds.

    Raises
    ------
    InputError
        Where it cannot be read.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise malformed(path.name, None, f"cannot be read: {error}") from error
    if len(content) > MOST_BYTES:
        raise malformed(path.name, None, f"is larger than {MOST_BYTES >> 20} MB")
    return text


def read_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of ``path`` that are not blank, each with its number.

    Raises
    ------
    InputError
        Where there are none, or the file cannot be read.
    """
    lines = [(number, line) for number, line in enumerate(read_text(path).splitlines(), start=1) if line.strip()]
    if not lines:
        raise malformed(path.name, None, "is empty")
    return lines


def to_row(file: str, line: int, text: str) -> Row:
    """One line of numbers.

    Raises
    ------
    InputError
        Where it holds something else than finite numbers.
    """
    try:
        numbers = tuple(map(float, text.split()))
    except ValueError as error:
        raise malformed(file, line, "holds something that is not a number") from error
    if not all(abs(number) <= LARGEST for number in numbers):
        raise malformed(file, line, f"holds a number that is not finite or above {LARGEST:g}")
    return Row(file, line, numbers)


def read_rows(path: Path) -> list[Row]:
    """All rows of a file of numbers, one a vehicle or node."""
    lines = read_lines(path)
    if len(lines) > MOST_NODES + MOST_VEHICLES:
        raise malformed(path.name, None, f"has {len(lines):,} rows, more than any instance")
    return [to_row(path.name, number, text) for number, text in lines]


def refuse_many(header: Row, nodes: int, vehicles: float) -> None:
    """Raise InputError where nobody can have meant so many."""
    if nodes > MOST_NODES or vehicles > MOST_VEHICLES:
        raise header.error(
            f"{nodes:,} nodes and {vehicles:,.0f} vehicles, at most {MOST_NODES:,} and {MOST_VEHICLES:,}"
        )


def instance_name(path: Path) -> str:
    """The file's name without ``.gz`` and its ending."""
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]
