"""``solve``: a public benchmark instance, solved and verified in double precision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pts_optimiser.instances import (
    Instance,
    best_known,
    read_cordeau,
    read_mdhdarp,
    routes_from_solution,
    to_problem,
    verify,
)
from pts_optimiser.planning.day import Search
from solver.progress import Progress

READERS: dict[str, Callable[[Path], Instance]] = {"cordeau": read_cordeau, "mdhdarp": read_mdhdarp}


@dataclass(frozen=True, slots=True)
class Solved:
    """``gap_percent`` is above the best known cost, None where none is known; ``routes`` are node numbers."""

    name: str
    cost: float
    vehicles: int
    served: int
    requests: int
    feasible: bool
    problems: tuple[str, ...]
    best_known: float | None
    seconds: float
    routes: list[list[int]]

    @property
    def gap_percent(self) -> float | None:
        return None if self.best_known is None else 100 * (self.cost / self.best_known - 1)


def solve_instance(path: Path, format_name: str, search: Search, on_progress: Callable[[Progress], None]) -> Solved:
    """Solve one instance and verify the routes independently.

    Raises
    ------
    InputError
        Where the file is not of the format.
    """
    began = perf_counter()
    instance = READERS[format_name](path)
    problem, _ = to_problem(instance)
    solution = search.solve(problem, on_progress)
    routes = routes_from_solution(problem, solution)
    verdict = verify(instance, routes)
    return Solved(
        name=instance.name,
        cost=verdict.cost,
        vehicles=verdict.vehicles,
        served=verdict.served,
        requests=problem.n_requests,
        feasible=verdict.feasible,
        problems=verdict.problems,
        best_known=best_known(instance.name),
        seconds=perf_counter() - began,
        routes=routes,
    )
