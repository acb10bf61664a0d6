"""Generated days of every kind at their full size, planned briefly and checked."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from benchmarks.days import KINDS, planned
from benchmarks.soak.tally import Tally
from pts_optimiser.planning.day import Search

SEARCH_S = 10.0


def run(budget_s: float, seed: int, state: Path) -> Tally:  # noqa: ARG001 -- the shape of a part
    """Days one after the other; the referee refuses a plan inside ``plan`` itself."""
    began, cases, lost = perf_counter(), 0, []
    while not cases or perf_counter() - began < budget_s:
        kind, number = KINDS[(seed + cases) % len(KINDS)], 1000 * seed + cases
        cases += 1
        try:
            planned(kind, number, Search(budget_s=SEARCH_S, seed=number))
        except Exception as error:
            lost.append(f"whole_days, {kind.name}, seed {number}: {error!r}")
    return Tally(cases=cases, lost=tuple(lost))
