"""Cells to values. A function reports what is wrong to its row and returns None, or the default, in its place."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.moments import read_moment
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.nhs_number import holds_nhs_number
from pts_optimiser.intake.row import Row

MAX_TEXT = 200
_FORMULA_MARKS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]{1,7}(\.[0-9]{1,40})?")
_WHOLE = re.compile(r"[0-9]{1,4}")


def text(row: Row, column: str, *, required: bool = False) -> str:
    """Free text: short, no formula for a spreadsheet, no NHS number."""
    value = row.get(column)
    if not value:
        if required:
            row.missing(column, f"{column} is empty.", "fill it in.")
    elif len(value) > MAX_TEXT:
        row.error(Code.TOO_LONG, column, f"the cell has {len(value)} characters.", f"use at most {MAX_TEXT}.")
    elif value.startswith(_FORMULA_MARKS):
        _formula(row, column, value)
    elif len(value) >= 10 and holds_nhs_number(value):
        row.error(
            Code.NHS_NUMBER,
            column,
            "the cell holds a valid NHS number.",
            "replace it, in every file, with a pseudonym that contains letters.",
        )
    return value


def names(row: Row, column: str) -> frozenset[str]:
    """Names separated by ``;``."""
    first, *others = map(str.strip, text(row, column).split(";"))
    for name in others:
        if name.startswith(_FORMULA_MARKS):
            _formula(row, column, name)
    return frozenset(filter(None, [first, *others]))


def _formula(row: Row, column: str, value: str) -> None:
    message = f"the cell begins with {value[0]!r}, which a spreadsheet may run as a formula."
    row.error(Code.FORMULA_CELL, column, message, "remove it; leave a cell without value empty.")


def choice(row: Row, column: str, allowed: Collection[str], code: Code = Code.UNKNOWN_VALUE) -> str | None:
    """One of the allowed words, or None where the cell is empty."""
    value = row.get(column)
    if not value or value in allowed:
        return value or None
    row.error(code, column, f"{column} {row.shown(column)} is not known.", nearest_hint(value, allowed))
    return None


def required_choice(row: Row, column: str, allowed: Collection[str], code: Code = Code.UNKNOWN_VALUE) -> str | None:
    """One of the allowed words; an empty cell is an error."""
    if not row.get(column):
        row.missing(column, f"{column} is empty.", f"use one of: {', '.join(sorted(allowed))}.")
    return choice(row, column, allowed, code)


def whole(row: Row, column: str, highest: int) -> int | None:
    """A whole number from 0 to ``highest``; an empty cell is 0."""
    value = row.get(column)
    if not value:
        return 0
    if _WHOLE.fullmatch(value) and int(value) <= highest:
        return int(value)
    hint = f"write a whole number from 0 to {highest}."
    row.error(Code.BAD_NUMBER, column, f"{column} {row.shown(column)} is not such a number.", hint)
    return None


def number(row: Row, column: str) -> float | None:
    """A finite decimal number with a point; the value is not quoted, as a coordinate may be somebody's home."""
    value = row.get(column)
    if not value:
        return None
    if _NUMBER.fullmatch(value):
        return float(value)
    hint = "write digits with a decimal point, like 52.4801; no comma, unit or exponent."
    row.error(Code.BAD_NUMBER, column, f"{column} is not a number.", hint)
    return None


_TIME_FAULTS = {
    Code.BAD_TIME: ("is not a time", "write it like 2026-03-27T09:30."),
    Code.TIME_DOES_NOT_EXIST: ("is skipped when the clocks go forward", "write the offset, e.g. +01:00."),
    Code.TIME_EXISTS_TWICE: ("comes twice when the clocks go back", "write the offset, e.g. +01:00."),
}


def moment(row: Row, column: str, *, required_for: str = "") -> datetime | None:
    """A London time; ``required_for`` names what needs it."""
    value = row.get(column)
    if not value:
        if required_for:
            row.missing(column, f"{column} is empty; {required_for} needs it.", "write it like 2026-03-27T09:30.")
        return None
    found = read_moment(value)
    if isinstance(found, Code):
        fault, hint = _TIME_FAULTS[found]
        row.error(found, column, f"{column} {row.shown(column)} {fault}.", hint)
        return None
    return found
