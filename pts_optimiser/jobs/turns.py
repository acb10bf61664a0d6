"""Turns with plans, whatever their kind, in the process that is there for them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pts_optimiser.services.hosted.exporting import export
from pts_optimiser.services.hosted.failure import failure_of
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.replanning import reoptimise
from pts_optimiser.services.hosted.solving import solve
from pts_optimiser.services.hosted.studying import study
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.services.hosted.ways import Ways
from pts_optimiser.store import BusyError, ConflictError, NotFoundError, Store, plans
from pts_optimiser.store.words import PlanKind, PlanStatus


class Turns:
    """What a process takes one after another; what it has learned of a day it still knows at the next.

    ``network``: the folder of a road network for plans and maps; without one plans go by the formula.
    """

    def __init__(self, store: Store, network: Path | None = None) -> None:
        self._store, self._network, self._live = store, network, LiveDays(store, most=1)
        self._ways = Ways(store, network)

    def take(self, plan_id: str, fence: int) -> None:
        """Work on a plan that has been claimed until it has ended; nothing where another worker holds it by now.

        Raises
        ------
        BusyError
            The database is away; the next turn goes on.
        """
        with suppress(ConflictError, NotFoundError):
            with self._store.read() as session:
                plan = plans.plan(session, plan_id)
            if plan.fence != fence:
                return
            with Turn(self._store, plan) as turn:
                try:
                    self._work(turn)
                except (BusyError, ConflictError, NotFoundError):
                    raise
                except Exception as error:
                    turn.end(PlanStatus.FAILED, error=failure_of(error))

    def _work(self, turn: Turn) -> None:
        match turn.plan.kind:
            case PlanKind.PLAN:
                solve(turn, self._network)
            case PlanKind.REOPTIMISE:
                reoptimise(turn, self._live)
            case PlanKind.EXPORT:
                export(turn, self._ways)
            case PlanKind.STUDY:
                study(turn)
