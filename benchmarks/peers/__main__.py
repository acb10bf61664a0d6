"""Other solvers and ours on the same problems with the same CPU: ``python -m benchmarks.peers --help``."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.peers.inputs import DAYS, Case, generated, public
from benchmarks.peers.registry import DISTRIBUTIONS, OURS, PEERS, Peer
from benchmarks.peers.result import Result, judged, write_csv
from benchmarks.peers.run import Job, run
from benchmarks.peers.shipments import VARIANTS
from benchmarks.peers.tables import day_table, set_table
from solver.options import HARD
from solver.problem import Problem
from solver.subproblem import subproblem

BUDGETS = [5.0, 15.0, 30.0, 60.0, 120.0, 300.0]
NOTHING_TO_RUN = 2


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--days", nargs="*", default=[], choices=list(DAYS), metavar="DAY", help=", ".join(DAYS))
    parser.add_argument(
        "--instances", nargs="*", default=[], metavar="PATTERN", help="public instances, such as 'a4-*' 'pr0?'"
    )
    parser.add_argument("--seconds", type=float, default=60, help="CPU seconds on each core")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument(
        "--peers", nargs="+", default=list(PEERS), choices=list(PEERS), metavar="PEER", help=", ".join(PEERS)
    )
    parser.add_argument("--variants", nargs="+", default=["relaxed", "tight"], choices=list(VARIANTS))
    parser.add_argument("--same-journeys", action="store_true", help="run ours, too, on what a peer served")
    parser.add_argument("--quality-over-time", action="store_true", help="run every budget and draw the plot")
    parser.add_argument("--budgets", type=float, nargs="+", default=BUDGETS, help="of --quality-over-time")
    parser.add_argument("--csv", type=Path, default=Path("out/bench/peers.csv"))
    parser.add_argument("--pictures", type=Path, default=Path("docs/pictures"))
    return parser.parse_args(arguments)


def installed(names: Iterable[str]) -> list[Peer]:
    """The peers that are there; what is missing is said on stderr."""
    chosen = [PEERS[name] for name in names]
    missing = sorted({DISTRIBUTIONS[peer.package] for peer in chosen if not peer.installed})
    if missing:
        print(f"not installed and left out: {', '.join(missing)} (`make bench` installs them)", file=sys.stderr)
    return [peer for peer in chosen if peer.installed]


def cases(chosen: argparse.Namespace) -> Iterable[tuple[Case, int]]:
    """Problems and seeds; a day is generated anew for each seed."""
    for day in chosen.days:
        for seed in chosen.seeds:
            yield generated(day, seed), seed
    for pattern in chosen.instances:
        for case in public(pattern):
            for seed in chosen.seeds:
                yield case, seed


def results(chosen: argparse.Namespace, peers: list[Peer]) -> list[Result]:
    """All runs, one after the other so that none disturbs another; the CSV file grows with each."""
    budgets = sorted({*chosen.budgets, chosen.seconds}) if chosen.quality_over_time else [chosen.seconds]
    found: list[Result] = []
    for case, seed in cases(chosen):
        for peer in peers:
            for variant in peer.variants(chosen.variants):
                for seconds in budgets:
                    job = Job(peer.name, case.problem, variant, seconds, chosen.cores, seed)
                    for result in judged_runs(case, job, chosen.same_journeys and seconds == chosen.seconds):
                        found.append(result)
                        write_csv(found, chosen.csv)
                        print(told(result), file=sys.stderr)
    return found


def judged_runs(case: Case, job: Job, same_journeys: bool) -> Iterator[Result]:
    """A run, and, if wished, ours on what a peer served that left some out: the far ones drive up the mean.

    To a peer that plans within the hard limits a missed target costs nothing; so ours is run without targets as well.
    """
    outcome = run(job)
    result = judged(case, job, outcome)
    yield result
    if same_journeys and job.peer != OURS and 0 < result.served < result.requests:
        n = case.problem.n_requests
        served = sorted(stop for stops in outcome.routes or () for stop in stops if stop < n)
        problem = subproblem(case.problem, served, range(case.problem.n_vehicles))
        same = replace(case, problem=problem, instance=None)
        ours = replace(job, peer=OURS, problem=problem, variant=f"served by {job.peer} {job.variant}")
        yield judged(same, ours, run(ours))
        if job.variant in VARIANTS and VARIANTS[job.variant].tier == HARD:
            freed = replace(ours, problem=without_targets(problem), variant=f"{ours.variant}, without targets")
            yield judged(same, freed, run(freed))


def without_targets(problem: Problem) -> Problem:
    """The problem with its hard limits in place of its targets, which cost next to nothing to miss."""
    return replace(
        problem,
        pickup_window=np.stack([problem.pickup_window[HARD]] * 2),
        dropoff_window=np.stack([problem.dropoff_window[HARD]] * 2),
        ride_limit=np.stack([problem.ride_limit[HARD]] * 2),
        relaxed_cost=np.minimum(problem.relaxed_cost, 1),
    )


def told(result: Result) -> str:
    """A run in one line."""
    return (
        f"{result.case}: {result.peer} {result.variant} {result.seconds:g} s: {result.served} of {result.requests}"
        f" served, {result.broken} broken, {result.driving_s / 3600:,.1f} h {result.note}"
    )


def first_plan(found: list[Result], one: Result) -> float | None:
    """CPU to 99 % served: what the solver told, else the whole of its shortest run that got there."""
    if one.first_s is not None:
        return one.first_s
    same = [r for r in found if (r.case, r.peer, r.variant, r.seed) == (one.case, one.peer, one.variant, one.seed)]
    return min((r.cpu_s for r in same if r.served >= 0.99 * r.requests), default=None)


def main() -> None:
    chosen = options()
    peers = installed(chosen.peers)
    if not peers or not (chosen.days or chosen.instances):
        print("nothing to run: name --days or --instances, and peers that are installed", file=sys.stderr)
        sys.exit(NOTHING_TO_RUN)
    packages = sorted({DISTRIBUTIONS[peer.package] for peer in peers if peer.package} | {"ortools", "numba"})
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} processors,", end=" ")
    print(f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in packages)}\n")
    found = results(chosen, peers)
    main_runs = [result for result in found if result.seconds == chosen.seconds]
    for group, rows in groupby(main_runs, key=lambda result: result.group):
        mine = list(rows)
        print(f"{group}, {chosen.seconds:g} CPU seconds on each of {chosen.cores} cores, seeds {chosen.seeds}\n")
        is_day = mine[0].verified is None
        print(day_table(mine, lambda one: first_plan(found, one)) if is_day else set_table(mine), end="\n\n")
    if chosen.quality_over_time:
        from benchmarks.plots import quality_over_time  # noqa: PLC0415  (matplotlib comes with the peers)

        for group, rows in groupby(found, key=lambda result: result.group):
            print(quality_over_time(list(rows), chosen.pictures / f"peers_{group.replace('*', 'x')}.svg"))


if __name__ == "__main__":
    main()
