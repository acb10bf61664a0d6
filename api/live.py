"""The days as they happen, of this process. They load the solver, so they are made when the first view asks."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, cast

from flask import current_app

from api.context import settings, store

if TYPE_CHECKING:
    from pts_optimiser.services.hosted.live import LiveDays

LIVE = "pts.live"
_MAKING = Lock()


def live() -> LiveDays:
    """The days of the application's store."""
    from pts_optimiser.services.hosted.live import LiveDays  # noqa: PLC0415  loads the solver

    with _MAKING:
        if LIVE not in current_app.extensions:
            current_app.extensions[LIVE] = LiveDays(store(), clock=settings().clock)
        return cast("LiveDays", current_app.extensions[LIVE])
