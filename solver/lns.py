"""Engine (a): large-neighbourhood search on compiled kernels.

The search is cut into epochs of a fixed number of iterations (see ``SharedPlan``), so that a seed, a number of workers
and a number of iterations give the same plan on any machine. Where a vehicle costs more than all driving could save,
vehicles come first: one route after another is closed until its requests find no places elsewhere. Small problems are
heated up several times, and the best plan is put together from the routes of all.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from solver.kernels.tables import pack
from solver.problem import Problem
from solver.progress import Clock, OnProgress, Progress, ShouldStop, never, silent
from solver.shared_plan import SharedPlan
from solver.solution import Sequences

NEAR = 60
# Annealing temperatures, in mean direct drives: above the first almost anything goes, below the second few changes are
# accepted that lead anywhere; what is left of the budget then goes to a quench down to the third. Where targets have a
# price, changes must get over that price too.
HOT, HOT_WITH_TARGETS, WARM, COLD = 0.4, 2.0, 0.1, 0.01
QUENCH = 0.9  # share of the cooling from which on the plan is quenched
EPOCH = 2_000  # most iterations of one worker between two draws of groups
FLEET_FIRST = 100.0  # a vehicle that costs more mean direct drives than this is saved before anything else
FLEET_SHARE = 0.5  # of the budget, at most, for saving vehicles,
FLEET_PATIENCE = 9_000  # and no more than so many iterations a request in vain
RECHAIN = (0.85, 0.92, 0.97)  # of the budget: when vehicles swap slices of their routes
RECHAIN_FROM = 40  # iterations a request: before, there is more to gain in less time from going on
CYCLES = 4  # most times that a small problem is heated up and cooled again,
CYCLE = 1_000  # each for at least so many iterations a request
RECOMBINE = (0.9, 0.97)  # of the cooling: when the routes are recombined, where there is time for two cycles
FLEET_HEAT = 0.1  # mean direct drives


def search_neighbourhoods(
    problem: Problem,
    *,
    budget_s: float,
    seed: int,
    iterations: int | None = None,
    workers: int = 1,
    start: Sequences | None = None,
    hot: float | None = None,
    clock: Clock = perf_counter,
    on_progress: OnProgress = silent,
    should_stop: ShouldStop = never,
) -> tuple[Sequences, int]:
    """Search until ``iterations`` (over all workers) are done, or for ``budget_s`` seconds of ``clock``.

    Returns the best sequences found and the iterations done. A start that holds is never made worse.
    """
    began = clock()
    plan = SharedPlan(problem, pack(problem, NEAR), seed, workers)
    plan.begin(start or Sequences([], frozenset()))
    done = 0

    def report() -> None:
        on_progress(Progress(clock() - began, done, plan.best.cost, *plan.served_and_driving(), plan.found))

    report()
    size = max(50, min(EPOCH, problem.n_requests * 2))
    cooling_from = FLEET_SHARE if plan.n_open and problem.vehicle_cost.min() > FLEET_FIRST * plan.direct else 0.0
    saving = cooling_from > 0
    saved_at = 0
    rechain = list(RECHAIN)
    recombine: list[float] = []
    cycles, decided = 1, not plan.recombines
    if hot is None:
        hot = HOT_WITH_TARGETS if problem.relaxed_cost.any() else HOT
    with ThreadPoolExecutor(workers) as threads:
        while problem.n_requests and not should_stop():
            spent, whole = (done, iterations) if iterations is not None else (clock() - began, budget_s)
            if spent >= whole:
                break
            share = spent / whole
            if saving and (share >= cooling_from or done - saved_at >= FLEET_PATIENCE * problem.n_requests):
                cooling_from = share
                plan.go_back_to_best()
                plan.harden()
                saving = False
            if rechain and problem.stay is None and share >= rechain[0] and done >= RECHAIN_FROM * problem.n_requests:
                rechain.pop(0)
                plan.rechain()
            if saving:
                heat = FLEET_HEAT
                if plan.close_if_complete():
                    saved_at = done
            else:
                cooled = (share - cooling_from) / (1 - cooling_from)
                if not decided and done and spent:
                    decided = True
                    cycles = _cycles_in(done / spent * (whole - spent), problem.n_requests)
                    if cycles > 1:
                        recombine += RECOMBINE
                    if cooling_from:  # the vehicles saved are not put at risk again and again
                        cycles = 1
                if recombine and cooled >= recombine[0]:
                    recombine.pop(0)
                    plan.recombine()
                heat = temperature(cooled, hot, cycles)
            length = size if iterations is None else min(size, -(-(iterations - done) // workers))
            plan.run_epoch(length, plan.direct * heat, threads)
            done += length * workers
            report()
    return plan.found(), done


def _cycles_in(iterations: float, requests: int) -> int:
    """How often a small problem is heated up in the iterations to come."""
    return max(1, min(CYCLES, int(iterations / (CYCLE * requests))))


def temperature(share: float, hot: float, cycles: int = 1) -> float:
    """Geometric cooling from hot to warm, in so many cycles, then a quench to cold; ``share`` of all is done."""
    if share < QUENCH:
        return hot * float((WARM / hot) ** (share / QUENCH * cycles % 1))
    return WARM * float((COLD / WARM) ** ((share - QUENCH) / (1 - QUENCH)))
