"""The break of a duty: its own window, or the policy's where it states none."""

from __future__ import annotations

from datetime import datetime, timedelta

from pts_optimiser.domain.clock import moment_at, seconds_after
from pts_optimiser.domain.duty import Break
from pts_optimiser.domain.policy import BreakRule
from pts_optimiser.intake.cells import moment, whole
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.row import Row

LONGEST_BREAK_MINUTES = 240


def read_break(row: Row, shift: tuple[datetime, datetime] | None, rule: BreakRule) -> Break | None:
    """The break of ``break_minutes`` that starts from ``break_earliest`` to ``break_latest``."""
    minutes = whole(row, "break_minutes", LONGEST_BREAK_MINUTES)
    window = moment(row, "break_earliest"), moment(row, "break_latest")
    stated = bool(row.get("break_earliest")), bool(row.get("break_latest"))
    if stated[0] != stated[1]:
        column = "break_latest" if stated[0] else "break_earliest"
        row.error(Code.BREAK_WINDOW, column, "the break window has one end only.", "give both ends or neither.")
        return None
    if minutes == 0 and stated[0]:
        message = "there is a break window and no break."
        row.error(Code.BREAK_WINDOW, "break_minutes", message, "fill in break_minutes or empty the window.")
    if not minutes or shift is None:
        return None
    if not stated[0]:
        return _by_rule(row, minutes, shift, rule)
    earliest, latest = window
    return _as_stated(row, minutes, earliest, latest, shift) if earliest and latest else None


def _by_rule(row: Row, minutes: int, shift: tuple[datetime, datetime], rule: BreakRule) -> Break | None:
    start, end = shift
    last = seconds_after(start, end) - minutes * 60
    if last < 0:
        row.error(Code.BREAK_OUTSIDE_SHIFT, "break_minutes", "the break is longer than the shift.", "shorten it.")
        return None
    return Break(
        timedelta(minutes=minutes),
        moment_at(start, min(rule.earliest_after, last)),
        moment_at(start, min(rule.latest_after, last)),
    )


def _as_stated(
    row: Row, minutes: int, earliest: datetime, latest: datetime, shift: tuple[datetime, datetime]
) -> Break | None:
    start, end = shift
    if seconds_after(earliest, latest) < 0:
        message = "break_latest is before break_earliest."
        row.error(Code.BREAK_WINDOW, "break_latest", message, "swap them; look at the dates over midnight.")
        return None
    if seconds_after(start, earliest) < 0 or seconds_after(latest, end) < minutes * 60:
        row.error(
            Code.BREAK_OUTSIDE_SHIFT,
            "break_earliest",
            f"a break of {minutes} min inside the window may lie outside the shift.",
            "break_latest is the latest start: let the break end by end_at.",
        )
        return None
    return Break(timedelta(minutes=minutes), earliest, latest)
