"""``study``: many days × scenarios, and the report of one that was run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pts_optimiser.cli.terminal import Json, answering, print_json, say

if TYPE_CHECKING:
    from pts_optimiser.services.study import OnWork


class RunUnlessNamed(TyperGroup):
    """``study PLAN`` is ``study run PLAN``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        named = args[0] in self.commands
        return super().resolve_command(ctx, args if named else ["run", *args])


app = typer.Typer(cls=RunUnlessNamed, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def study() -> None:
    """Many days × scenarios: figures with intervals, tables, pictures. `study PLAN` is short for `study run PLAN`."""


@app.command("run")
def run(
    plan: Annotated[Path, typer.Argument(help="The study's plan (TOML), or the name of an example: small, year, …")],
    out: Annotated[Path, typer.Option("--out", help="Folder for days, tables, pictures and the report.")],
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Address of a dask scheduler, else processes on this machine.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes on this machine.")] = 2,
    json: Json = False,
) -> None:
    """Solve what is not solved yet, then write tables, pictures and report. Stopped, it goes on where it was."""
    with answering(as_json=json):
        from pts_optimiser.services.study import StudyOrder, example_plan
        from pts_optimiser.services.study import study as run_study

        given = plan if plan.is_file() else example_plan(str(plan)) or plan
        with _work_bar(quiet=json) as show:
            done = run_study(StudyOrder(given, out, scheduler, workers), show)
        if json:
            print_json({"out": str(done.out), "days": done.days, "solved": done.solved})
        else:
            say(f"{done.days:,} days, {done.solved:,} of them solved now; report: {done.out / 'report.html'}")


@app.command("report")
def report(
    folder: Annotated[Path, typer.Argument(help="The folder that study wrote.")],
    json: Json = False,
) -> None:
    """Draw the pictures and the page of a study again from its tables."""
    with answering(as_json=json):
        from pts_optimiser.services.study import report as draw

        draw(folder)
        if json:
            print_json({"report": str(folder / "report.html")})
        else:
            say(f"Report: {folder / 'report.html'}")


@contextmanager
def _work_bar(*, quiet: bool) -> Iterator[OnWork]:
    """A progress bar on stderr with the time left; silent where nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("Solving"), BarColumn(), TextColumn("{task.percentage:.0f} %"), TimeElapsedColumn())
    with Progress(*columns, TextColumn("left"), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
