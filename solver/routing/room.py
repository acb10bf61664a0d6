"""Linear bounds on loads: what a vehicle can carry at once, as weights and limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Bool, Problem
from solver.reference import seated

HEAVIEST = 3  # largest weight of a unit in a bound

Wide = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Bounds of the vehicles: weights · load ≤ limit."""

    weights: Wide  # [w, r]
    limits: Wide  # [w, v]


@dataclass(frozen=True, slots=True, eq=False)
class Hull:
    """Bounds of the vehicle classes: every load that some layout carries keeps weights · load ≤ limit.

    They are the convex hull of the layouts in the cases of practice. ``loose`` are the classes with loads inside the
    bounds that no layout carries. What fits another layout than the rest of its block remains for the judge.
    """

    weights: Wide  # [w, r]
    limits: Wide  # [w, c]
    loose: Bool  # [c]

    @classmethod
    def of(cls, problem: Problem) -> Hull:
        """One bound for each kind of unit, and the fewest, picked one by one, that cut off what weights up to 3 can."""
        c, _, r = problem.layouts.shape
        weights = np.indices((HEAVIEST + 1,) * r).reshape(r, -1).T[1:]
        layouts = np.where(problem.layouts.min(axis=2, keepdims=True) < 0, 0, problem.layouts)  # [c, l, r]
        limits = (layouts @ _best_use(problem, weights).T).max(axis=1).T  # [w, c]
        chosen = [int(np.flatnonzero((weights == unit).all(axis=1))[0]) for unit in np.eye(r, dtype=int)]
        boxes = [np.indices(tuple(limits[chosen, k] + 1)).reshape(r, -1).T for k in range(c)]  # loads [points, r]
        cuts = [box @ weights.T > limits[:, k] for k, box in enumerate(boxes)]  # [points, w]
        loose = [
            not all(_carried(problem, k, load) for load in box[~cut.any(axis=1)].tolist())
            for k, (box, cut) in enumerate(zip(boxes, cuts, strict=True))
        ]
        rows = np.concatenate([cut[cut.any(axis=1)] for cut in cuts])
        while len(rows):
            best = int(rows.sum(axis=0).argmax())
            chosen.append(best)
            rows = rows[~rows[:, best]]
        return cls(weights[chosen], limits[chosen], np.array(loose, np.bool_))

    def room(self, problem: Problem, routes: Sequence[Sequence[int]], turn: int) -> Room:
        """Bounds of the vehicles while they are planned on from ``routes``, without those that bind nobody.

        A vehicle of a loose class keeps one layout that carries its whole route, the ``turn``-th one, round and round,
        another for each vehicle; where none does, because the route changes its layout, or where it is the turn of
        none, the bounds are those of its class.
        """
        limits = self.limits[:, problem.vehicle_class]
        for vehicle in np.flatnonzero(self.loose[problem.vehicle_class]).tolist():
            layouts = [None, *_fitting(problem, vehicle, routes[vehicle])]
            layout = layouts[(vehicle + turn) % len(layouts)]
            if layout is not None:
                limits[:, vehicle] = _best_use(problem, self.weights) @ layout
        most = (problem.demand @ self.weights.T).sum(axis=0)  # [w] were everybody aboard
        binds = (most[:, None] > limits).any(axis=1)
        return Room(self.weights[binds], limits[binds])


def _fitting(problem: Problem, vehicle: int, stops: Sequence[int]) -> list[list[int]]:
    """Layouts that carry a whole route."""
    n = problem.n_requests
    changes = [problem.demand[stop] if stop < n else -problem.demand[stop - n] for stop in stops]
    loads = np.cumsum(changes, axis=0).tolist() if changes else []
    layouts = [layout for layout in problem.layouts[problem.vehicle_class[vehicle]].tolist() if min(layout) >= 0]
    return [layout for layout in layouts if all(seated(problem, load, layout) for load in loads)]


def _carried(problem: Problem, vehicle_class: int, load: list[int]) -> bool:
    return any(min(layout) >= 0 and seated(problem, load, layout) for layout in problem.layouts[vehicle_class].tolist())


def _best_use(problem: Problem, weights: Wide) -> Wide:
    """Weight of the heaviest unit that may take a place [w, r]."""
    usable = problem.substitutes | np.eye(problem.layouts.shape[2], dtype=np.bool_)
    best: Wide = np.where(usable[None], weights[:, :, None], 0).max(axis=1)
    return best
