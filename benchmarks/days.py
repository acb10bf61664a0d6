"""Whole days, planned and checked: ``python -m benchmarks.days [--seconds 90] [--seeds 1 2 3]``.

Prints a Markdown table: what was served of what could be, standards met, hours, kilometres, memory.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pts_optimiser.planning.day import Search
from pts_optimiser.services.generate import generate
from pts_optimiser.services.plan import Order, Outcome, plan
from pts_optimiser.services.sources import read_source


@dataclass(frozen=True)
class Kind:
    name: str
    date: date
    scale: float = 1.0


KINDS = (
    Kind("weekday", date(2026, 9, 15)),
    Kind("stress day", date(2026, 9, 15), 1.13),
    Kind("Saturday", date(2026, 9, 19)),
    Kind("Sunday", date(2026, 9, 20)),
    Kind("clocks forward", date(2026, 3, 29)),
    Kind("clocks back", date(2026, 10, 25)),
)


def planned(kind: Kind, seed: int, search: Search) -> Outcome:
    """Generate, plan and check one day (``plan`` refuses what the referee does not pass)."""
    with TemporaryDirectory() as folder:
        day = generate(kind.date, seed, Path(folder, "in"), scale=kind.scale, known="all")[0].folder
        order = Order(
            read_source(day / "journeys.csv"), read_source(day / "duties.csv"), Path(folder, "out"), search=search
        )
        return plan(order, lambda _progress: None)


def row(kind: Kind, seed: int, outcome: Outcome) -> str:
    kpis = outcome.roster.kpis
    served, servable = kpis["served"], outcome.servable
    cells = (
        kind.name,
        seed,
        f"{kpis['journeys']:,}",
        f"{servable:,}",
        f"{served:,}",
        f"{100 * served / servable:.2f}",
        f"{kpis['standards_met']} of {kpis['standards_with_target']}",
        kpis["duties_used"],
        f"{kpis['driven_hours']:,.0f}",
        f"{60 * kpis['driven_hours'] / served:.1f}",
        f"{kpis['driven_km']:,.0f}",
        f"{outcome.planning_s:.0f}",
    )
    return line(cells)


def line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


COLUMNS = (
    "day", "seed", "journeys", "servable", "served", "% of servable", "standards met", "duties", "driven h",
    "min a journey", "km", "planning s",
)  # fmt: skip
HEADER = f"{line(COLUMNS)}\n{line('---' for _ in COLUMNS)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--kinds", nargs="+", default=[kind.name for kind in KINDS], help="such as weekday Saturday")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} processors;", end=" ")
    print(f"{options.seconds:g} s of search, {options.workers} workers\n")
    print(HEADER)
    for kind in (kind for kind in KINDS if kind.name in options.kinds):
        for seed in options.seeds:
            outcome = planned(kind, seed, Search(budget_s=options.seconds, workers=options.workers, seed=seed))
            print(row(kind, seed, outcome), flush=True)
    print(f"\nPeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
