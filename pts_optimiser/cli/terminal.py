"""What every command shares: errors as exit codes, JSON for machines, a progress line for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pts_optimiser.domain.errors import InputError, PtsError
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.issue_json import issue_documents

if TYPE_CHECKING:
    from pts_optimiser.services.plan import OnProgress, OnRoster
    from pts_optimiser.services.sources import Source
    from solver.progress import Progress

SHOWN = 40
"""Issues printed for people; a machine gets all of them."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]


@contextmanager
def answering(*, as_json: bool) -> Iterator[None]:
    """Turn the project's errors into a message on stderr (JSON on stdout where asked for) and an exit code."""
    try:
        yield
    except PtsError as error:
        issues = error.issues if isinstance(error, InputError) else ()
        if as_json:
            print_json({"error": type(error).__name__, "message": str(error), "issues": issue_documents(issues)})
        else:
            say(f"Error: {error}")
            say_issues(issues)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as interrupt:
        say("Stopped.")
        raise typer.Exit(130) from interrupt


def say(text: str) -> None:
    """A line for people, on stderr."""
    typer.echo(text, err=True)


def say_issues(issues: Sequence[Issue]) -> None:
    """Errors first, then warnings, the first ones in full."""
    for issue in sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)[:SHOWN]:
        say(f"{'error' if issue.severity is Severity.ERROR else 'note '}  {issue}")
    if len(issues) > SHOWN:
        say(f"… and {len(issues) - SHOWN} more (--json shows all)")


def print_json(document: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False))


def source(path: Path) -> Source:
    """The input at a path; ``-`` is standard input."""
    from pts_optimiser.services.sources import Source, read_source

    return Source("-", sys.stdin.buffer.read()) if str(path) == "-" else read_source(path)


@contextmanager
def progress_line(budget_s: float | None, iterations: int | None, *, quiet: bool) -> Iterator[OnProgress]:
    """A progress bar on stderr: seconds, journeys served, cost, hours driven. Silent where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[figures]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        total = float(iterations) if iterations is not None else budget_s
        task = bar.add_task("Planning", total=total, figures="reading")

        def show(progress: Progress) -> None:
            bar.update(
                task,
                completed=min(progress.iterations if iterations is not None else progress.seconds, total or 0),
                figures=f"{progress.seconds:.0f} s · {progress.served:,} served · cost {progress.cost:,}"
                f" · {progress.driving / 3600:,.0f} h driven",
            )

        yield show


def roster_line(out: Path | None, *, quiet: bool) -> OnRoster:
    """Tells on stderr when a checked roster is in place, while reasons, report and workbook are still to come."""

    def tell(seconds: float) -> None:
        if not quiet:
            say(f"After {seconds:.1f} s a checked roster is in {out}; report and workbook follow.")

    return tell
