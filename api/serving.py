"""An application in a process that is there to serve it: made ready before it answers anybody."""

from __future__ import annotations

import logging
import sys
from importlib import import_module

from apiflask import APIFlask

from api.app import create_app
from api.settings import Settings

SWITCH_S = 0.0005
"""Who answers gets the interpreter back from who makes a workbook or works a day out after this: it asks for it some
thirty times."""
OF_THE_DAY = ("board", "explaining", "locks", "proposals")
"""Services that load the solver, and by them all that the application would load with a first request."""
_LOG = logging.getLogger("pts.api")


def served_app(settings: Settings) -> APIFlask:
    """``create_app`` of a process of its own; raises as it does.

    To load the solver takes a second, in which all other answers wait: here nobody does yet. What is published is shown
    without it, so where it cannot be loaded the application serves that.
    """
    app = create_app(settings)
    sys.setswitchinterval(SWITCH_S)
    try:
        for service in OF_THE_DAY:
            import_module(f"pts_optimiser.services.hosted.{service}")
    except Exception:
        _LOG.exception("the day itself cannot be asked for: what it needs cannot be loaded")
    return app
