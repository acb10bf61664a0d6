"""A whole day with OR-Tools: first parts that cover it, then small parts around one request after another."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter

from solver.lifeline import die_with_parent
from solver.problem import Problem
from solver.progress import Clock, OnProgress, Progress, ShouldStop, never, silent
from solver.routing.clusters import Part
from solver.routing.day import Day
from solver.routing.judge import Plan, judged
from solver.routing.room import Hull
from solver.routing.solve import ITERATIONS, improved
from solver.solution import Sequences

FIRST_ITERATIONS = 3  # ruins in a part that covers the day: what more would gain, smaller parts gain sooner
POLL_S = 0.2  # seconds between looks at ``should_stop``


@dataclass(frozen=True, slots=True)
class _Task:
    part: Part
    problem: Problem
    plan: Plan
    hull: Hull
    turn: int
    iterations: int
    seconds: float


def solve_decomposed(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 1,
    workers: int = 1,
    start: Sequences | None = None,
    clock: Clock = perf_counter,
    on_progress: OnProgress = silent,
    should_stop: ShouldStop = never,
) -> Sequences:
    """Routes of every vehicle that keep all hard rules and never cost more than ``start``.

    Parts of the day are solved one after another, ``workers`` of them at a time in processes of their own (in this one
    if there is only one), and put in where they cost no more. The seed decides the parts; with one worker also the
    answer, but for the moment at which ``seconds`` by ``clock`` have passed.
    """
    if not problem.n_vehicles:
        return Sequences([], frozenset())
    start = start or Sequences([[] for _ in range(problem.n_vehicles)], frozenset())
    day, hull = Day(problem, judged(problem, start.stops, start.relaxed), seed), Hull.of(problem)
    began, drawn, solved = clock(), 0, 0
    running: dict[Future[Plan], _Task] = {}

    def best() -> Sequences:
        return Sequences(day.best.routes, day.best.relaxed)

    def tell() -> None:
        on_progress(Progress(clock() - began, solved, day.best.cost, day.best.served, day.best.driving, best))

    tell()
    with (
        ProcessPoolExecutor(workers, get_context("spawn"), die_with_parent)
        if workers > 1
        else nullcontext(_Here()) as pool
    ):
        while True:
            while len(running) < workers and (left := seconds - (clock() - began)) > 0 and not should_stop():
                part = day.next_part()
                if part is None:
                    break
                iterations = FIRST_ITERATIONS if day.covering else ITERATIONS
                task = _Task(part, *day.piece_of(part), hull, drawn, iterations, left)
                running[pool.submit(_solved, task)] = task
                drawn += 1
            if not running:
                return best()
            for future in wait(running, POLL_S, FIRST_COMPLETED).done:
                task = running.pop(future)
                day.put_back(task.part, task.problem, task.plan, future.result())
                solved += 1
                tell()


class _Here(Executor):
    """Solves at once, in this process."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[Plan] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _solved(task: _Task) -> Plan:
    return improved(
        task.problem,
        task.plan,
        seconds=task.seconds,
        hull=task.hull,
        searches=1,
        turn=task.turn,
        iterations=task.iterations,
    )
