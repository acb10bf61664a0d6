"""``solve``: public benchmark instances."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pts_optimiser.cli.plan import Budget, Engine, Iterations, Seed
from pts_optimiser.cli.terminal import Json, answering, print_json, progress_line

if TYPE_CHECKING:
    from pts_optimiser.services.solve import Solved

INFEASIBLE = 1


class Format(StrEnum):
    CORDEAU = "cordeau"
    MDHDARP = "mdhdarp"
    SARTORI = "sartori"
    LILIM = "lilim"
    VROOM = "vroom"


def solve(
    instance: Annotated[Path, typer.Argument(help="Instance file, plain or .gz.")],
    format_name: Annotated[Format, typer.Option("--format", help="How the file is written.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the routes here, one line a vehicle.")] = None,
    budget: Budget = 10.0,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Search threads.")] = 1,
    seed: Seed = 1,
    engine: Annotated[Engine, typer.Option("--engine", help="Our own search, or OR-Tools alone.")] = Engine.HYBRID,
    iterations: Iterations = None,
    json: Json = False,
) -> None:
    """Solve a public instance or a VROOM problem, verify the routes and tell the gap to the best known cost."""
    with answering(as_json=json):
        from pts_optimiser.planning.day import Search
        from pts_optimiser.services.solve import solve_instance

        with progress_line(budget, iterations, quiet=json) as show:
            solved = solve_instance(
                instance, format_name.value, Search(engine.value, budget, seed, workers, iterations), show
            )
        if out is not None:
            lines = [" ".join(route) for route in solved.routes]
            out.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if json:
            print_json(
                {
                    "cost": round(solved.cost, 4),
                    "vehicles": solved.vehicles,
                    "served": solved.served,
                    "feasible": solved.feasible,
                    "seconds": round(solved.seconds, 2),
                    "gap_percent": None if solved.gap_percent is None else round(solved.gap_percent, 4),
                }
            )
        else:
            typer.echo(_summary(solved))
            for problem in solved.problems:
                typer.echo(f"  {problem}")
            if out is None:
                for vehicle, route in enumerate(solved.routes):
                    if route:
                        typer.echo(f"  vehicle {vehicle}: {' '.join(route)}")
    if not solved.feasible:
        raise typer.Exit(INFEASIBLE)


def _summary(solved: Solved) -> str:
    feasible = "feasible" if solved.feasible else "INFEASIBLE"
    gap, fleet = "", ""
    if solved.gap_percent is not None:
        gap = f", {solved.gap_percent:+.2f} % to the best known {solved.best_known:g}"
    if solved.best_known_vehicles is not None:
        fleet = f" (best known {solved.best_known_vehicles})"
    return (
        f"{solved.name}: {feasible}, cost {solved.cost:.2f}{gap},"
        f" {solved.served} of {solved.requests} served by {solved.vehicles} vehicles{fleet} in {solved.seconds:.1f} s"
    )
