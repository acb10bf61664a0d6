"""Late risk on a whole planned weekday: ``python -m benchmarks.late_risk [--roster FOLDER] [--seconds 60]``.

Prints the CPU time of one core, how often what was given a probability happened on fresh days of an independent
simulation (``benchmarks.plain_day``), and the riskiest journeys in words. ``--roster`` takes a finished plan's folder
for a day planned anew.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from benchmarks.days import KINDS, line
from benchmarks.plain_day import Day, Result, play, told
from pts_optimiser.checking import read_travel
from pts_optimiser.dayof import DayState, fold, plan_of
from pts_optimiser.dayof.late_risk import Risk, late_risk, risks
from pts_optimiser.dayof.noise import DayNoise, Draws, Noise
from pts_optimiser.dayof.pace import driven, learn
from pts_optimiser.dayof.remaining import remaining
from pts_optimiser.domain.clock import midnight, moment_at
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.roster import read_roster
from pts_optimiser.planning.day import Search
from pts_optimiser.services.generate import generate
from pts_optimiser.services.plan import Order, plan
from pts_optimiser.services.sources import read_source

Key = tuple[str, str]
LEVELS: Mapping[str, tuple[Callable[[Risk], float | None], Callable[[Result], bool | None]]] = {
    "target": (lambda risk: risk.target, lambda result: result.target),
    "hard limit": (lambda risk: risk.hard, lambda result: result.hard),
}


def planned(seconds: float, workers: int) -> Day:
    kind = KINDS[0]
    with TemporaryDirectory() as folder:
        day = generate(kind.date, 1, Path(folder, "in"), known="day-before")[0].folder
        search = Search(budget_s=seconds, workers=workers)
        order = Order(
            read_source(day / "journeys.csv"), read_source(day / "duties.csv"), Path(folder, "out"), search=search
        )
        plan(order, lambda _progress: None)
        return opened(Path(folder, "out"))


def opened(folder: Path) -> Day:
    roster = read_roster(folder)
    policy = load_policy(
        folder / "policy.toml", distancing=roster.policy["distancing"], standards=roster.policy["standards"]
    )
    day = read_day(folder / "journeys.csv", folder / "duties.csv", policy, service_date=roster.service_date)
    return Day(roster, day.journeys, day.duties, policy, read_travel(folder / "travel.npz"))


def risks_of(day: Day, samples: int, advised: int, state: DayState | None = None) -> tuple[Risk, ...]:
    inputs = (day.roster, day.journeys, day.duties, day.policy, day.travel)
    return late_risk(*inputs, Noise(), samples=samples, advised=advised, state=state)


def at_noon(day: Day, seed: int) -> tuple[DayState, list[Result]]:
    """The state at noon of the day of a seed, which crews and clinics report, and how it went on."""
    results, made = play(day, DayNoise(Noise(), seed))
    plan = plan_of(day.roster, day.journeys, day.duties, day.policy, day.travel)
    return fold(plan, told(made), moment_at(midnight(day.roster.service_date), 12 * 3600)), results


def print_times(day: Day, samples: int) -> None:
    noon, _ = at_noon(day, 1)
    stops = sum(len(duty.stops) for duty in day.roster.duties)
    used = sum(bool(duty.stops) for duty in day.roster.duties)
    print(f"{used} duties, {stops:,} stops, {samples:,} samples of the day, CPU seconds of one core, median of 5:\n")
    print(line(("", "s")))
    print(line(("---", "--:")))
    for name, advised, state in (
        ("all standards, with causes", 0, None),
        ("and what would help the 20 riskiest", 20, None),
        ("the same at noon, from the state of the day", 20, noon),
    ):
        took = []
        for _ in range(5):
            began = process_time()
            risks_of(day, samples, advised, state)
            took.append(process_time() - began)
        print(line((name, f"{median(took):.2f}")))


def print_calibration(day: Day, found: Sequence[Risk], days: int) -> None:
    results: dict[Key, list[Result]] = defaultdict(list)
    began = process_time()
    for seed in range(10_000, 10_000 + days):
        for result in play(day, DayNoise(Noise(), seed))[0]:
            results[result.journey_id, result.measure].append(result)
    print(f"\n{days} days of plain simulation in {process_time() - began:.0f} s\n")
    print(line(("standard", "given", "journeys", "given, mean", "happened", "happened, a day in 10 below", "above")))
    print(line(("---", "---", "--:", "--:", "--:", "--:", "--:")))
    for level, (given_of, happened_of) in LEVELS.items():
        given = np.array([given_of(risk) if given_of(risk) is not None else np.nan for risk in found])
        happened = np.array(
            [[bool(happened_of(result)) for result in results[risk.journey_id, risk.measure.value]] for risk in found]
        )
        for decile in range(10):
            chosen = (given >= decile / 10) & (given < (decile + 1) / 10 if decile < 9 else given <= 1)
            if not chosen.any():
                continue
            by_day = happened[chosen].mean(axis=0)
            low, high = np.quantile(by_day, (0.1, 0.9))
            cells = (given[chosen].mean(), by_day.mean(), low, high)
            shown = (f"{100 * share:.1f} %" for share in cells)
            print(line((level, f"{10 * decile}–{10 * decile + 10} %", f"{chosen.sum():,}", *shown)))


def print_noon(day: Day, days: int) -> None:
    """Calibration from the state at noon, with what the morning's drives tell and without."""
    noise = Noise()
    given: dict[str, list[float]] = defaultdict(list)
    happened: list[bool] = []
    for seed in range(20_000, 20_000 + days):
        state, results = at_noon(day, seed)
        outcome = {(result.journey_id, result.measure): result for result in results}
        ahead = remaining(state, day.journeys, day.policy, day.travel)
        paces = {"morning's drives used": learn(tuple(driven(state, day.travel)), noise), "not used": None}
        for name, pace in paces.items():
            for risk in sorted(
                risks(ahead, day.policy, Draws(noise, 1, 2000, pace)), key=lambda it: (it.journey_id, it.measure)
            ):
                result = outcome[risk.journey_id, risk.measure.value]
                for share, missed in ((risk.target, result.target), (risk.hard, result.hard)):
                    if share is not None:
                        given[name].append(share)
                        happened += [bool(missed)] if pace is None else []
    print(f"\nFrom the state at noon of {days} fresh days, targets and hard limits together\n")
    print(line(("given", *(f"{name}: given, mean | happened | count" for name in given))))
    print(line(("---", *("--: | --: | --:" for _ in given))))
    missed_by = np.array(happened)
    for decile in range(10):
        cells: list[str] = []
        for shares in map(np.array, given.values()):
            chosen = (shares >= decile / 10) & (shares < (decile + 1) / 10 if decile < 9 else shares <= 1)
            if chosen.any():
                means = (100 * values[chosen].mean() for values in (shares, missed_by))
                cells += [*(f"{mean:.1f} %" for mean in means), f"{chosen.sum():,}"]
        print(line((f"{10 * decile}–{10 * decile + 10} %", *cells)))
    scores = [((np.array(shares) - missed_by) ** 2).mean() for shares in given.values()]
    print(f"\nBrier score {scores[0]:.4f} with the morning's drives, {scores[1]:.4f} without")


def print_riskiest(found: Sequence[Risk], most: int) -> None:
    misses = sum(risk.planned for risk in found)
    print(f"\nThe plan itself misses {misses} targets. The riskiest of the others:\n")
    shown = [risk for risk in found if not risk.planned][:most]
    for risk in shown:
        print(f"- {risk.reason}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roster", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--noons", type=int, default=20)
    options = parser.parse_args()
    day = opened(options.roster) if options.roster else planned(options.seconds, options.workers)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {day.roster.service_date:%A}, {len(day.journeys):,} journeys;", end=" ")
    print_times(day, options.samples)
    found = risks_of(day, options.samples, 20)
    print_calibration(day, found, options.days)
    print_noon(day, options.noons)
    print_riskiest(found, 10)


if __name__ == "__main__":
    main()
