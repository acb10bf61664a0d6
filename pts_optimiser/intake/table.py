"""Bytes to rows: encoding, header and the shape of every row. What the cells mean is not known here."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings, shown
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.row import Row

MOST_BYTES = 20 * 1024**2
MOST_ROWS = 100_000
STRANGERS = 50
"""How many unknown columns are named; a file with more is of another kind."""
_LARGE = "give the rows of one day, and only the columns that are asked for."


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file below its header, blank ones left out, and what was found on the way."""

    rows: tuple[Row, ...]
    findings: Findings


def read_table(
    source: Path | bytes, default_name: str, columns: Sequence[str], required: Collection[str], private: str = ""
) -> Table:
    """Read a CSV file whose header holds all ``required`` and no other than the known ``columns``.

    Never raises for what the file holds. ``private`` is the column that messages must not quote.
    """
    findings = Findings(source.name if isinstance(source, Path) else default_name)
    text = _text(source, findings)
    if text is None:
        return Table((), findings)
    lines = _lines(text, findings)
    header_line, header = next(lines, (0, []))
    if not header:
        findings.fail(Code.EMPTY_FILE, "the file is empty.", f"the first row names the columns: {', '.join(columns)}.")
        return Table((), findings)
    if not _header_is_sound(header, header_line, columns, required, findings):
        return Table((), findings)
    absent = frozenset(required) - set(header)
    rows = tuple(_row(number, cells, header, absent, private, findings) for number, cells in islice(lines, MOST_ROWS))
    if next(lines, None) is not None:
        findings.fail(Code.TOO_LARGE, f"the file has over {MOST_ROWS:,} rows.", _LARGE)
    if not rows and not findings.fatal:
        findings.fail(Code.NO_ROWS, "the file has a header and no rows.", "export the day's rows and try again.")
    return Table(rows, findings)


def _text(source: Path | bytes, findings: Findings) -> str | None:
    try:
        data = _beginning(source) if isinstance(source, Path) else source
    except OSError as error:
        findings.fail(
            Code.UNREADABLE_FILE, f"the file cannot be read: {error.strerror}.", "check its path and its permissions."
        )
        return None
    if len(data) > MOST_BYTES:
        findings.fail(Code.TOO_LARGE, f"the file has over {MOST_BYTES / 1024**2:.0f} MiB.", _LARGE)
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:200].count(0) > 20:
        findings.fail(Code.BAD_ENCODING, "the file is not UTF-8; it looks like UTF-16.", "save it as 'CSV UTF-8'.")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        findings.fail(Code.BAD_ENCODING, f"line {line} is neither UTF-8 nor cp1252.", "save the file as 'CSV UTF-8'.")
        return None
    findings.warn(
        Code.NOT_UTF8,
        f"line {line} is not UTF-8; the file was read as Windows text (cp1252).",
        "save it as 'CSV UTF-8' and look at names with accents.",
    )
    return text


def _beginning(path: Path) -> bytes:
    """As much as is needed to see that it is too large."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _lines(text: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            findings.fail(
                Code.MALFORMED_CSV,
                f"lines {number} to {reader.line_num} are not a CSV row: {error}.",
                "look for a quote that is opened and not closed; write a quote inside a quoted cell twice.",
                row=number,
            )
            if len(findings.issues) > MOST_ROWS:
                return
            continue
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def _header_is_sound(
    header: list[str], line: int, columns: Sequence[str], required: Collection[str], findings: Findings
) -> bool:
    """Report the header's faults and put its names in order; False where it is no header at all."""
    header[:] = [name.strip() for name in header]
    if not set(header) & set(columns):
        separator = next((mark for mark in ";\t|" if set(header[0].split(mark)) & set(columns)), None)
        hint = f"separate the cells with commas, not with {separator!r}." if separator else "add the row of names."
        findings.fail(Code.NO_HEADER, "the first row names none of the columns.", hint, row=line)
        return False
    strangers = [name for name in header if name not in columns][:STRANGERS]
    for place, name in enumerate(header, start=1):
        if len(findings.issues) >= STRANGERS:
            break
        if not name:
            findings.fail(
                Code.UNKNOWN_COLUMN, f"column {place} has no name.", "name it or delete it in every row.", row=line
            )
        elif name not in columns:
            hint = f"{nearest_hint(name, [column for column in columns if column not in header])} Else delete it."
            findings.fail(Code.UNKNOWN_COLUMN, f"unknown column {shown(name)}.", hint, row=line, column=_safe(name))
    for name, count in Counter(header).items():
        if name in columns and count > 1:
            message = f"the column {name} stands {count} times in the header."
            findings.fail(Code.DUPLICATE_COLUMN, message, "keep one of them.", row=line, column=name)
    for name in columns:
        if name in required and name not in header:
            near = nearest_hint(name, filter(None, strangers))
            hint = f"add it{f'; {near}' if near.startswith('did') else '.'}"
            findings.fail(Code.MISSING_COLUMN, f"the required column {name} is missing.", hint, row=line, column=name)
    return True


def _safe(name: str) -> str | None:
    return name if shown(name) == repr(name) else None


def _row(
    number: int, cells: list[str], header: list[str], absent: frozenset[str], private: str, findings: Findings
) -> Row:
    row = Row(number, tuple(cells), {}, findings, absent, private)
    if len(cells) == len(header):
        row.fill(header)
        return row
    row.error(
        Code.CELL_COUNT,
        None,
        f"the row has {len(cells)} cells, the header {len(header)}.",
        "put a cell that holds a comma in quotes; look for an unclosed quote if the row spans several lines.",
    )
    return row
