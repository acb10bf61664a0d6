"""How far from the least driving plans can be at most: ``python -m benchmarks.bounds [--seconds 30]``.

Prints two Markdown tables: small generated days, planned here, and the public a- and b-sets against best known costs.
The instances are read from the folder named by PTS_INSTANCES (default ../shared/instances). Seconds are of the
processor, so a busy machine changes little. Travel times of instances are rounded up to a ten thousandth.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.days import KINDS, Kind, line
from benchmarks.instances import FOLDER
from pts_optimiser.instances import best_known, read_cordeau, to_problem
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from pts_optimiser.services.generate import generate
from pts_optimiser.services.sources import read_source
from solver import Problem
from solver.bound import driving_lower_bound
from solver.engine import solve
from solver.solution import sequences

HOUR = 3600
SMALL = ("Sunday", "clocks forward", "clocks back")
DAY_COLUMNS = (
    "day", "seed", "served", "driven h", "least h, targets kept", "at most over %", "s",
    "least h, hard limits", "at most over %", "s",
)  # fmt: skip
SET_COLUMNS = ("instance", "requests", "vehicles", "best known", "bound", "below %", "s")


def heading(columns: tuple[str, ...]) -> str:
    return f"{line(columns)}\n{line('---' for _ in columns)}"


def day_problem(kind: Kind, seed: int) -> Problem:
    with TemporaryDirectory() as folder:
        files = generate(kind.date, seed, Path(folder), scale=kind.scale, known="all")[0].folder
        sources = [read_source(files / name).readable for name in ("journeys.csv", "duties.csv")]
        policy = load_policy()
        day = read_day(*sources, policy, service_date=kind.date, skip_bad=False)
    places = places_of(day.journeys, day.duties)
    travel = formula_travel(places, policy, day.service_date)
    return build(day.journeys, day.duties, policy, travel, places, day.service_date)


def day_row(kind: Kind, seed: int, iterations: int, seconds: float) -> str:
    problem = day_problem(kind, seed)
    solution = solve(problem, seed=seed, iterations=iterations, workers=1)
    cells: list[object] = [
        kind.name,
        seed,
        problem.n_requests - len(solution.unserved),
        f"{solution.driving / HOUR:.1f}",
    ]
    for targets_kept in (True, False):
        began = process_time()
        bound = driving_lower_bound(problem, sequences(solution, problem), seconds, targets_kept=targets_kept)
        over = f"{100 * (solution.driving / bound - 1):.1f}" if bound else "–"
        cells += [f"{bound / HOUR:.1f}" if bound else "–", over, f"{process_time() - began:.0f}"]
    return line(cells)


def instance_row(path: Path, iterations: int, seconds: float) -> str:
    problem, scale = to_problem(read_cordeau(path))
    record = best_known(path.stem)
    known = record.cost if record else None
    plan = sequences(solve(problem, seed=1, iterations=iterations, workers=1), problem)
    began = process_time()
    bound = driving_lower_bound(problem, plan, seconds)
    below = f"{round(100 * (1 - bound / scale / known), 2) + 0.0:.2f}" if bound and known else "–"
    return line(
        (
            path.stem, problem.n_requests, problem.n_vehicles, known, f"{bound / scale:.2f}" if bound else "–", below,
            f"{process_time() - began:.0f}",
        )
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="for each bound")
    parser.add_argument(
        "--iterations", type=int, default=500_000, help="for each plan of a day, a tenth for an instance"
    )
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--instances", default="*", help="such as a2-*")
    options = parser.parse_args()
    print(heading(DAY_COLUMNS))
    for kind in (kind for kind in KINDS if kind.name in SMALL):
        for seed in options.seeds:
            print(day_row(kind, seed, options.iterations, options.seconds), flush=True)
    print(f"\n{heading(SET_COLUMNS)}")
    for path in sorted((FOLDER / "darp_cordeau_2006").glob(f"{options.instances}.txt")):
        print(instance_row(path, options.iterations // 10, options.seconds), flush=True)


if __name__ == "__main__":
    main()
