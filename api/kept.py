"""What one process keeps for all requests, made when it is first asked for: after the fork, and where it is used.

What is published is shown without the solver, so what loads it is imported by who asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, current_app

from api.context import settings, store
from pts_optimiser.services.hosted.outputs import Outputs
from pts_optimiser.services.hosted.progress import Progress
from pts_optimiser.services.hosted.pulse import Pulses
from pts_optimiser.services.hosted.vroom import VroomDesk

if TYPE_CHECKING:
    from pts_optimiser.services.hosted.explaining import Explanations
    from pts_optimiser.services.hosted.live import LiveDays

Thing = TypeVar("Thing")
_KEPT, _CLOSED = "pts.kept", "pts.kept.closed"
_MAKING = RLock()


def kept(name: str, make: Callable[[], Thing], close: Callable[[Thing], object] = lambda _thing: None) -> Thing:
    """The one thing of this name that the application keeps; ``close`` ends it with the application."""
    things: dict[str, Any] = current_app.extensions.setdefault(_KEPT, {})
    with _MAKING:
        if name not in things:
            things[name] = make()
            current_app.extensions.setdefault(_CLOSED, ExitStack()).callback(close, things[name])
        thing: Thing = things[name]
        return thing


def close_kept(app: Flask) -> None:
    """End what the application keeps."""
    app.extensions.pop(_KEPT, None)
    app.extensions.pop(_CLOSED, ExitStack()).close()


def outputs() -> Outputs:
    return kept("outputs", lambda: Outputs(store()))


def progress() -> Progress:
    return kept("progress", lambda: Progress(store(), longest_s=settings().stream_s), Progress.close)


def pulses() -> Pulses:
    return kept("pulses", lambda: Pulses(store(), longest_s=settings().stream_s), Pulses.close)


def vroom_desk() -> VroomDesk:
    return kept("vroom", VroomDesk, VroomDesk.close)


def explanations() -> Explanations:
    """Of rosters as they were made."""
    from pts_optimiser.services.hosted.explaining import Explanations  # noqa: PLC0415  loads the solver

    return kept("explanations", lambda: Explanations(outputs()))


def live() -> LiveDays:
    """The days as they happen."""
    from pts_optimiser.services.hosted.live import LiveDays  # noqa: PLC0415  loads the solver

    return kept("live", lambda: LiveDays(store(), clock=settings().clock), LiveDays.close)
