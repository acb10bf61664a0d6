"""``bench``: other solvers beside ours, from a checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import typer

from pts_optimiser.cli.terminal import answering
from pts_optimiser.domain.errors import InputError

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
MODULE = Path("benchmarks", "peers", "__main__.py")


def bench(context: typer.Context) -> None:
    """Run other solvers and ours on the same problems (--help for all options). Needs a checkout and ``make bench``."""
    with answering(as_json=False):
        checkout = _checkout()
    command = [sys.executable, "-m", "benchmarks.peers", *context.args]
    done = subprocess.run(command, cwd=checkout, check=False)  # noqa: S603  our own module
    raise typer.Exit(done.returncode)


def _checkout() -> Path:
    """Where the benchmarks are: the working directory or the source tree of this package."""
    for folder in (Path.cwd(), Path(__file__).parents[2]):
        if (folder / MODULE).is_file():
            return folder
    raise InputError(
        f"bench needs a checkout of the source: there is no {MODULE.parent} here, and the installed package has none."
        " In a checkout, `make bench` also installs the other solvers."
    )
