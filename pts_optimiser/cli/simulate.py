"""``simulate``: a planned day played out against what a control room may do on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pts_optimiser.cli.plan import Iterations, Workers
from pts_optimiser.cli.terminal import Json, answering, print_json, say, say_issues, source

if TYPE_CHECKING:
    from pts_optimiser.reporting.intervals import Interval
    from pts_optimiser.services.simulate import Simulated
    from pts_optimiser.simulation.outcome import DayOutcome

POLICIES = ["none", "insertion", "reoptimise", "hindsight"]
SEARCH = 50
"""Iterations of hindsight's search for one of a re-plan's."""


def simulate(
    plan_folder: Annotated[Path, typer.Argument(help="The folder that plan wrote, or its roster.json.")],
    events: Annotated[Path, typer.Option("--events", help="events.jsonl of the day, or - for standard input.")],
    policy_of_day: Annotated[
        list[str] | None,
        typer.Option("--policy-of-day", help=f"One of {', '.join(POLICIES)}; repeat for more. Else all."),
    ] = None,
    seeds: Annotated[str, typer.Option("--seeds", help="Days to play, such as 1-10 or 1,2,5.")] = "1,2,3",
    every: Annotated[float, typer.Option("--every", min=1, help="Minutes between re-plans.")] = 15.0,
    budget: Annotated[float, typer.Option("--budget", min=0, help="Seconds of search of a re-plan.")] = 1.0,
    hindsight_budget: Annotated[
        float, typer.Option("--hindsight-budget", min=0, help="Seconds of search of hindsight's plan.")
    ] = 60.0,
    workers: Workers = 2,
    iterations: Iterations = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Use the good events and list the rest.")] = False,
    json: Json = False,
) -> None:
    """Play a planned day with its events and random drives, stops and readiness; compare what a control room may do.

    --iterations makes every re-plan the same on any machine; hindsight then searches 50 times as long.
    """
    with answering(as_json=json):
        from pts_optimiser.planning.day import Search
        from pts_optimiser.planning.replan import Replanning
        from pts_optimiser.services.simulate import DaysToPlay
        from pts_optimiser.services.simulate import simulate as play_days

        def tell(day: DayOutcome) -> None:
            if not json:
                say(f"{day.policy.value}, day {day.seed}: {day.served:,} of {day.journeys:,} served")

        found = play_days(
            DaysToPlay(
                roster=plan_folder,
                events=source(events),
                policies=_policies(policy_of_day or POLICIES),
                seeds=_seeds(seeds),
                every_s=round(60 * every),
                how=Replanning(budget, 1, workers, iterations),
                search=Search(
                    budget_s=hindsight_budget,
                    workers=workers,
                    iterations=None if iterations is None else SEARCH * iterations,
                ),
                skip_bad=skip_bad,
            ),
            tell,
        )
        if json:
            print_json(_document(found))
        else:
            _print(found)


def _policies(names: list[str]) -> tuple[Any, ...]:
    from pts_optimiser.domain.errors import InputError
    from pts_optimiser.simulation.control_room import DayPolicy

    unknown = [name for name in names if name not in POLICIES]
    if unknown:
        raise InputError(f"--policy-of-day {', '.join(unknown)} is not known; there are {', '.join(POLICIES)}")
    return tuple(DayPolicy(name) for name in names)


def _seeds(text: str) -> tuple[int, ...]:
    from pts_optimiser.domain.errors import InputError

    found: list[int] = []
    try:
        for part in text.replace(" ", ",").split(","):
            first, _, last = part.partition("-")
            found += range(int(first), int(last or first) + 1)
    except ValueError:
        raise InputError(f"--seeds {text} is not a list of days; write it like 1-10 or 1,2,5") from None
    return tuple(found)


def _shown(figure: Interval) -> str:
    return f"{figure.value:,.1f}" + ("" if figure.half is None else f" ±{figure.half:,.1f}")


def _interval(figure: Interval) -> dict[str, float | None]:
    return {"mean": figure.value, "half": figure.half}


def _print(found: Simulated) -> None:
    from rich.console import Console
    from rich.table import Table

    from pts_optimiser.services.simulate import FIGURES

    say_issues(found.issues)
    policies = list(dict.fromkeys(day.policy for day in found.days))
    table = Table("", *policies, box=None)
    for figure in FIGURES:
        table.add_row(figure.replace("_", " "), *(_shown(found.mean(policy, figure)) for policy in policies))
    Console(width=120).print(table)
    days = len({day.seed for day in found.days})
    say(f"Means of {days} days; ± is a 95 % confidence interval. Differences by day are in --json.")
    for day in found.days:
        for refusal in day.refusals:
            say(
                f"Refused by the referee, {day.policy.value}, day {day.seed}, {refusal.now}: {', '.join(refusal.codes)}"
            )


def _document(found: Simulated) -> dict[str, Any]:
    from dataclasses import asdict

    from pts_optimiser.services.simulate import FIGURES

    policies = list(dict.fromkeys(day.policy for day in found.days))
    return {
        "days": [asdict(day) for day in found.days],
        "means": {policy.value: {name: _interval(found.mean(policy, name)) for name in FIGURES} for policy in policies},
        "differences": [
            {
                "policy": policy.value,
                "less": other.value,
                **{name: _interval(found.difference(policy, other, name)) for name in FIGURES},
            }
            for at, other in enumerate(policies)
            for policy in policies[at + 1 :]
        ],
    }
