"""``serve``: the API in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65_535)] = 8000,
    plans: Annotated[Path, typer.Option("--plans", help="Folder with the output folders of plan.")] = Path("out"),
) -> None:
    """Serve finished plans on this machine: a list of them, their reports, run sheets and figures."""
    command = [sys.executable, "-m", "api", "--port", str(port), "--plans", str(plans)]
    os.execv(sys.executable, command)  # noqa: S606  fixed arguments, no shell
