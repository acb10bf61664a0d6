"""Results as Markdown: medians over seeds for a day, sums and means over the instances of a set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from statistics import mean, median, median_low

from benchmarks.days import line
from benchmarks.peers.result import Result

DAY_COLUMNS = (
    "solver", "variant", "served", "rules broken", "of which", "targets missed", "driven h", "min a journey",
    "vehicles", "CPU s", "99 % after CPU s", "MB",
)  # fmt: skip
SET_COLUMNS = (
    "solver", "variant", "instances", "complete", "feasible", "rules broken", "mean gap % of the feasible",
    "mean gap % of all complete", "CPU s", "MB",
)  # fmt: skip


def day_table(results: Sequence[Result], first: Callable[[Result], float | None]) -> str:
    """One day at one budget; ``first`` gives the CPU at which a run first served 99 %."""
    return _table(DAY_COLUMNS, (_day_row(rows, first) for rows in _by_solver(results)))


def set_table(results: Sequence[Result]) -> str:
    """One set of public instances at one budget."""
    return _table(SET_COLUMNS, (_set_row(rows) for rows in _by_solver(results)))


def _by_solver(results: Sequence[Result]) -> list[list[Result]]:
    order = list(dict.fromkeys((r.peer, r.variant) for r in results))
    ordered = sorted(results, key=lambda r: order.index((r.peer, r.variant)))
    return [list(rows) for _, rows in groupby(ordered, key=lambda r: (r.peer, r.variant))]


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return "\n".join([line(columns), line("---" for _ in columns), *(line(row) for row in rows)])


def _day_row(rows: list[Result], first: Callable[[Result], float | None]) -> list[object]:
    some = rows[0]
    answered = [row for row in rows if row.served]
    if not answered:
        reason = some.note or "no plan"
        return [some.peer, some.variant, 0, reason, *["–"] * 5, *_used(rows, "–")]
    broken = median_low(row.broken for row in answered)
    kinds = next(row.kinds for row in answered if row.broken == broken)
    times = [found for row in answered if (found := first(row)) is not None]
    soonest = f"{median(times):.1f}" if len(times) == len(rows) else "–"
    return [
        some.peer,
        some.variant,
        f"{median_low(row.served for row in answered):,} of {some.requests:,}",
        broken,
        kinds or "–",
        median_low(row.missed for row in answered),
        f"{median(row.driving_s for row in answered) / 3600:,.1f}",
        f"{median(row.minutes for row in answered):.2f}",
        median_low(row.vehicles for row in answered),
        *_used(rows, soonest),
    ]


def _used(rows: list[Result], soonest: str) -> list[object]:
    return [f"{median(row.cpu_s for row in rows):.0f}", soonest, f"{median(row.peak_mb for row in rows):,.0f}"]


def _set_row(rows: list[Result]) -> list[object]:
    some = rows[0]
    if not any(row.served for row in rows):
        return [some.peer, some.variant, len(rows), 0, some.note or "no plan", *["–"] * 5]
    gaps = [row.gap for row in rows if row.gap is not None]
    sound = [row.gap for row in rows if row.gap is not None and row.verified]
    return [
        some.peer,
        some.variant,
        len(rows),
        sum(row.served == row.requests for row in rows),
        sum(bool(row.verified) for row in rows),
        sum(row.broken for row in rows),
        f"{mean(sound):.2f}" if sound else "–",
        f"{mean(gaps):.2f}" if gaps else "–",
        f"{mean(row.cpu_s for row in rows):.1f}",
        f"{max(row.peak_mb for row in rows):,.0f}",
    ]
