"""The day at a glance in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pts_optimiser.reporting.headlines import headlines, number
from pts_optimiser.reporting.wording import MEASURE_WORDS, in_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

MARKS = {True: "[green]✓[/green] ", False: "[red]✗[/red] ", None: "  "}


def terminal_summary(kpis: Mapping[str, Any]) -> RenderableType:
    """The headline figures, the standards that miss their target and the unserved by reason, for ``rich`` to print."""
    from rich.console import Group  # noqa: PLC0415 - slow to import, needed here only

    parts = [_figures(kpis)]
    missed = [row for row in kpis["standards"] if row["met"] is False]
    if missed:
        parts.append(_standards(missed))
    if kpis["unserved_by_reason"]:
        parts.append(_unserved(kpis["unserved_by_reason"]))
    return Group(*parts)


def _grid(title: str) -> Table:
    from rich.table import Table  # noqa: PLC0415

    return Table(title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False)


def _figures(kpis: Mapping[str, Any]) -> Table:
    grid = _grid("The day at a glance")
    for line in headlines(kpis):
        grid.add_row(
            MARKS[line.good] + line.label,
            f"[bold]{line.value}[/bold]",
            f"[dim]{', '.join(filter(None, (line.remark, line.verdict)))}[/dim]",
        )
    return grid


def _standards(missed: list[Mapping[str, Any]]) -> Table:
    grid = _grid("Targets missed")
    for row in missed:
        grid.add_row(
            f"{in_words(row['category'])}, {MEASURE_WORDS[row['measure']]}",
            f"[bold]{number(row['observed_percent'])} %[/bold] of {number(row['target_percent'], 0)} %",
            f"[dim]{row['missed']} of {row['journeys_counted']} journeys[/dim]",
        )
    return grid


def _unserved(by_reason: Mapping[str, int]) -> Table:
    grid = _grid("Unserved")
    for code, count in by_reason.items():
        grid.add_row(in_words(code), f"[bold]{count}[/bold]")
    return grid
