"""A day under every policy: ``python -m benchmarks.simulation [--scale 0.1] [--seeds 10] [--plan-seconds 90 |
--plan-iterations 1000000] [--processes 2 --workers 1]``.

Generates, plans and plays a weekday, prints means with 95 % confidence intervals, and the differences that the bars of
the day are about, paired by seed. ``--plan FOLDER --events FILE`` plays a day planned before. With more processes each
plays its seeds with ``--workers`` of its own; the plan of the day before has all of them. By
``--plan-iterations`` the figures are the same on any machine, however busy.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.days import KINDS, line
from pts_optimiser.planning.day import Search
from pts_optimiser.planning.replan import Replanning
from pts_optimiser.reporting.intervals import Interval
from pts_optimiser.services.generate import generate
from pts_optimiser.services.plan import Order, plan
from pts_optimiser.services.simulate import FIGURES, DaysToPlay, Simulated, simulate
from pts_optimiser.services.sources import read_source
from pts_optimiser.simulation.control_room import DayPolicy

PAIRS = (
    (DayPolicy.REOPTIMISE, DayPolicy.HINDSIGHT),
    (DayPolicy.REOPTIMISE, DayPolicy.INSERTION),
    (DayPolicy.INSERTION, DayPolicy.NONE),
)


def planned(folder: Path, scale: float, search: Search) -> tuple[Path, Path]:
    day = generate(KINDS[0].date, 1, folder / "in", scale=scale, known="day-before")[0].folder
    order = Order(read_source(day / "journeys.csv"), read_source(day / "duties.csv"), folder / "plan", search=search)
    plan(order, lambda _progress: None)
    return folder / "plan", day / "events.jsonl"


def shown(figure: Interval) -> str:
    return f"{figure.value:,.2f}" + ("" if figure.half is None else f" ± {figure.half:,.2f}")


def print_tables(found: Simulated) -> None:
    policies = list(dict.fromkeys(day.policy for day in found.days))
    print(line(("", *policies)))
    print(line(["---", *("--:" for _ in policies)]))
    print(line(("journeys", *(f"{found.mean(policy, 'journeys').value:,.0f}" for policy in policies))))
    for name in FIGURES:
        print(line((name.replace("_", " "), *(shown(found.mean(policy, name)) for policy in policies))))
    pairs = [pair for pair in PAIRS if set(pair) <= set(policies)]
    print("\nDifferences on the same days\n")
    print(line(("", *(f"{one} − {other}" for one, other in pairs))))
    print(line(["---", *("--:" for _ in pairs)]))
    for name in FIGURES:
        print(line((name.replace("_", " "), *(shown(found.difference(*pair, name)) for pair in pairs))))


def print_refusals(found: Simulated) -> None:
    rounds = sum(day.rounds for day in found.days)
    refused = [(day, refusal) for day in found.days for refusal in day.refusals]
    slowest = max((day.slowest_round_s for day in found.days), default=0.0)
    print(f"\n{rounds:,} re-plans, the slowest in {slowest:.1f} s; {len(refused)} refused by the referee")
    for day, refusal in refused:
        print(f"- {day.policy}, seed {day.seed}, {refusal.now}: {refusal.violations[0]}")


def played(order: DaysToPlay, processes: int) -> Simulated:
    """Every seed under every policy, so many at once."""
    began = perf_counter()
    found: list[Simulated] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for each in pool.map(simulate, [replace(order, seeds=(seed,)) for seed in order.seeds]):
            found.append(each)
            for day in each.days:
                print(
                    f"{perf_counter() - began:,.0f} s: {day.policy}, seed {day.seed}, {day.served:,} of"
                    f" {day.journeys:,}, {day.driven_hours:,.0f} h, {day.changed_duty_percent:.1f} % on another duty,"
                    f" {day.standards_met} of {day.standards} standards",
                    flush=True,
                )
    return Simulated(tuple(day for each in found for day in each.days), found[0].issues)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", type=Path)
    parser.add_argument("--events", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--every", type=float, default=15)
    parser.add_argument("--iterations", type=int, default=300)
    parser.add_argument("--plan-seconds", type=float, default=90)
    parser.add_argument("--plan-iterations", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--policies", nargs="+", default=[policy.value for policy in DayPolicy])
    options = parser.parse_args()
    search = Search(budget_s=options.plan_seconds, iterations=options.plan_iterations, workers=options.workers)
    with TemporaryDirectory() as folder:
        if options.plan:
            roster, events = options.plan, options.events
        else:
            day_before = replace(search, workers=options.workers * options.processes)
            roster, events = planned(Path(folder), options.scale, day_before)
        order = DaysToPlay(
            roster,
            read_source(events),
            tuple(map(DayPolicy, options.policies)),
            tuple(range(1, options.seeds + 1)),
            round(60 * options.every),
            Replanning(iterations=options.iterations, workers=options.workers),
            search,
        )
        found = played(order, options.processes)
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {options.seeds} seeds, {options.iterations} iterations a re-plan\n")
    print_tables(found)
    print_refusals(found)


if __name__ == "__main__":
    main()
