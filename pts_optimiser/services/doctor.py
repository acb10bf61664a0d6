"""``doctor`` and ``warm``: is this installation sound, and are its kernels compiled?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from geodata.cch.warm import warm as warm_roads
from pts_optimiser.demand.day import generate_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from solver.bound import driving_lower_bound
from solver.engine import solve
from solver.solution import sequences

SMALL = 60
"""Journeys of the day that is planned to compile the kernels."""

WIDE = 1000
"""Times which travel times of minutes no longer fit 16 bits."""


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    good: bool
    detail: str


def doctor() -> list[Finding]:
    """Everything that a plan needs, tried one by one; a failed trial never hides the next."""
    trials: list[tuple[str, Callable[[], str]]] = [
        ("Python", lambda: sys.version.split()[0]),
        ("processors", lambda: str(os.cpu_count())),
        *((name, _version_of(name)) for name in ("numpy", "numba", "ortools", "xlsxwriter", "pydantic")),
        ("policy", lambda: f"{len(load_policy(None).mobilities)} mobility codes"),
        ("temporary folder", _can_write),
        ("a small plan", lambda: f"{warm():.1f} s"),
    ]
    return [_tried(name, trial) for name, trial in trials]


def warm() -> float:
    """Solve a small day, which compiles the kernels and leaves them in the cache; returns the seconds that it took.

    Once as it is and once with travel times that need 32 bits, as public instances have: the kernels differ. The
    least driving of the day is proved, for ``plan --bound``, and a few roads are travelled, for ``plan --network``.
    """
    began = perf_counter()
    day = generate_day(date(2026, 11, 24), 1)
    journeys, duties, policy = day.journeys[:SMALL], day.duties[::10], load_policy(None)
    places = places_of(journeys, duties)
    travel = formula_travel(places, policy, day.service_date)
    problem = build(journeys, duties, policy, travel, places, day.service_date)
    wide = replace(problem, seconds=problem.seconds * WIDE)
    for of_width in (problem, wide):
        solution = solve(of_width, iterations=400, workers=2)
        solve(of_width, iterations=0, start=sequences(solution, of_width))
    driving_lower_bound(problem, sequences(solve(problem, iterations=400), problem), 0.0)
    warm_roads()
    return perf_counter() - began


def _tried(name: str, trial: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, trial())
    except Exception as error:  # whatever fails is the finding
        return Finding(name, False, f"{type(error).__name__}: {error}")


def _version_of(package: str) -> Callable[[], str]:
    def trial() -> str:
        import_module(package)
        return version(package)

    return trial


def _can_write() -> str:
    with TemporaryDirectory() as folder:
        Path(folder, "trial").write_text("x", encoding="utf-8")
        return folder
