"""How far from its own long run a plan is: ``python -m benchmarks.convergence [--seconds 60] [--times 10]``.

Both runs are measured in seconds of the processor, so that a busy machine is as good as a quiet one.
"""

from __future__ import annotations

import argparse
from time import process_time

from benchmarks.days import line
from benchmarks.peers.inputs import DAYS, generated
from solver.engine import solve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each of the workers")
    parser.add_argument("--times", type=float, default=10, help="how many times as long the long run takes")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--days", nargs="+", default=["weekday", "stress"], choices=DAYS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    columns = (
        "day",
        "seed",
        "s",
        "iterations",
        "served",
        "targets missed",
        "driven h",
        "min a journey",
        "over the long run %",
    )
    print(line(columns))
    print(line("---" for _ in columns))
    for day in options.days:
        for seed in options.seeds:
            problem = generated(day, seed).problem
            least = 0.0
            for seconds in (options.times * options.seconds, options.seconds):
                budget = seconds * options.workers
                found = solve(problem, budget_s=budget, seed=seed, workers=options.workers, clock=process_time)
                served = problem.n_requests - len(found.unserved)
                each = found.driving / 60 / served
                least = least or each
                cells = (
                    *(day, seed, f"{seconds:g}", f"{found.iterations:,}", f"{served:,} of {problem.n_requests:,}"),
                    *(len(found.relaxed), f"{found.driving / 3600:,.1f}", f"{each:.2f}"),
                    f"{100 * each / least - 100:.1f}",
                )
                print(line(cells), flush=True)


if __name__ == "__main__":
    main()
