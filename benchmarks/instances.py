"""Public instances, one core each: ``python -m benchmarks.instances [--sets ab n100] [--seeds 1 2 3 4 5] [--jobs 2]``.

Reads the folder named by PTS_INSTANCES (default ../shared/instances) and prints, per set, how near the best known
answers ours come. Every answer is verified in double precision; seconds are of CPU time. An instance
counts with its median run over the seeds.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from time import process_time

from pts_optimiser.planning.day import Search
from pts_optimiser.services.doctor import warm
from pts_optimiser.services.solve import Solved, solve_instance

FOLDER = Path(os.environ.get("PTS_INSTANCES", Path(__file__).parents[2] / "shared" / "instances"))
OPTIMAL = 0.01  # costs that differ by less are the same
HEADER = (
    "set",
    "seconds",
    "instances",
    "complete and feasible",
    "at the best known fleet",
    "mean gap %",
    "worst gap %",
    "at the best known cost",
)
FILE_HEADER = ("instance", "served", "feasible", "vehicles", "best known", "cost", "best known", "gap %")


@dataclass(frozen=True, slots=True)
class Set:
    """Files of ``folder`` that match ``pattern``, and the ``seconds`` each is given."""

    name: str
    folder: str
    pattern: str
    format_name: str
    seconds: float

    def files(self) -> list[Path]:
        return sorted((FOLDER / self.folder).glob(self.pattern))


SETS = {
    "ab": Set("a- and b-sets (Cordeau 2006)", "darp_cordeau_2006", "*.txt", "cordeau", 10),
    "pr": Set("pr-set (Cordeau and Laporte 2003)", "darp_cordeau_laporte_2003", "*.txt", "cordeau", 60),
    **{
        f"n{size}": Set(
            f"n{size} (Sartori and Buriol 2020)", "pdptw_sartori_buriol_2020", f"*-n{size}-*", "sartori", seconds
        )
        for size, seconds in ((100, 10), (200, 60), (400, 60), (1000, 60))
    },
    "mdhdarp": Set("mdhdarp (Malheiros 2021), one depot", "mdhdarp_malheiros_2021", "*.txt", "mdhdarp", 60),
}


@dataclass(frozen=True, slots=True)
class Job:
    """One run, as it is sent to a process."""

    file: Path
    format_name: str
    search: Search


def run(job: Job) -> Solved:
    return solve_instance(job.file, job.format_name, job.search, lambda _progress: None)


def median_run(runs: Sequence[Solved]) -> Solved:
    """The middle one, from best to worst; of an even number the better of the two."""

    def rank(one: Solved) -> tuple[int, bool, int, float]:
        fleet = 0 if one.best_known_vehicles is None else one.vehicles
        return one.requests - one.served, not one.feasible, fleet, one.cost

    return sorted(runs, key=rank)[(len(runs) - 1) // 2]


def at_best_fleet(one: Solved) -> bool:
    return one.feasible and one.best_known_vehicles is not None and one.vehicles <= one.best_known_vehicles


def row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def set_row(name: str, seconds: float, answers: Sequence[Solved]) -> str:
    """One row of the table; gaps are of complete answers, at the best known number of vehicles where that matters."""
    gaps = [gap for one in answers if (gap := one.gap_percent) is not None]
    same = [one for one in answers if one.gap_percent is not None and one.cost < (one.best_known or 0) + OPTIMAL]
    by_fleet = any(one.best_known_vehicles is not None for one in answers)
    figures = (f"{mean(gaps):.2f}", f"{max(gaps):.2f}", len(same)) if gaps else ("–", "–", "–")
    fleets = sum(map(at_best_fleet, answers)) if by_fleet else "–"
    return row([name, f"{seconds:g}", len(answers), sum(one.feasible for one in answers), fleets, *figures])


def file_row(one: Solved) -> str:
    gap = "–" if one.gap_percent is None else f"{round(one.gap_percent, 2) + 0.0:.2f}"
    served, feasible = f"{one.served} of {one.requests}", "yes" if one.feasible else "no"
    fleet, best = one.best_known_vehicles or "–", "–" if one.best_known is None else f"{one.best_known:g}"
    return row([one.name, served, feasible, one.vehicles, fleet, f"{one.cost:.2f}", best, gap])


def jobs(chosen: Set, seconds: float, seeds: Sequence[int]) -> Iterator[Job]:
    for file in chosen.files():
        for seed in seeds:
            yield Job(file, chosen.format_name, Search(budget_s=seconds, workers=1, seed=seed, clock=process_time))


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.instances", description=__doc__)
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--seconds", type=float, help="for every instance, in place of the set's own")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side, a core each")
    parser.add_argument("--files", action="store_true", help="print every instance, too")
    return parser.parse_args(arguments)


def main() -> None:
    chosen = options()
    if not FOLDER.is_dir():
        sys.exit(f"no instances in {FOLDER}: set PTS_INSTANCES to their folder")
    warm()  # compilation is no part of a budget
    table = [row(HEADER), row(["---"] * len(HEADER))]
    with get_context("spawn").Pool(chosen.jobs) as pool:
        for one_set in (SETS[name] for name in chosen.sets):
            seconds = chosen.seconds or one_set.seconds
            runs = pool.imap(run, jobs(one_set, seconds, chosen.seeds))
            answers = []
            if chosen.files:
                print(row(FILE_HEADER), row(["---"] * len(FILE_HEADER)), sep="\n", flush=True)
            for _, of_one in groupby(runs, key=lambda one: one.name):
                answers.append(median_run(list(of_one)))
                if chosen.files:
                    print(file_row(answers[-1]), flush=True)
            table.append(set_row(one_set.name, seconds, answers))
            print(table[-1], file=sys.stderr, flush=True)
    print(*table, sep="\n")


if __name__ == "__main__":
    main()
