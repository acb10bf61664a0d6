"""What is dear to make and never changes, kept in memory up to a size and made once however many ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Shelf(Generic[Thing]):
    """Things by their key; what was not asked for longest goes first. Threads share it."""

    def __init__(self, room: float, size: Callable[[Thing], float] = lambda _thing: 1) -> None:
        """``size`` of all things kept together is at most ``room``, or one thing is kept."""
        self._room, self._size = room, size
        self._lock = Lock()
        self._things: OrderedDict[Hashable, Future[Thing]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of a key, made by ``make`` where it is not there; others who ask meanwhile wait for it.

        Whatever ``make`` raises is raised to all of them, and nothing is kept.
        """
        with self._lock:
            kept = self._things.get(key)
            if kept is None:
                mine = self._things[key] = Future()
            else:
                self._things.move_to_end(key)
        if kept is not None:
            return kept.result()
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

    def _make_room(self) -> None:
        with self._lock:
            made = [key for key, thing in self._things.items() if thing.done()]
            sizes = {key: self._size(self._things[key].result()) for key in made}
            taken = sum(sizes.values())
            for key in made[:-1]:
                if taken <= self._room:
                    break
                taken -= sizes[key]
                del self._things[key]
