"""How far a study's days are from what a longer search finds: some days, each planned again for minutes."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.days import line
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.services.study import example_plan
from pts_optimiser.study.adapt import adapted
from pts_optimiser.study.document import read_study

MOST_PERCENT = 5.0


def compare_with_longer(plan: str, out: Path, days: int, seconds: float, workers: int, seed: int) -> None:
    """Print a row for each of ``days`` drawn from those of a study in ``out``, and how many drive 5 % more at most."""
    tasks = read_study(example_plan(plan) or Path(plan)).tasks()
    figures = pd.read_parquet(out / "tables" / "figures.parquet").set_index(["scenario", "service_date"])
    drawn = np.random.default_rng(seed).choice(len(tasks), min(days, len(tasks)), replace=False)
    columns = ("day", "scenario", "journeys", "served", "driven h", "served, long", "driven h, long", "s", "more, %")
    print(line(columns))
    print(line("---" if place < 2 else "--:" for place in range(len(columns))))
    more = []
    for scenario, task in (tasks[number] for number in sorted(drawn.tolist())):
        day = adapted(task.source, scenario)
        began = perf_counter()
        search = Search(budget_s=seconds, workers=workers)
        longer = plan_day(day.journeys, day.duties, task.policy, day.service_date, search, looked_into=0)
        hours = sum(duty.drive_s for duty in longer.duties) / 3600
        found = figures.loc[(scenario.name, day.service_date)]
        more.append(100 * (found["driven_hours"] / hours - 1))
        print(
            line((f"{day.service_date:%a %Y-%m-%d}", scenario.name, f"{len(day.journeys):,}", f"{found['served']:,.0f}",
                  f"{found['driven_hours']:,.1f}", f"{len(day.journeys) - len(longer.unserved):,}", f"{hours:,.1f}",
                  f"{perf_counter() - began:.0f}", f"{more[-1]:+.1f}")),
            flush=True,
        )  # fmt: skip
    within = sum(one <= MOST_PERCENT for one in more)
    print(f"\nmean {np.mean(more):+.1f} %, most {np.max(more):+.1f} %")
    print(f"{within} of {len(more)} days within {MOST_PERCENT:g} %")
