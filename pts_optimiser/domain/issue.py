"""One finding about the input: where it stands, what is wrong and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_COLUMN = 200
"""Characters: a file may have any text where it should name a field."""


class Severity(StrEnum):
    ERROR = "error"  # the row cannot be planned
    WARNING = "warning"  # the row is planned; somebody should look


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem in an input file. ``row`` is the line as an editor numbers it (the header is 1), None for the file.

    ``message`` never repeats a value that may identify a patient. Half of a surrogate pair, which JSON may bring and
    nothing can print, stands in all texts as its escape.
    """

    file: str
    row: int | None
    column: str | None
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if self.column and len(self.column) > LONGEST_COLUMN:
            object.__setattr__(self, "column", f"{self.column[: LONGEST_COLUMN - 1]}…")
        for name in ("file", "column", "message"):
            text: str | None = getattr(self, name)
            if text and not text.isascii():
                object.__setattr__(self, name, text.encode("utf-8", "backslashreplace").decode())

    def __str__(self) -> str:
        where = self.file + (f":{self.row}" if self.row is not None else "")
        column = f" [{self.column}]" if self.column else ""
        return f"{where}{column} {self.code}: {self.message} Hint: {self.hint}"
