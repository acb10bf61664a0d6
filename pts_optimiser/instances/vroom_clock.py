"""Times of a VROOM problem, relative or absolute, counted from the earliest at which anything can happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pts_optimiser.instances.text import unsupported
from pts_optimiser.instances.vroom_file import File, Window
from solver import NEVER


@dataclass(frozen=True, slots=True)
class Clock:
    """``origin`` in the file's time, and the ``horizon`` by which everything is over, counted from it."""

    origin: int
    horizon: int

    def window(self, windows: Sequence[Window]) -> tuple[float, float]:
        """Earliest and latest of the one window, any time where there is none."""
        if not windows:
            return 0.0, float(self.horizon)
        ((earliest, latest),) = windows
        return float(earliest - self.origin), float(min(latest - self.origin, self.horizon))


def clock_of(file: str, problem: File, longest_leg: int) -> Clock:
    """Nothing needs to begin later than all work done in a row, after the last window has opened.

    Raises
    ------
    InputError
        Where the windows lie too far apart for the solver's integers.
    """
    shifts = [vehicle.time_window for vehicle in problem.vehicles if vehicle.time_window]
    tasks = [task for _, task in problem.tasks()]
    pauses = [pause for vehicle in problem.vehicles for pause in vehicle.breaks]
    windows = [*shifts, *(w for task in tasks for w in task.time_windows), *(w for p in pauses for w in p.time_windows)]
    opens = [start for start, _ in windows]
    work = sum(task.setup + task.service for task in tasks) + max((pause.service for pause in pauses), default=0)
    work += (len(tasks) + 1) * longest_leg
    everyone = len(shifts) == len(problem.vehicles)
    origin = min(start for start, _ in shifts) if everyone else max(0, min(opens, default=0) - work)
    end = max(opens, default=0) + work
    horizon = min(end, max(latest for _, latest in shifts)) - origin if everyone else end - origin
    if horizon >= NEVER // 4:
        raise unsupported(file, "vehicles[0].time_window", "times lie more than four years apart", "Split the problem.")
    return Clock(origin, max(horizon, 0))
