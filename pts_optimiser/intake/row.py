"""One row of an input file: its cells by column name and whether they can be used."""

from __future__ import annotations

from dataclasses import dataclass

from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings, shown


@dataclass(slots=True)
class Row:
    """A row; ``number`` is the line on which it begins, ``raw`` its cells as they stand in the file.

    ``cells`` stays empty where the row has too many or too few of them. ``private`` is the column never to be quoted.
    ``absent`` names required columns that the header lacks: what they miss is not reported again on every row.
    """

    number: int
    raw: tuple[str, ...]
    cells: dict[str, str]
    findings: Findings
    absent: frozenset[str]
    private: str
    bad: bool = False

    def fill(self, header: list[str]) -> None:
        """Name the cells and strip them; line breaks and other white space inside them become one space."""
        if "".join(self.raw).isprintable():
            self.cells = {name: cell.strip() for name, cell in zip(header, self.raw, strict=True)}
            return
        self.cells = {name: " ".join(cell.split()) for name, cell in zip(header, self.raw, strict=True)}
        for name, cell in self.cells.items():
            if not cell.isprintable():
                message = "the cell holds an invisible control character."
                self.error(Code.CONTROL_CHARACTER, name, message, "type the cell again.")

    def error(self, code: Code, column: str | None, message: str, hint: str) -> None:
        """Report an error in this row, which makes it unusable."""
        self.findings.error(code, message, hint, row=self.number, column=column)
        self.bad = True

    def warn(self, code: Code, column: str | None, message: str, hint: str) -> None:
        """Report a warning about this row."""
        self.findings.warn(code, message, hint, row=self.number, column=column)

    def missing(self, column: str, message: str, hint: str) -> None:
        """Report a required value that is not there, unless its whole column is missing."""
        if column not in self.absent:
            self.error(Code.MISSING_VALUE, column, message, hint)
        self.bad = True

    def get(self, column: str) -> str:
        """The cell's text, empty where the file has no such column."""
        return self.cells.get(column, "")

    def shown(self, column: str) -> str:
        """The cell as a message may quote it."""
        return "(not shown)" if column == self.private else shown(self.get(column), self.get(self.private))
