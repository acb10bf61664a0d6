"""What one process keeps for all requests, made when it is first asked for: after the fork, and where it is used.

What is published is shown without the solver, so what loads it is imported by who asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from threading import RLock
from time import monotonic
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
_KEPT, _CLOSED, _IDLE, _LOOKED = "pts.kept", "pts.kept.closed", "pts.kept.idle", "pts.kept.looked"
_LOOK_S = 60.0
_MAKING = RLock()


def kept(
    name: str,
    make: Callable[[], Thing],
    close: Callable[[Thing], object] = lambda _thing: None,
    drop_idle: Callable[[Thing], object] = lambda _thing: None,
) -> Thing:
    """The one thing of this name that the application keeps; ``close`` ends it with the application, ``drop_idle`` has
    it forget what nobody asks for any more."""
    things: dict[str, Any] = current_app.extensions.setdefault(_KEPT, {})
    with _MAKING:
        if name not in things:
            things[name] = make()
            current_app.extensions.setdefault(_CLOSED, ExitStack()).callback(close, things[name])
            current_app.extensions.setdefault(_IDLE, {})[name] = partial(drop_idle, things[name])
        thing: Thing = things[name]
        return thing


def drop_idle() -> None:
    """Before a request of anybody, at most once a minute: what nobody has asked for in a while is kept no longer."""
    extensions, now = current_app.extensions, monotonic()
    if now - extensions.get(_LOOKED, now - _LOOK_S) >= _LOOK_S:
        extensions[_LOOKED] = now
        for forget in list(extensions.get(_IDLE, {}).values()):
            forget()


def close_kept(app: Flask) -> None:
    """End what the application keeps."""
    app.extensions.pop(_KEPT, None)
    app.extensions.pop(_IDLE, None)
    app.extensions.pop(_CLOSED, ExitStack()).close()


def outputs() -> Outputs:
    return kept("outputs", lambda: Outputs(store(), settings().network), drop_idle=Outputs.drop_idle)


def progress() -> Progress:
    return kept("progress", lambda: Progress(store(), longest_s=settings().stream_s), Progress.close)


def pulses() -> Pulses:
    return kept("pulses", lambda: Pulses(store(), longest_s=settings().stream_s), Pulses.close)


def vroom_desk() -> VroomDesk:
    return kept("vroom", VroomDesk, VroomDesk.close)


def explanations() -> Explanations:
    """Of rosters as they were made."""
    from pts_optimiser.services.hosted.explaining import Explanations  # noqa: PLC0415  loads the solver

    return kept("explanations", lambda: Explanations(outputs()), drop_idle=Explanations.drop_idle)


def live() -> LiveDays:
    """The days as they happen."""
    from pts_optimiser.services.hosted.live import LiveDays  # noqa: PLC0415  loads the solver

    return kept("live", lambda: LiveDays(store(), clock=settings().clock), LiveDays.close, LiveDays.drop_idle)
