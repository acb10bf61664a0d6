"""Which days of a range have figures, and of which versions of their rosters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pts_optimiser.domain.errors import InputError
from pts_optimiser.store import Store
from pts_optimiser.store.publishing import RosteredDay, rostered_days

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Range:
    """From the first day to the last, both with.

    Raises
    ------
    InputError
        The last is before the first, or there are more than 400 days.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if not self.first <= self.last:
            raise InputError("the last day is before the first")
        if (self.last - self.first).days >= MOST_DAYS:
            raise InputError(f"at most {MOST_DAYS} days at once")


def days_with_figures(store: Store, days: Range) -> list[RosteredDay]:
    """The days of a range that have a roster, earliest first."""
    with store.read() as session:
        return rostered_days(session, days.first, days.last)
