"""``reoptimise``: the rest of a day planned anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pts_optimiser.cli.plan import Iterations, Seed, Workers
from pts_optimiser.cli.terminal import Json, answering, print_json, say, say_issues, source

if TYPE_CHECKING:
    from pts_optimiser.dayof.diff import Change
    from pts_optimiser.services.reoptimise import Reoptimised

SHOWN = 40
"""Changes that the terminal shows; the file has all."""


def reoptimise(
    roster: Annotated[Path, typer.Argument(help="roster.json, or the folder that plan or reoptimise wrote.")],
    events: Annotated[Path, typer.Option("--events", help="events.jsonl, or - for standard input.")],
    now: Annotated[str, typer.Option("--now", help="The moment, such as 2026-09-15T10:30.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the new roster; else nothing is written.")
    ] = None,
    budget: Annotated[float, typer.Option("--budget", min=0, help="Seconds of search.")] = 1.0,
    most: Annotated[
        int | None,
        typer.Option("--most-changes", min=0, help="Journeys that may change duty; else the policy's share."),
    ] = None,
    seed: Seed = 1,
    workers: Workers = 2,
    iterations: Iterations = None,
    network: Annotated[
        Path | None,
        typer.Option(
            "--network", help="Road network of the plan: what changes is drawn along its roads, not straight."
        ),
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Use the good events and list the rest.")] = False,
    json: Json = False,
) -> None:
    """Plan the rest of a day anew from what has happened: a checked roster with few changes, each with its reason."""
    with answering(as_json=json):
        from pts_optimiser.planning.replan import Replanning
        from pts_optimiser.services.reoptimise import DayOrder, reoptimise_day

        order = DayOrder(
            roster=roster,
            events=source(events),
            now=moment(now),
            out=out,
            how=Replanning(budget, seed, workers, iterations, most),
            network=network,
            skip_bad=skip_bad,
        )
        found = reoptimise_day(order)
        if json:
            print_json(_document(found))
        else:
            _print(found)


def moment(text: str) -> datetime:
    from pts_optimiser.domain.clock import LONDON
    from pts_optimiser.domain.errors import InputError

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"--now {text} is not a time; write it like 2026-09-15T10:30") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _print(found: Reoptimised) -> None:
    from pts_optimiser.dayof.diff import ChangeKind

    say_issues(found.issues)
    diff = found.diff
    for change in diff.changes[:SHOWN]:
        typer.echo(_line(change))
    if len(diff.changes) > SHOWN:
        typer.echo(f"… and {len(diff.changes) - SHOWN:,} more, in diff.json and with --json.")
    if not diff.changes:
        typer.echo("No change is worth making.")
    made = len(diff.changes) - len(diff.of_kind(ChangeKind.WITHOUT))
    say(
        f"{made:,} changes for patients, {len(diff.told):,} crews to tell,"
        f" {diff.served:+,} journeys with a place, {len(found.after.unserved):,} without,"
        f" {diff.driving_s / 3600:+.1f} hours of driving; in {found.seconds:.1f} s, passed by the referee."
    )
    if found.out is not None:
        typer.echo(f"Written to {found.out}.")


def _line(change: Change) -> str:
    def at(moment: datetime | None) -> str:
        return f"{moment:%H:%M}" if moment else "–"

    where = f"{change.from_duty or '–'} → {change.to_duty or '–'}"
    by = "" if change.minutes is None else f" ({change.minutes:+d} min)"
    return (
        f"{change.kind.value:<9} {change.journey_id:<16} {where:<24}"
        f" {at(change.pickup_before)} → {at(change.pickup_after)}{by}: {change.why}"
    )


def _document(found: Reoptimised) -> dict[str, Any]:
    from pts_optimiser.reporting.diff import diff_document

    return {
        "out": str(found.out) if found.out else None,
        "now": found.state.now.isoformat(),
        "seconds": round(found.seconds, 2),
        "gained_s": found.gained_s,
        "unserved": len(found.after.unserved),
        **diff_document(found.diff),
    }
