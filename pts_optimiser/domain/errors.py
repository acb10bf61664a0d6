"""The error tree. Every error that a user can cause carries an exit code and says what would help.

PtsError (1)
 ├─ InputError (2)         bad rows, files or options; carries the issues found
 ├─ TravelTimesError (3)   no travel times for a place
 └─ RefusedRosterError (1)    the referee found violations; nothing was written
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pts_optimiser.domain.issue import Issue


class PtsError(Exception):
    """Base of all errors of the project."""

    exit_code: ClassVar[int] = 1


class InputError(PtsError):
    """Input that cannot be planned. ``issues`` holds everything found in one pass."""

    exit_code = 2

    def __init__(self, message: str, issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
        self.issues = tuple(issues)


class TravelTimesError(PtsError):
    """Travel times are missing or unreadable."""

    exit_code = 3


class RefusedRosterError(PtsError):
    """A roster that the referee does not pass; ``violations`` are its findings in words."""

    def __init__(self, violations: Sequence[str]) -> None:
        shown = "\n".join(violations[:10])
        more = f"\n… and {len(violations) - 10} more" if len(violations) > 10 else ""
        super().__init__(f"the roster breaks {len(violations)} rule(s) and was not written:\n{shown}{more}")
        self.violations = tuple(violations)
