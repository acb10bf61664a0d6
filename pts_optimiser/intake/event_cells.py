"""JSON values as the cells of a row, so that events are read by the rules of the other files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pts_optimiser.intake.cells import MAX_TEXT, number, text
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.row import Row

_COUNT = re.compile(r"[0-9]{1,15}")


def fill(row: Row, document: Mapping[str, Any], names: Sequence[str]) -> None:
    """Make the named fields the row's cells; true and false are 1 and 0, null is absent."""
    present = [name for name in names if name in document]
    row.raw = tuple(_cell(row, name, document[name]) for name in present)
    row.fill(present)


def _cell(row: Row, name: str, value: object) -> str:
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return str(int(value))
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)), "f")
    row.error(
        Code.BAD_FIELD, name, f"{name} is neither text nor a number.", "write one value, not a list or an object."
    )
    return ""


def identifier(row: Row, column: str) -> str:
    """A name that a machine gives; dates and numbers in it may look like an NHS number unless it has no letter."""
    value = row.get(column)
    if any(mark.isalpha() for mark in value) and len(value) <= MAX_TEXT:
        return value
    return text(row, column, required=True)


def count(row: Row, column: str, highest: int = 10**15) -> int | None:
    """A whole number from 0 that must be there."""
    value = row.get(column)
    if not value:
        row.missing(column, f"{column} is empty.", "fill it in.")
    elif _COUNT.fullmatch(value) and int(value) <= highest:
        return int(value)
    else:
        hint = f"write a whole number from 0 to {highest}."
        row.error(Code.BAD_NUMBER, column, f"{column} {row.shown(column)} is not such a number.", hint)
    return None


def between(row: Row, column: str, low: float, high: float) -> float | None:
    """A number from ``low`` to ``high`` that must be there."""
    value = number(row, column)
    if not row.get(column):
        row.missing(column, f"{column} is empty.", "fill it in.")
    elif value is not None and not low <= value <= high:
        row.error(Code.BAD_NUMBER, column, f"{column} is out of range.", f"write a number from {low:g} to {high:g}.")
        return None
    return value
