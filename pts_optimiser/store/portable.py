"""Tables as lines of JSON: either database writes the same ones, and takes in what the other has written."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Date, LargeBinary, Table, insert, select
from sqlalchemy.orm import Session

from pts_optimiser.store.models import Base
from pts_optimiser.store.types import Moment, json_text

AT_ONCE = 200
"""Rows held at a time: a packed roster of a whole region has some 300 kB."""
_RING = 1 << 256


@dataclass(slots=True)
class Tally:
    """How many rows, and the sum of the SHA-256 of their lines in hex: the same in whatever order they come."""

    rows: int = 0
    sum: str = ""

    def add(self, line: bytes) -> None:
        more = int.from_bytes(hashlib.sha256(line).digest(), "big")
        self.rows += 1
        self.sum = f"{(int(self.sum or '0', 16) + more) % _RING:064x}"


def tables() -> list[Table]:
    """All tables, those first that others refer to."""
    return Base.metadata.sorted_tables


def lines(session: Session, table: Table) -> Iterator[bytes]:
    """Every row of a table as one line: a JSON list in the order of its columns."""
    with closing(session.execute(select(table).execution_options(yield_per=AT_ONCE))) as rows:
        for row in rows:
            yield json_text([_told(value) for value in row]).encode() + b"\n"


def tally(session: Session, table: Table) -> Tally:
    """Rows and sum of a table as it is."""
    counted = Tally()
    for line in lines(session, table):
        counted.add(line)
    return counted


def take_in(session: Session, table: Table, written: Iterable[bytes]) -> None:
    """Insert the rows of such lines.

    Raises
    ------
    ValueError, TypeError
        They are not of this table.
    """
    rest = iter(written)
    while part := list(islice(rest, AT_ONCE)):
        session.execute(insert(table), [_row(table, line) for line in part])


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _row(table: Table, line: bytes) -> dict[str, Any]:
    pairs = zip(table.columns, json.loads(line), strict=True)
    return {column.name: None if value is None else _read(column.type, value) for column, value in pairs}


def _read(kind: object, value: Any) -> Any:
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value
