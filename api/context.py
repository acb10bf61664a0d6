"""What a view asks of its request: who calls, the store, the settings, the time."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app, g

from api.settings import Settings
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import Store

STORE = "pts.store"
SETTINGS = "pts.settings"


def caller() -> Caller:
    """Who calls; every view that is not open to everybody has one."""
    return cast("Caller", g.caller)


def store() -> Store:
    return cast("Store", current_app.extensions[STORE])


def settings() -> Settings:
    return cast("Settings", current_app.extensions[SETTINGS])


def now() -> datetime:
    """The time of the request, in UTC."""
    return settings().clock()
