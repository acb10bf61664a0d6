"""The command as users run it: ``python -m benchmarks.command [--budget 60] [--seeds 1 2 3] [--days weekday stress]``.

Every day is planned in a process of its own. Prints how long it takes from the command to the first iteration and to
the first checked roster, what that serves, and the peak memory of it all, reports included. The budget of the search is
in seconds of the processor, so that what is served does not depend on who else is at work; *if free* are the seconds of
the processor with those of the search shared out to its workers: what the clock shows on a machine of one's own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from benchmarks.days import line
from benchmarks.peers.inputs import DAYS
from pts_optimiser.services.generate import generate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--budget", type=float, default=60)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--days", nargs="+", default=["weekday", "stress"], choices=DAYS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, budget {options.budget:g} s, {options.workers} workers\n")
    columns = ("day", "seed", "first iteration: s", "CPU s", "first checked roster: s", "CPU s", "if free", "served",
               "%", "all written: s", "peak MB")  # fmt: skip
    print(line(columns))
    print(line("---" for _ in columns))
    for name in options.days:
        for seed in options.seeds:
            kind = DAYS[name]
            with TemporaryDirectory() as place:
                day = generate(kind.date, seed, Path(place, "in"), scale=kind.scale, known="all")[0].folder
                given = (day, options.budget, seed, options.workers, time())
                command = [sys.executable, "-m", "benchmarks.command_once", *map(str, given)]
                found = subprocess.run(command, check=True, capture_output=True, text=True)
            begun, checked, served, journeys, memory, written = json.loads(found.stdout.splitlines()[-1])
            print(
                line((name, seed, *(f"{x:.1f}" for x in (*begun, *checked, checked[1] - options.budget *
                      (options.workers - 1))), f"{served:,}", f"{100 * served / journeys:.2f}", f"{written:.1f}",
                      f"{memory:.0f}")),
                flush=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
