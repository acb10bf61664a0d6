"""Small random days with every rule on and off: planned, checked, re-planned, the smallest beside the exact optimum."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.soak.tally import Tally
from tests.generated_days.making import little_day
from tests.generated_days.trial import ENGINES, try_day

BUDGETS_S = (0.2, 0.5, 1.0)


def run(budget_s: float, seed: int, state: Path) -> Tally:
    """Day after day, by the clock; how far the smallest are above the optimum stands in ``above.txt``."""
    began, cases, lost, above = perf_counter(), 0, [], []
    while not cases or perf_counter() - began < budget_s:
        number = 100_000 * seed + cases
        dice, engine = Random(number), ENGINES[cases % len(ENGINES)]
        cases += 1
        try:
            found = try_day(little_day(dice), engine, dice, budget_s=dice.choice(BUDGETS_S))
        except Exception as error:
            lost.append(f"days, {engine}, seed {number}: {error!r:.300}")
            continue
        cases += found.replans
        if found.above is not None:
            above.append(f"{engine} {number} {found.above:.4f}\n")
    with (state / "above.txt").open("a", encoding="utf-8") as file:
        file.writelines(above)
    return Tally(cases=cases, lost=tuple(lost))
