"""Work in a process of its own that a fault may end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable

from pts_optimiser.store.crash_points import arm


def ends(work: Callable[..., object], *args: object) -> int | None:
    """Exit code of a process of its own; negative where a signal ended it."""
    child = multiprocessing.get_context("fork").Process(target=work, args=args)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads: the child uses none of them
        child.start()
    child.join(120)
    if child.exitcode is None:
        child.kill()
        child.join()
        raise TimeoutError("the process never ended")
    return child.exitcode


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point: str, nth: int = 1) -> None:
    """Have this process killed when it passes a point for the nth time."""
    passed = 0

    def at(name: str) -> None:
        nonlocal passed
        passed += name == point
        if passed == nth:
            die()

    arm(at)
