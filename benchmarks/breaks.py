"""What breaks cost: ``python -m benchmarks.breaks [--seconds 60] [--seeds 1 2 3] [--days weekday stress]``.

Each day is planned with its breaks and once more without any, for as many seconds of the processor.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from time import process_time

import numpy as np

from benchmarks.days import line
from benchmarks.peers.inputs import DAYS, generated
from solver.engine import solve
from solver.problem import Problem
from solver.solution import Solution


def kept(problem: Problem, solution: Solution) -> tuple[int, int]:
    """Breaks taken, inside their windows, and breaks due."""
    taken = due = 0
    for route in solution.routes:
        low, high = problem.break_window[route.vehicle]
        begins = route.begin[route.stops == 2 * problem.n_requests]
        due += int(problem.break_length[route.vehicle] > 0)
        taken += int(((begins >= low) & (begins <= high)).sum())
    return taken, due


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each of the workers")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--days", nargs="+", default=["weekday", "stress"], choices=DAYS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    columns = ("day", "seed", "breaks", "served", "driven h", "min a journey", "breaks kept", "more driven a journey %")
    print(line(columns))
    print(line("---" for _ in columns))
    for day in options.days:
        for seed in options.seeds:
            with_breaks = generated(day, seed).problem
            without = replace(with_breaks, break_length=np.zeros_like(with_breaks.break_length))
            least = 0.0
            for name, problem in (("off", without), ("on", with_breaks)):
                found = solve(
                    problem,
                    budget_s=options.seconds * options.workers,
                    seed=seed,
                    workers=options.workers,
                    clock=process_time,
                )
                served = problem.n_requests - len(found.unserved)
                each = found.driving / 60 / served
                taken, due = kept(problem, found)
                more = f"{100 * each / least - 100:.1f}" if least else "–"
                least = each
                print(
                    line((day, seed, name, f"{served:,} of {problem.n_requests:,}", f"{found.driving / 3600:,.1f}",
                          f"{each:.2f}", f"{taken} of {due}", more)),
                    flush=True,
                )  # fmt: skip


if __name__ == "__main__":
    main()
