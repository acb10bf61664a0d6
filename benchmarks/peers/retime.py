"""The most favourable times of a route: those that break the fewest rules and then miss the fewest targets.

Shares no code with the engines. Times are variables of a small CP-SAT model in which only the order of the stops,
driving, boarding and overheads are sacred; every other rule may be bought off at the price of one violation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from solver.problem import Problem
from solver.reference import location

HARD = 1_000  # one broken rule weighs more than all targets of a route
SECONDS = 5.0  # for one route, in CP-SAT's deterministic time


@dataclass(frozen=True, slots=True)
class Timed:
    """Rules broken by kind, and the served requests outside their targets."""

    broken: Counter[str]
    missed: int


class _Model:
    def __init__(self) -> None:
        self.cp = cp_model.CpModel()
        self.rules: list[tuple[str, Any]] = []

    def rule(self, kind: str) -> Any:
        """A literal that is true where the rule is kept."""
        kept = self.cp.new_bool_var("")
        self.rules.append((kind, kept))
        return kept


def retime(problem: Problem, vehicle: int, stops: Sequence[int]) -> Timed:
    """Times for a sequence of whole requests without break (pick-up before drop-off), as favourable as can be."""
    n, model = problem.n_requests, _Model()
    cp = model.cp
    gaps = legs(problem, vehicle, stops)
    shift_start, shift_end = problem.shift[vehicle].tolist()
    times = [cp.new_int_var(*_horizon(problem, vehicle, stops, gaps), "") for _ in range(len(stops) + 2)]
    rest = _break(problem, vehicle, model, stops, times, gaps)
    for k, gap in enumerate(gaps):
        cp.add(times[k + 1] >= times[k] + sum(gap) + rest.get(k, 0))
    within = model.rule("shift")
    cp.add(times[0] >= shift_start).only_enforce_if(within)
    cp.add(times[-1] <= shift_end).only_enforce_if(within)
    cp.add(times[-1] - times[0] <= int(problem.max_duration[vehicle])).only_enforce_if(model.rule("duration"))
    position = {stop: k for k, stop in enumerate(stops, start=1)}
    targets = []
    for request in (stop for stop in stops if stop < n):
        board, alight = times[position[request]], times[position[n + request]]
        on_target = cp.new_bool_var("")
        targets.append(on_target)
        riding = alight - board - int(problem.pickup_service[request])
        for windows, time in ((problem.pickup_window, board), (problem.dropoff_window, alight)):
            _between(cp, time, windows[1, request].tolist(), model.rule("window"))
            _between(cp, time, windows[0, request].tolist(), on_target)
        cp.add(riding <= int(problem.ride_limit[1, request])).only_enforce_if(model.rule("ride"))
        cp.add(riding <= int(problem.ride_limit[0, request])).only_enforce_if(on_target)
    cp.maximize(sum(HARD * kept for _, kept in model.rules) + sum(targets))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False  # takes twenty times as long as the search
    solver.parameters.max_deterministic_time = SECONDS
    if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError(f"no times at all for vehicle {vehicle}: {list(stops)}")
    return Timed(
        Counter(kind for kind, kept in model.rules if not solver.boolean_value(kept)),
        sum(not solver.boolean_value(kept) for kept in targets),
    )


def _between(cp: cp_model.CpModel, time: Any, window: list[int], literal: Any) -> None:
    cp.add(time >= window[0]).only_enforce_if(literal)
    cp.add(time <= window[1]).only_enforce_if(literal)


def _horizon(problem: Problem, vehicle: int, stops: Sequence[int], gaps: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """No best times lie further outside all windows and the shift than the route takes."""
    requests = [stop for stop in stops if stop < problem.n_requests]
    bounds = [*problem.shift[vehicle].tolist(), *problem.break_window[vehicle].tolist()]
    for windows in (problem.pickup_window, problem.dropoff_window):
        bounds += windows[:, requests].ravel().tolist()
    length = sum(map(sum, gaps)) + int(problem.break_length[vehicle])
    return min(bounds) - length, max(bounds) + length


def legs(problem: Problem, vehicle: int, stops: Sequence[int]) -> list[tuple[int, int]]:
    """For each step from begin to begin: service at the stop before; drive, overhead and gap after it."""
    n = problem.n_requests
    place, band, service = int(problem.start_location[vehicle]), int(problem.vehicle_band[vehicle]), 0
    aboard, gap, steps = 0, 0, []
    for stop in stops:
        request, pickup, at = stop % n, stop < n, location(problem, stop)
        overhead = int((problem.pickup_overhead if pickup else problem.dropoff_overhead)[request]) if at != place else 0
        steps.append((service, problem.travel(band, place, at) + overhead + (0 if aboard else gap)))
        service = int((problem.pickup_service if pickup else problem.dropoff_service)[request])
        band = int((problem.pickup_band if pickup else problem.dropoff_band)[request])
        aboard += 1 if pickup else -1
        place, gap = at, problem.block_gap
    return [*steps, (service, problem.travel(band, place, int(problem.end_location[vehicle])))]


def _break(
    problem: Problem, vehicle: int, model: _Model, stops: Sequence[int], times: list[Any], gaps: list[tuple[int, int]]
) -> dict[int, Any]:
    """What the break adds to each step: its length in one where nobody is aboard, nothing where it is left out."""
    length = int(problem.break_length[vehicle])
    if not length:
        return {}
    cp, n = model.cp, problem.n_requests
    taken = model.rule("break")
    earliest, latest = problem.break_window[vehicle].tolist()
    aboard, here = 0, {}
    for k in range(len(stops) + 1):
        if aboard == 0:
            chosen = here[k] = cp.new_bool_var("")
            begin = cp.new_int_var(earliest, latest, "")
            cp.add(begin >= times[k] + gaps[k][0]).only_enforce_if(chosen)
            cp.add(times[k + 1] >= begin + length + gaps[k][1]).only_enforce_if(chosen)
        if k < len(stops):
            aboard += 1 if stops[k] < n else -1
    cp.add(sum(here.values()) == taken)
    return {k: length * chosen for k, chosen in here.items()}
