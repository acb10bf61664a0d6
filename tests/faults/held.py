"""Two who do something at once, the first held at a named point while the second has its turn."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import Any

from pts_optimiser.store.crash_points import arm

PATIENCE_S = 120.0
BLOCKED_S = 0.4
"""Who has not come further by then waits for the first."""


def interleaved(point: str, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """What both return or raise, where the first is held at a point until the second is done or waits for it."""
    once, reached, go = Lock(), Event(), Event()

    def at(name: str) -> None:
        if name == point and once.acquire(blocking=False):
            reached.set()
            assert go.wait(PATIENCE_S)

    arm(at)
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(first)
        try:
            assert reached.wait(PATIENCE_S), f"{point} was never passed"
            other = threads.submit(second)
            wait([other], BLOCKED_S)
        finally:
            go.set()
    arm(None)
    return _outcome(one), _outcome(other)


def _outcome(done: Future[Any]) -> Any:
    return done.exception() or done.result()
