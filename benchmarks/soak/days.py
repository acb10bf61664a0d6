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
    (state / "note.md").write_text(_note(state / "above.txt"), encoding="utf-8")
    return Tally(cases=cases, lost=tuple(lost))


def _note(above: Path) -> str:
    """How far the plans of the smallest days are above the exact optimum, by engine."""
    found: dict[str, list[float]] = {}
    for line in above.read_text(encoding="utf-8").splitlines():
        engine, _, percent = line.split()
        found.setdefault(engine, []).append(float(percent))
    parts = [
        f"{engine} meets it on {each.count(0):,} of {len(each):,} days, at most {max(each):.2f} % above"
        for engine, each in sorted(found.items())
    ]
    return f"Beside the exact optimum of days of at most three journeys: {'; '.join(parts) or 'none came up'}."
