"""Many generated days of every kind, planned briefly and checked: ``python -m benchmarks.soak [--days 50]``.

Seeds are drawn afresh each time; the first failure names its day so that it can be repeated.
"""

from __future__ import annotations

import argparse
import sys
from random import SystemRandom

from benchmarks.days import HEADER, KINDS, planned, row
from pts_optimiser.planning.day import Search


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    chance = SystemRandom()
    print(HEADER)
    for number in range(options.days):
        kind, seed = KINDS[number % len(KINDS)], chance.randrange(1_000_000)
        try:
            print(row(kind, seed, planned(kind, seed, Search(budget_s=options.seconds, seed=seed))), flush=True)
        except Exception:
            print(f"failed: {kind.name}, seed {seed}", file=sys.stderr)
            raise


if __name__ == "__main__":
    main()
