"""``plan``: the next-day roster."""

from __future__ import annotations

import gc
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pts_optimiser.cli.terminal import (
    Json,
    answering,
    print_json,
    progress_line,
    roster_line,
    say,
    say_issues,
    source,
)
from pts_optimiser.domain.issue_json import issue_documents

if TYPE_CHECKING:
    from pts_optimiser.services.plan import Outcome

NOT_MET = 4


class Engine(StrEnum):
    HYBRID = "hybrid"
    ORTOOLS = "ortools"


class DayEngine(StrEnum):
    HYBRID = "hybrid"
    ORTOOLS = "ortools"
    MANUAL = "manual"
    INSERTION = "insertion"


Budget = Annotated[float, typer.Option("--budget", min=0, help="Seconds of search.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Search threads.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed and --iterations give the same roster.")]
Iterations = Annotated[
    int | None, typer.Option("--iterations", min=0, help="Search exactly so many iterations, not by the clock.")
]


def plan(
    journeys: Annotated[Path, typer.Argument(help="journeys.csv, or - for standard input.")],
    duties: Annotated[Path, typer.Argument(help="duties.csv, or - for standard input.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the plan, or - to print roster.json.")],
    policy: Annotated[Path | None, typer.Option("--policy", help="Policy file laid over the default.")] = None,
    budget: Budget = 90.0,
    seed: Seed = 1,
    workers: Workers = 2,
    engine: Annotated[
        DayEngine,
        typer.Option("--engine", help="Our own search, OR-Tools alone, or what to compare with: a desk, insertion."),
    ] = DayEngine.HYBRID,
    distancing: Annotated[
        str | None, typer.Option("--distancing", help="A [distancing.*] profile of the policy, or off.")
    ] = None,
    warm: Annotated[
        Path | None, typer.Option("--warm", help="A roster to start from; the plan is never worse.")
    ] = None,
    travel: Annotated[
        Path | None,
        typer.Option("--travel", help="Travel times of your own (travel.npz), found by coordinates to 10 m."),
    ] = None,
    network: Annotated[
        Path | None, typer.Option("--network", help="Folder of a road network (see network build) for travel by road.")
    ] = None,
    bound: Annotated[
        float,
        typer.Option("--bound", min=0, help="Seconds to prove how far from the least driving a small day's plan is."),
    ] = 0.0,
    iterations: Iterations = None,
    date: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Service date; else that of most duties."),
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Plan the good rows and list the rest.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 4 where a journey is unserved or a target missed.")
    ] = False,
    json: Json = False,
) -> None:
    """Plan a day: journeys and duties in, a checked roster with run sheets, figures and a map out."""
    with answering(as_json=json):
        from pts_optimiser.domain.roster_json import roster_document
        from pts_optimiser.planning.day import Search
        from pts_optimiser.services.plan import Order
        from pts_optimiser.services.plan import plan as plan_service

        gc.disable()  # hardly anything here dies in a cycle; looking for what does takes a tenth of the time
        order = Order(
            journeys=source(journeys),
            duties=source(duties),
            out=None if str(out) == "-" else out,
            policy=source(policy) if policy else None,
            distancing=distancing,
            service_date=date.date() if date else None,
            search=Search(engine.value, budget, seed, workers, iterations),
            warm=warm,
            travel=travel,
            network=network,
            bound_s=bound,
            skip_bad=skip_bad,
        )
        with progress_line(budget, iterations, quiet=json) as show:
            outcome = plan_service(order, show, roster_line(order.out, quiet=json))
        if outcome.out is None:
            say_issues(outcome.issues)
            print_json(roster_document(outcome.roster))
        else:
            print_outcome(outcome, as_json=json)
    if strict and not outcome.all_met:
        raise typer.Exit(NOT_MET)


def print_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """The figures of a finished plan, and where it lies."""
    if as_json:
        print_json(
            {
                "out": str(outcome.out),
                "service_date": outcome.roster.service_date.isoformat(),
                "servable": outcome.servable,
                "planning_s": round(outcome.planning_s, 2),
                "kpis": outcome.roster.kpis,
                "issues": issue_documents(outcome.issues),
            }
        )
        return
    from rich.console import Console

    from pts_optimiser.reporting.summary import terminal_summary

    say_issues(outcome.issues)
    Console().print(terminal_summary(outcome.roster.kpis))
    say(f"Planned in {outcome.planning_s:.0f} s and passed by the referee.")
    if outcome.out is not None:
        typer.echo(f"Open {outcome.out / 'report.html'} — run sheets, workbook and figures lie beside it.")
