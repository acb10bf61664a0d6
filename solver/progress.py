"""What a search tells whoever watches, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from solver.solution import Sequences


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """State of a running search: ``cost`` and ``served`` of the best so far, ``driving`` of the plan as it stands.

    ``best`` gives the best plan so far; it is to be called before the listener returns, as the search then goes on.
    """

    seconds: float
    iterations: int
    cost: int
    served: int
    driving: int
    best: Callable[[], Sequences]


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]
Clock = Callable[[], float]
"""What measures a budget: ``time.perf_counter``, or ``time.process_time`` where the machine is shared."""


def silent(_progress: Progress) -> None:
    """Tell nobody."""


def never() -> bool:
    """Do not stop early."""
    return False
