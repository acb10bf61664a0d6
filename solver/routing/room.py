"""Linear bounds on loads: what the layouts of a vehicle class can carry at once, as weights and limits."""

from __future__ import annotations

import numpy as np

from solver.problem import Int, Problem

HEAVIEST = 3  # largest weight of a unit in a bound


def load_bounds(problem: Problem) -> list[tuple[Int, Int]]:
    """Pairs of weights [r] and limits [c]: every load that some layout carries keeps weights · load ≤ limit.

    The pairs are the fewest, picked one by one, that cut off each load that any weights up to 3 can cut off: the
    convex hull of the layouts in the cases of practice. What lies inside the hull without fitting a layout, or fits
    another layout than the rest of its block, remains for the judge.
    """
    c, _, r = problem.layouts.shape
    weights = np.indices((HEAVIEST + 1,) * r).reshape(r, -1).T[1:]
    usable = problem.substitutes | np.eye(r, dtype=np.bool_)
    best_use = np.where(usable[None], weights[:, :, None], 0).max(axis=1)  # [w, r] weight of the best unit in a place
    places = np.where(problem.layouts.min(axis=2, keepdims=True) < 0, 0, problem.layouts)  # [c, l, r]
    limits = (best_use[:, None, None] * places[None]).sum(axis=3).max(axis=2)  # [w, c]
    single = np.array([int(np.flatnonzero((weights == unit).all(axis=1))[0]) for unit in np.eye(r, dtype=int)])
    uncut = []
    for vehicle_class in range(c):
        box = np.indices(tuple(limits[single, vehicle_class] + 2)).reshape(r, -1).T
        cut = box @ weights.T > limits[:, vehicle_class]  # [points, w]
        uncut.append(cut[cut.any(axis=1)])
    rows = np.concatenate(uncut)
    chosen = []
    while len(rows):
        best = int(rows.sum(axis=0).argmax())
        chosen.append(best)
        rows = rows[~rows[:, best]]
    return [(weights[w].astype(np.int32), limits[w].astype(np.int32)) for w in chosen]
