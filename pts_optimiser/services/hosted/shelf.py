"""What is dear to make and never changes, kept in memory up to a size and for a time, made once however many ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

Thing = TypeVar("Thing")

IDLE_S = 3600.0
"""What nobody has asked for in this time is of patients whom nobody is working for."""


@dataclass(slots=True)
class _Kept(Generic[Thing]):
    thing: Future[Thing]
    asked_at: float


class Shelf(Generic[Thing]):
    """Things by their key; what was not asked for longest goes first. Threads share it."""

    def __init__(self, room: float, size: Callable[[Thing], float] = lambda _thing: 1) -> None:
        """``size`` of all things kept together is at most ``room``, or one thing is kept."""
        self._room, self._size = room, size
        self._lock = Lock()
        self._things: OrderedDict[Hashable, _Kept[Thing]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of a key, made by ``make`` where it is not there; others who ask meanwhile wait for it.

        Whatever ``make`` raises is raised to all of them, and nothing is kept.
        """
        with self._lock:
            kept = self._things.get(key)
            if kept is None:
                mine = Future[Thing]()
                self._things[key] = _Kept(mine, monotonic())
            else:
                kept.asked_at = monotonic()
                self._things.move_to_end(key)
        if kept is not None:
            return kept.thing.result()
        try:
            thing = make()
        except BaseException as error:
            with self._lock:
                self._things.pop(key, None)
            mine.set_exception(error)
            raise
        mine.set_result(thing)
        self._make_room()
        return thing

    def drop_idle(self) -> None:
        """Keep nothing any longer that was not asked for in ``IDLE_S`` seconds."""
        before = monotonic() - IDLE_S
        with self._lock:
            for key in [key for key, kept in self._things.items() if kept.thing.done() and kept.asked_at < before]:
                del self._things[key]

    def _make_room(self) -> None:
        with self._lock:
            made = [key for key, kept in self._things.items() if kept.thing.done()]
            sizes = {key: self._size(self._things[key].thing.result()) for key in made}
            taken = sum(sizes.values())
            for key in made[:-1]:
                if taken <= self._room:
                    break
                taken -= sizes[key]
                del self._things[key]
