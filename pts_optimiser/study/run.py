"""All tasks of a study on a pool of workers, each answer kept as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from pts_optimiser.study.ctrl_c import noting_ctrl_c
from pts_optimiser.study.results import Results
from pts_optimiser.study.solve_day import Answer, Task, solve_day

IN_FLIGHT = 3
"""Tasks handed out for each worker: enough that none waits for the next, few enough to stop soon."""

LOOK_S = 1.0
"""So long after Ctrl-C a study stops, at most."""

OnDone = Callable[[Task], None]


def run(tasks: Sequence[Task], pool: Executor, workers: int, results: Results, on_done: OnDone) -> int:
    """Solve what is not known yet, in the order given, and return how many that were.

    A task that starts from another's plan waits until that is kept. ``on_done`` is told of every task, known or new.
    """
    new = {task.key: task for task in tasks if task.key not in results}
    for task in tasks:
        if task.key not in new:
            on_done(task)
    waiting, solved = list(new.values()), len(new)
    flying: dict[Future[Answer], Task] = {}
    with noting_ctrl_c() as look:
        try:
            while waiting or flying:
                look()
                ready = [task for task in waiting if task.after not in new][: IN_FLIGHT * workers - len(flying)]
                for task in ready:
                    waiting.remove(task)
                    flying[pool.submit(solve_day, task, results.habits(task.after) if task.after else None)] = task
                finished, _ = wait(flying, timeout=LOOK_S, return_when=FIRST_COMPLETED)
                for future in finished:
                    task = flying.pop(future)
                    results.keep(task.key, future.result())
                    del new[task.key]
                    on_done(task)
        finally:
            for future in flying:
                future.cancel()
    return solved
