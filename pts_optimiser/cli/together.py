"""Processes that live and die together."""

from __future__ import annotations

import signal
import subprocess
from time import sleep

from solver.lifeline import die_with_parent

LOOK_S = 0.2
GRACE_S = 15.0


def together(*commands: list[str]) -> int:
    """Run commands until one of them ends or this process is asked to; then end the others.

    Returns 0 where it was asked to, else the exit code of the command that ended first, at least 1. Where this process
    is killed, so are they.
    """
    asked: list[int] = []
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda number, _frame: asked.append(number))
    running = [
        subprocess.Popen(command, preexec_fn=die_with_parent)  # noqa: S603, PLW1509  fixed commands; no threads yet
        for command in commands
    ]
    while not asked and all(process.poll() is None for process in running):
        sleep(LOOK_S)
    first = next((code for process in running if (code := process.poll()) is not None), 0)
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return 0 if asked else max(first, 1)
