"""How much one caller may ask for: a bucket of tokens that fills again with time.

Each web process has its own buckets, so that nothing is shared on the way of every request.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic

from api.manners.problems import Problem

_MOST_BUCKETS = 10_000


class Buckets:
    """One bucket for each name, of ``burst`` tokens, filled with ``per_second``."""

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._held: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, name: str) -> None:
        """Take one token; raises Problem (429) where there is none, and says when there will be."""
        now = self._clock()
        with self._lock:
            tokens = self._filled(name, now) - 1
            if tokens >= 0:
                self._held[name] = (tokens, now)
                if len(self._held) > _MOST_BUCKETS:
                    self._forget_full(now)
                return
        wait = ceil(-tokens / self._per_second)
        detail = "too many requests of this key or person; slow down"
        raise Problem(429, "too_many_requests", detail, headers={"Retry-After": str(wait)})

    def _filled(self, name: str, now: float) -> float:
        tokens, at = self._held.get(name, (self._burst, now))
        return min(self._burst, tokens + (now - at) * self._per_second)

    def _forget_full(self, now: float) -> None:
        self._held = {name: held for name, held in self._held.items() if self._filled(name, now) < self._burst}
