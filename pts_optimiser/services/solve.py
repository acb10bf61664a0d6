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
    read_lilim,
    read_mdhdarp,
    read_sartori,
    read_vroom,
    routes_from_solution,
    to_problem,
    verify,
)
from pts_optimiser.planning.day import Search
from solver.progress import Progress

READERS: dict[str, Callable[[Path], Instance]] = {
    "cordeau": read_cordeau,
    "mdhdarp": read_mdhdarp,
    "sartori": read_sartori,
    "lilim": read_lilim,
    "vroom": read_vroom,
}


@dataclass(frozen=True, slots=True)
class Solved:
    """``best_known_vehicles`` is None where their number does not matter; ``routes`` are in the words of the file."""

    name: str
    cost: float
    vehicles: int
    served: int
    requests: int
    feasible: bool
    problems: tuple[str, ...]
    best_known: float | None
    best_known_vehicles: int | None
    seconds: float
    routes: list[list[str]]

    @property
    def gap_percent(self) -> float | None:
        """Above the best known cost; None without one, without a full answer, or at another number of vehicles."""
        if self.best_known is None or not self.feasible or self.best_known_vehicles not in {None, self.vehicles}:
            return None
        return 100 * (self.cost / self.best_known - 1)


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
    best = best_known(instance.name)
    return Solved(
        name=instance.name,
        cost=verdict.cost,
        vehicles=verdict.vehicles,
        served=verdict.served,
        requests=problem.n_requests,
        feasible=verdict.feasible,
        problems=verdict.problems,
        best_known=best.cost if best else None,
        best_known_vehicles=best.vehicles if best else None,
        seconds=perf_counter() - began,
        routes=[instance.named(route) for route in routes],
    )
