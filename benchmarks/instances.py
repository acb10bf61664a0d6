"""Public dial-a-ride instances, one core: ``python -m benchmarks.instances [--seconds 10] [--seed 1]``.

Reads the folder named by PTS_INSTANCES (default ../shared/instances) and prints, per set, how near the best known costs
the answers come. Every answer is verified in double precision.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import mean

from pts_optimiser.planning.day import Search
from pts_optimiser.services.solve import Solved, solve_instance

FOLDER = Path(os.environ.get("PTS_INSTANCES", Path(__file__).parents[2] / "shared" / "instances"))
SETS = (
    ("a- and b-sets", "darp_cordeau_2006", "cordeau"),
    ("pr-set", "darp_cordeau_laporte_2003", "cordeau"),
    ("mdhdarp", "mdhdarp_malheiros_2021", "mdhdarp"),
)
OPTIMAL = 0.01  # costs that differ by less are the same


def line(name: str, solved: list[Solved], seconds: float) -> str:
    """One row of the table."""
    complete = sum(one.feasible for one in solved)
    known = [(one.cost, one.best_known) for one in solved if one.best_known is not None]
    gaps = [100 * (cost / best - 1) for cost, best in known]
    figures = (
        f"{mean(gaps):.2f} | {max(gaps):.2f} | {sum(cost < best + OPTIMAL for cost, best in known)}"
        if gaps
        else "– | – | –"
    )
    return f"| {name} | {seconds:g} | {len(solved)} | {complete} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not FOLDER.is_dir():
        sys.exit(f"no instances in {FOLDER}: set PTS_INSTANCES to their folder")
    print("| set | seconds | instances | feasible and complete | mean gap % | worst gap % | at best known |")
    print("|---|---|---|---|---|---|---|")
    search = Search(budget_s=options.seconds, workers=1, seed=options.seed)
    for name, folder, format_name in SETS:
        files = sorted((FOLDER / folder).glob("*.txt"))
        solved = [solve_instance(file, format_name, search, lambda _progress: None) for file in files]
        print(line(name, solved, options.seconds), flush=True)


if __name__ == "__main__":
    main()
