"""The budget of a run as a peer sees it, and what it says on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter, process_time

SPIN_S = 0.2
LEAST_SHARE = 0.25  # a machine busier than this stretches no further
NEARLY_ALL = 0.99


@dataclass(slots=True)
class Clock:
    """``seconds`` of CPU on each of ``cores``, told to peers that know only wall time as ``left()``.

    On a busy machine a second of wall time is less than one of CPU, so the wall limit is stretched by the share of a
    core that a busy loop got just before; what was really used is measured from outside.
    """

    seconds: float
    cores: int
    requests: int
    first: Callable[[], None] = lambda: None
    share: float = 1.0
    began: float = field(default_factory=perf_counter)
    told: bool = False

    def left(self) -> float:
        """Wall seconds left."""
        return max(0.0, self.seconds / self.share - (perf_counter() - self.began))

    def alone(self) -> Clock:
        """The same CPU in all for a peer that uses one core only."""
        return Clock(self.seconds * self.cores, 1, self.requests, self.first, self.share, self.began, self.told)

    def served(self, requests: int) -> None:
        """A plan with so many requests is at hand; the first that serves nearly all is noted."""
        if not self.told and requests >= NEARLY_ALL * self.requests:
            self.told = True
            self.first()


def core_share() -> float:
    """The share of a core that this process gets while others run."""
    wall, cpu = perf_counter(), process_time()
    while perf_counter() - wall < SPIN_S:
        pass
    return max(LEAST_SHARE, min(1.0, (process_time() - cpu) / (perf_counter() - wall)))
