"""Named places at which tests end or hold a process, to see what is left behind.

Off in every process that was not started with ``PTS_CRASH_AT``; nothing that comes in by a request can change that.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

_SETTING = "PTS_CRASH_AT"

POINTS = frozenset(
    {
        "answers.begun",
        "days.emptied",
        "events.inserted",
        "files.named",
        "files.staged",
        "plans.claimed",
        "plans.finished",
        "proposals.decided",
        "publishing.inserted",
        "publishing.read",
        "retention.rows_gone",
        "retention.file_gone",
        "rosters.counted",
        "rosters.inserted",
        "store.committed",
        "store.written",
        "hosted.looked_at",
        "turn.ended",
        "turn.ending",
        "turn.said",
        "watch.queued",
        "worker.claimed",
        "worker.turned",
    }
)
"""All of them; a test compares this with the calls."""


def crash_point(name: str) -> None:
    """Nothing, unless a test holds this process."""
    if _at is not None:
        _at(name)


def arm(at: Callable[[str], None] | None) -> None:
    """Have a function called with the name of every point that is passed; None for nothing again."""
    global _at  # noqa: PLW0603  one for the process
    _at = at


def _killer(setting: str) -> Callable[[str], None]:
    """``name=file``: who passes the point and can remove the file dies there, so that only one process does."""
    wanted, _, token = setting.partition("=")

    def die(name: str) -> None:
        if name == wanted:
            try:
                Path(token).unlink()
            except FileNotFoundError:
                return
            os.kill(os.getpid(), signal.SIGKILL)

    return die


_at: Callable[[str], None] | None = _killer(os.environ[_SETTING]) if _SETTING in os.environ else None
