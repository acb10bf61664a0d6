"""A pool that solves in this process, and stops between two days where it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from pts_optimiser.domain.errors import PtsError


class StoppedError(PtsError):
    """Somebody wants no more days to be solved."""


class InPlace(Executor):
    """Solves what it is given before it returns; raises StoppedError once ``should_stop`` says so."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        self._should_stop = should_stop

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._should_stop():
            raise StoppedError("no more days are solved")
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as every pool does
            future.set_exception(error)
        return future


def in_place(should_stop: Callable[[], bool]) -> Callable[[str | None, int], Any]:
    """This process instead of a cluster."""

    @contextmanager
    def pool(_scheduler: str | None, _workers: int) -> Iterator[tuple[Executor, int]]:
        yield InPlace(should_stop), 1

    return pool
