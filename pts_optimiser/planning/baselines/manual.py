"""A day as a planner at a desk puts it together: rounds by zone, clinic and time, each to the nearest vehicle.

Every vehicle has its rounds one after the other, all inside their targets, and a round once given stays as it is. Who
is left over is then fitted in wherever a vehicle has a gap. Every rule is kept as by the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pts_optimiser.domain.journey import Journey
from pts_optimiser.planning.baselines.insertion import empty_board, fit_in, plan_on
from pts_optimiser.planning.baselines.rounds import Round, rounds
from pts_optimiser.planning.build import STRETCHERS
from solver import Problem, Sequences
from solver.reference import carries


def manual(problem: Problem, journeys: Sequence[Journey]) -> Sequences:
    """Rounds in the order of their time, then whoever is left over, the most important first."""
    desk = _Desk(problem)
    left = [request for round_ in rounds(problem, journeys) for request in desk.give_out(round_)]
    weight = problem.unserved_cost
    fit_in(desk.board, sorted(left, key=lambda request: -int(weight[request])))
    return plan_on(desk.board)


class _Desk:
    """What each vehicle has been given so far, where it will then be, and from when on it is free."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.board = empty_board(problem)
        self.place = problem.start_location.copy()
        self.band = problem.vehicle_band.copy()
        self.free = problem.shift[:, 0].copy()
        self.special = problem.layouts[problem.vehicle_class, :, STRETCHERS].max(axis=1) > 0

    def give_out(self, round_: Round) -> list[int]:
        """Fill the nearest vehicle, then the next, as long as anybody fits; those who fit nowhere."""
        waiting, left = list(round_.members), []
        while waiting:
            first = self._first(round_, waiting)
            for vehicle in self._nearest(round_.zone, first):
                taken = self._fill(vehicle, round_, first, waiting)
                if taken:
                    waiting = [request for request in waiting if request not in taken]
                    break
            else:
                waiting.remove(first)
                left.append(first)
        return left

    def _first(self, round_: Round, waiting: Sequence[int]) -> int:
        """On the way there the farthest home, on the way back the nearest."""
        problem = self.problem
        drive = problem.metres[problem.pickup_location[waiting], problem.dropoff_location[waiting]]
        return waiting[int(drive.argmax() if round_.inward else drive.argmin())]

    def _nearest(self, zone: int, request: int) -> Iterator[int]:
        """Vehicles that can be there in time: those for stretchers last, else the zone's first, then the nearest."""
        problem = self.problem
        drive = problem.seconds[self.band, self.place, problem.pickup_location[request]]
        in_time = self.free + drive <= problem.pickup_window[0, request, 1]
        able = np.flatnonzero(problem.compatible[request] & in_time)
        keys = drive[able], problem.start_location[able] != zone, self.special[able]
        yield from able[np.lexsort(keys)].tolist()

    def _fill(self, vehicle: int, round_: Round, first: int, waiting: Sequence[int]) -> list[int]:
        """Append to the vehicle's work as many of the round as fit, on and on to the home nearest to the last one.

        Nobody where ``first``, with whom it begins, does not fit.
        """
        problem = self.problem
        home = problem.pickup_location if round_.inward else problem.dropoff_location
        before = self.board.stops(vehicle)
        if not self._append(vehicle, before, [first]):
            return []
        taken = [first]
        untried = set(waiting) - {first}
        while untried:
            near = problem.metres[home[taken[-1]]]
            chosen = min(untried, key=lambda request: (int(near[home[request]]), request))
            untried.remove(chosen)
            if self._append(vehicle, before, [*taken, chosen]):
                taken.append(chosen)
            else:
                self._append(vehicle, before, taken)
        self._note(vehicle, taken[-1])
        return taken

    def _append(self, vehicle: int, before: list[int], members: list[int]) -> bool:
        """All aboard, then all off in the same order; false, and the vehicle as before, where a rule forbids it."""
        block = [*members, *(self.problem.n_requests + request for request in members)]
        if carries(self.problem, vehicle, block) and self.board.give(vehicle, before + block):
            return True
        self.board.give(vehicle, before)
        return False

    def _note(self, vehicle: int, last: int) -> None:
        problem = self.problem
        visit = self.board.state.visits[vehicle, len(self.board.stops(vehicle)) - 1]
        self.place[vehicle], self.band[vehicle] = problem.dropoff_location[last], problem.dropoff_band[last]
        self.free[vehicle] = visit["soonest"] + visit["service"]
