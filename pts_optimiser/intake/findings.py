"""What one file's reading has found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.intake.codes import Code

_SHOWN = 40
_MOST = 400
_TEN_DIGITS = re.compile(r"\d(?:[\s\-‐‑–._]?\d){9}")


@dataclass(slots=True)
class Findings:
    """The issues of one file. ``fatal`` is set when the file as a whole cannot be trusted, not only some rows."""

    file: str
    issues: list[Issue] = field(default_factory=list)
    fatal: bool = False

    def error(self, code: Code, message: str, hint: str, *, row: int | None = None, column: str | None = None) -> None:
        """Add an error about a row."""
        self._add(code, message, hint, row, column, Severity.ERROR)

    def fail(self, code: Code, message: str, hint: str, *, row: int | None = None, column: str | None = None) -> None:
        """Add an error about the whole file."""
        self.error(code, message, hint, row=row, column=column)
        self.fatal = True

    def warn(self, code: Code, message: str, hint: str, *, row: int | None = None, column: str | None = None) -> None:
        """Add a warning."""
        self._add(code, message, hint, row, column, Severity.WARNING)

    def _add(
        self, code: Code, message: str, hint: str, row: int | None, column: str | None, severity: Severity
    ) -> None:
        """No longer than anybody reads, whatever names and values the file has."""
        name = None if column is None else _short(column)
        self.issues.append(Issue(self.file, row, name, code.value, _short(message), _short(hint), severity))

    def in_order(self) -> tuple[Issue, ...]:
        """All issues, the file's own first, then by row."""
        return tuple(sorted(self.issues, key=lambda issue: issue.row or 0))


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST // 2]} … {text[-_MOST // 2 :]}"


def shown(value: str, hidden: str = "") -> str:
    """A value as a message may quote it: short, escaped, and not at all where it may identify a patient."""
    if _TEN_DIGITS.search(value) or (hidden and hidden in value):
        return "(not shown)"
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")


def input_error(issues: Iterable[Issue]) -> InputError:
    """The error that carries all issues, with their number by file in its message."""
    found = tuple(issues)
    errors: dict[str, int] = {}
    for issue in found:
        if issue.severity is Severity.ERROR:
            errors[issue.file] = errors.get(issue.file, 0) + 1
    return InputError("; ".join(f"{file}: {count} error{'s' * (count > 1)}" for file, count in errors.items()), found)
