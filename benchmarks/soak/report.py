"""The one table of the soak, and ``docs/reliability.md`` round it."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template

from benchmarks.soak.parts import Part
from benchmarks.soak.tally import Tally

TEMPLATE = Path(__file__).with_name("reliability.md")


def table(tallies: Mapping[Part, Tally]) -> str:
    """A Markdown table with one row a part and their sum."""
    lines = [
        "| what was done | cases tried | faults injected | requests served | lost | minutes |",
        "|---|--:|--:|--:|--:|--:|",
        *(_row(part.does, tally) for part, tally in tallies.items()),
        _row("**in all**", sum(tallies.values(), Tally())),
    ]
    return "\n".join(lines)


def _row(does: str, tally: Tally) -> str:
    counts = (tally.cases, tally.faults, tally.requests)
    lost = f"**{len(tally.lost):,}**" if tally.lost else "nothing"
    return " | ".join((f"| {does}", *(f"{count:,}" for count in counts), lost, f"{tally.seconds / 60:.0f} |"))


def losses(tallies: Mapping[Part, Tally]) -> list[str]:
    return [words for tally in tallies.values() for words in tally.lost]


def page(tallies: Mapping[Part, Tally], notes: Sequence[str] = ()) -> str:
    """``docs/reliability.md``: the table with its date and machine, and what parts have noted besides."""
    lost = losses(tallies)
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        date=f"{date.today():%d %B %Y}".lstrip("0"),  # noqa: DTZ011 -- the reader's own calendar
        machine=f"{platform.system()} on {platform.machine()}, {os.cpu_count()} shared processors",
        python=platform.python_version(),
        table=table(tallies),
        lost="\n".join(f"- {words}" for words in lost) if lost else "Nothing was lost.",
        notes="\n\n".join(notes),
    )
