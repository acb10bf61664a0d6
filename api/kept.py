"""What one process keeps for all requests, made when it is first asked for: after the fork, and where it is used."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app

from api.context import store
from pts_optimiser.services.hosted.outputs import Outputs
from pts_optimiser.services.hosted.progress import Progress
from pts_optimiser.services.hosted.vroom import VroomDesk

if TYPE_CHECKING:
    from pts_optimiser.services.hosted.explaining import Explanations

Kept = TypeVar("Kept")
_KEPT = "pts.kept"
_MAKING = RLock()


def kept(name: str, make: Callable[[], Kept]) -> Kept:
    """The one thing of this name that the application keeps."""
    things: dict[str, Any] = current_app.extensions.setdefault(_KEPT, {})
    with _MAKING:
        if name not in things:
            things[name] = make()
        thing: Kept = things[name]
        return thing


def outputs() -> Outputs:
    return kept("outputs", lambda: Outputs(store()))


def progress() -> Progress:
    return kept("progress", lambda: Progress(store()))


def vroom_desk() -> VroomDesk:
    return kept("vroom", VroomDesk)


def explanations() -> Explanations:
    """Here the solver is loaded: what is published is shown without it."""
    from pts_optimiser.services.hosted.explaining import Explanations  # noqa: PLC0415

    return kept("explanations", lambda: Explanations(outputs()))
