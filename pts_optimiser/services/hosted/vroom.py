"""A VROOM problem in, a VROOM answer out, while the caller waits: small problems, in a process that can be killed."""

from __future__ import annotations

import json

from pts_optimiser.services.hosted.child import Child

MOST_TASKS = 500
MOST_VEHICLES = 100
MOST_BUDGET_S = 10.0
MARGIN_S = 20.0
"""Beside the budget: reading, timing and judging; and loading the kernels, once."""


class VroomDesk:
    """One problem at a time in a process; the others wait, no longer than one may take. Threads share it."""

    def __init__(self) -> None:
        self._child = Child("pts_optimiser.services.hosted.vroom_child")

    def solve(self, problem: bytes, *, budget_s: float, seed: int = 1) -> bytes:
        """JSON of the answer.

        Raises
        ------
        InputError
            A field that is malformed or that the solver has no rule for, or a problem that is too large.
        KilledError
            It took more time or memory than it may.
        BusyError
            Others are being served.
        """
        budget_s = min(budget_s, MOST_BUDGET_S)
        how = {"budget_s": budget_s, "seed": seed, "tasks": MOST_TASKS, "vehicles": MOST_VEHICLES}
        request = json.dumps(how).encode() + b"\n" + problem
        return self._child.ask(request, seconds=budget_s + MARGIN_S, wait_s=MOST_BUDGET_S)

    def close(self) -> None:
        """End the process."""
        self._child.close()
