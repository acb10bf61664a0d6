"""``demo``: a generated day from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pts_optimiser.cli.plan import Budget, Iterations, Workers, print_outcome
from pts_optimiser.cli.terminal import Json, answering, progress_line, say


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the generated input and its plan.")] = Path("out/demo"),
    budget: Budget = 90.0,
    workers: Workers = 2,
    iterations: Iterations = None,
    json: Json = False,
) -> None:
    """Generate a weekday of the whole region on roads of its own (all synthetic), plan, check and report it."""
    with answering(as_json=json):
        say("Generating a synthetic weekday and roads, and planning; the first run also compiles the kernels …")
        from pts_optimiser.planning.day import Search
        from pts_optimiser.services.demo import demo as demo_service

        with progress_line(budget, iterations, quiet=json) as show:
            outcome = demo_service(out, Search(budget_s=budget, workers=workers, iterations=iterations), show)
        print_outcome(outcome, as_json=json)
