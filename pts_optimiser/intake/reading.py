"""What reading one file gives: the good rows, the issues and the rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from pts_optimiser.domain.issue import Issue
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.row import Row
from pts_optimiser.intake.table import Table

Item = TypeVar("Item")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row left out: ``row`` is the line on which it begins, ``cells`` what stands there."""

    file: str
    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading(Generic[Item]):
    """The accepted ``items`` in the order of the file; ``fatal`` where the file as a whole cannot be trusted."""

    items: tuple[Item, ...]
    issues: tuple[Issue, ...]
    rejected: tuple[Rejected, ...]
    fatal: bool


def reading(table: Table, found: Iterable[tuple[Row, Item | None]]) -> Reading[Item]:
    """Sum up a file whose checks are all done."""
    return Reading(
        items=tuple(item for row, item in found if item is not None and not row.bad),
        issues=table.findings.in_order(),
        rejected=tuple(Rejected(table.findings.file, row.number, row.raw) for row in table.rows if row.bad),
        fatal=table.findings.fatal,
    )


def refuse_duplicates(rows: Iterable[Row], column: str) -> None:
    """Report every row whose id stands in another row too; none of them is used, as nobody can tell which is right."""
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        if value := row.get(column):
            by_id.setdefault(value, []).append(row)
    for same in by_id.values():
        if len(same) > 1:
            for row in same:
                message = f"this {column} stands in {rows_named(same, besides=row)} too."
                row.error(Code.DUPLICATE_ID, column, message, "give each its own, or delete the rows not meant.")


def rows_named(rows: Sequence[Row], besides: Row | None = None) -> str:
    """``row 3`` or ``rows 3, 7``, the first five of them; all ``besides`` the one that they are named to."""
    count = len(rows) - (besides is not None)
    numbers = [str(row.number) for row in islice((row for row in rows if row is not besides), _NAMED)]
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    return f"row{'s' * (count > 1)} {', '.join(numbers)}{more}"
