"""``doctor`` and ``warm``: is this installation sound, and are its kernels compiled?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pts_optimiser.demand.day import generate_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day

SMALL = 60
"""Journeys of the day that is planned to compile the kernels."""


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
    """Plan a small day, which compiles the kernels and leaves them in the cache; returns the seconds that it took."""
    began = perf_counter()
    day = generate_day(date(2026, 11, 24), 1)
    journeys, duties = day.journeys[:SMALL], day.duties[::10]
    plan_day(journeys, duties, load_policy(None), day.service_date, Search(iterations=400, workers=2))
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
