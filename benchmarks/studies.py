"""How far a study's days are from what a longer search finds: a sample of days, each planned again for minutes.

``python -m benchmarks.studies PLAN OUT --sample 10 --seconds 300``: PLAN and OUT are those of a study that was run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.services.study import example_plan
from pts_optimiser.study.adapt import adapted
from pts_optimiser.study.document import read_study


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan")
    parser.add_argument("out", type=Path)
    parser.add_argument("--sample", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    tasks = read_study(example_plan(asked.plan) or Path(asked.plan)).tasks()
    figures = pd.read_parquet(asked.out / "tables" / "figures.parquet").set_index(["scenario", "service_date"])
    drawn = np.random.default_rng(asked.seed).choice(len(tasks), min(asked.sample, len(tasks)), replace=False)
    print("| day | scenario | journeys | served | driven h | served, long | driven h, long | more driving, % |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    more = []
    for scenario, task in (tasks[number] for number in sorted(drawn.tolist())):
        day = adapted(task.source, scenario)
        search = Search(budget_s=asked.seconds, workers=asked.workers)
        longer = plan_day(day.journeys, day.duties, task.policy, day.service_date, search, looked_into=0)
        hours = sum(duty.drive_s for duty in longer.duties) / 3600
        found = figures.loc[(scenario.name, day.service_date)]
        more.append(100 * (found["driven_hours"] / hours - 1))
        print(
            f"| {day.service_date} | {scenario.name} | {len(day.journeys):,} | {found['served']:,.0f}"
            f" | {found['driven_hours']:,.0f} | {len(day.journeys) - len(longer.unserved):,} | {hours:,.0f}"
            f" | {more[-1]:+.1f} |",
            flush=True,
        )
    print(f"\nmean {np.mean(more):+.1f} %, most {np.max(more):+.1f} %")


if __name__ == "__main__":
    main()
