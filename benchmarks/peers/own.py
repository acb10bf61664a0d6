"""Our own engines, which keep every rule: the default search, and OR-Tools routing whole and in parts."""

from __future__ import annotations

from time import process_time

from benchmarks.peers.clock import Clock
from benchmarks.peers.shipments import Variant
from pts_optimiser.services import doctor
from solver.engine import solve
from solver.problem import Problem
from solver.progress import Progress
from solver.routing import solve_routing
from solver.solution import sequences


def warm() -> None:
    """Compile the kernels or read them from the cache, as other solvers come compiled."""
    doctor.warm()


def solve_hybrid(problem: Problem, _variant: Variant, clock: Clock, seed: int) -> list[list[int]]:
    """The default engine."""
    solution = solve(
        problem,
        budget_s=clock.seconds * clock.cores,
        seed=seed,
        workers=clock.cores,
        clock=process_time,
        on_progress=lambda p: _tell(clock, p),
    )
    return sequences(solution, problem).stops


def solve_ortools_whole(problem: Problem, _variant: Variant, clock: Clock, _seed: int) -> list[list[int]]:
    """One routing model for the whole day; OR-Tools searches on one core."""
    return solve_routing(problem, seconds=clock.alone().left())


def solve_ortools(problem: Problem, _variant: Variant, clock: Clock, seed: int) -> list[list[int]]:
    """``--engine ortools``."""
    solution = solve(
        problem,
        engine="ortools",
        budget_s=clock.left(),
        seed=seed,
        workers=clock.cores,
        on_progress=lambda p: _tell(clock, p),
    )
    return sequences(solution, problem).stops


def _tell(clock: Clock, progress: Progress) -> None:
    clock.served(progress.served)
