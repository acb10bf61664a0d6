"""What the solvers are given: generated days and public instances, each as a ``Problem``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from benchmarks.days import KINDS
from benchmarks.instances import FOLDER
from pts_optimiser.demand.day import generate_day
from pts_optimiser.instances import Instance, to_problem
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from pts_optimiser.services.solve import READERS
from solver.problem import Problem

DAYS = {kind.name.replace(" day", "").lower().replace(" ", "-"): kind for kind in KINDS}
FORMATS = {
    "darp_cordeau_2006": "cordeau",
    "darp_cordeau_laporte_2003": "cordeau",
    "mdhdarp_malheiros_2021": "mdhdarp",
    "pdptw_sartori_buriol_2020": "sartori",
}


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """``group`` is what figures are put together by: a day, or the pattern that found an instance."""

    group: str
    name: str
    problem: Problem
    instance: Instance | None = None


def generated(day: str, seed: int) -> Case:
    """A generated day with all its journeys known."""
    kind, policy = DAYS[day], load_policy(None)
    made = generate_day(kind.date, seed, scale=kind.scale, known="all")
    places = places_of(made.journeys, made.duties)
    travel = formula_travel(places, policy, kind.date)
    problem = build(made.journeys, made.duties, policy, travel, places, kind.date)
    return Case(day, f"{day} {seed}", problem)


def public(pattern: str) -> Iterator[Case]:
    """The instances whose names match, such as ``a4-*`` or ``bar-n100-?``."""
    if not FOLDER.is_dir():
        sys.exit(f"no instances in {FOLDER}: set PTS_INSTANCES to their folder")
    for folder, form in FORMATS.items():
        for file in sorted((FOLDER / folder).glob("*.txt*")):
            name = file.name.removesuffix(".gz").removesuffix(".txt")
            if fnmatch(name, pattern):
                instance = READERS[form](Path(file))
                yield Case(pattern, name, to_problem(instance)[0], instance)
