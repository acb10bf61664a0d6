"""Drafts: the best plan so far, made readable beside the search that goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from solver import Sequences
from solver.progress import OnProgress, Progress

DRAFT_S = 7.0
"""Seconds of search from one draft to the next; with what it takes to make and keep one, at least one each 10 s."""


@contextmanager
def drafting(on_progress: OnProgress, draft: Callable[[Sequences, int], object]) -> Iterator[OnProgress]:
    """A listener that besides telling ``on_progress`` has the best plan and its iterations drafted in a thread.

    What a draft raises, the listener raises at the next one, or the block at its end.
    """
    drafted_at, work = 0.0, Future[object]()
    work.set_result(None)

    def tell(progress: Progress) -> None:
        nonlocal drafted_at, work
        on_progress(progress)
        if progress.seconds - drafted_at >= DRAFT_S and work.done():
            work.result()
            drafted_at = progress.seconds
            work = aside.submit(draft, progress.best(), progress.iterations)

    with ThreadPoolExecutor(1) as aside:
        yield tell
        work.result()
