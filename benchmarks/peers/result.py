"""One judged run as a row of the CSV file."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.peers.inputs import Case
from benchmarks.peers.judge import KINDS, Verdict, judge
from benchmarks.peers.run import Job, Run
from pts_optimiser.instances import best_known, verify


@dataclass(frozen=True, slots=True)
class Result:
    """``gap`` is in per cent over the best known cost, of a complete plan at the best known number of vehicles.

    ``verified`` is the double-precision verdict on a public instance. ``broken`` is the sum of the kinds in ``kinds``.
    """

    group: str
    case: str
    peer: str
    variant: str
    seconds: float
    cores: int
    seed: int
    note: str
    requests: int
    served: int
    broken: int
    kinds: str
    missed: int
    driving_s: int
    vehicles: int
    verified: bool | None
    gap: float | None
    cpu_s: float
    wall_s: float
    peak_mb: float
    first_s: float | None

    @property
    def minutes(self) -> float:
        """Driving per served request."""
        return self.driving_s / 60 / self.served if self.served else float("nan")


def judged(case: Case, job: Job, run: Run) -> Result:
    """Judge what came out of a run. Without a plan nothing is served."""
    routes = run.routes or [[] for _ in range(case.problem.n_vehicles)]
    verdict = judge(case.problem, routes)
    verified, gap = _public(case, routes)
    return Result(
        group=case.group,
        case=case.name,
        peer=job.peer,
        variant=job.variant,
        seconds=job.seconds,
        cores=job.cores,
        seed=job.seed,
        note=run.note,
        requests=verdict.requests,
        served=verdict.served,
        broken=verdict.broken.total(),
        kinds=_kinds(verdict),
        missed=verdict.missed,
        driving_s=verdict.driving,
        vehicles=verdict.vehicles,
        verified=verified,
        gap=gap,
        cpu_s=round(run.cpu_s, 2),
        wall_s=round(run.wall_s, 2),
        peak_mb=round(run.peak_mb),
        first_s=None if run.first_s is None else round(run.first_s, 2),
    )


def _kinds(verdict: Verdict) -> str:
    return ", ".join(f"{verdict.broken[kind]} {kind}" for kind in KINDS if verdict.broken[kind])


def _public(case: Case, routes: list[list[int]]) -> tuple[bool | None, float | None]:
    if case.instance is None:
        return None, None
    verdict = verify(case.instance, [[stop + 1 for stop in stops] for stops in routes])
    best = best_known(case.instance.name)
    if best is None or verdict.served < case.problem.n_requests or best.vehicles not in {None, verdict.vehicles}:
        return verdict.feasible, None
    return verdict.feasible, round(100 * (verdict.cost / best.cost - 1), 3)


def write_csv(results: list[Result], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    names = [field.name for field in fields(Result)]
    with file.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([getattr(result, name) for name in names] for result in results)
