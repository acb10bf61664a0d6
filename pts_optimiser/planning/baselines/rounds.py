"""The lists that a planner at a desk makes first: who goes to or from the same clinic at about the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.journey import Journey
from solver import Problem

TOGETHER_S = 3600
"""Appointments, or ready times, of the same hour are on one list."""


@dataclass(frozen=True, slots=True)
class Round:
    """Requests of one zone, clinic, hour and cohort, all there (``inward``) or all away from it.

    ``zone`` is the location of the base whose ground the homes are on.
    """

    zone: int
    inward: bool
    members: tuple[int, ...]


def rounds(problem: Problem, journeys: Sequence[Journey]) -> list[Round]:
    """All requests on lists, the list with the earliest deadline of a pick-up first; who rides alone has one alone.

    What is tied to an appointment is inward, everything else outward: transfers too.
    """
    inward = np.array([journey.tied_to_appointment for journey in journeys], np.bool_)
    clinic = np.where(inward, problem.dropoff_location, problem.pickup_location)
    home = np.where(inward, problem.pickup_location, problem.dropoff_location)
    hour = np.where(inward, problem.dropoff_window[0, :, 1], problem.pickup_window[0, :, 0]) // TOGETHER_S
    alone = np.where(problem.exclusive, np.arange(problem.n_requests), -1)
    columns = zones(problem, home), inward, clinic, hour, problem.group, alone
    lists: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for request, key in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        lists[key].append(request)
    latest = problem.pickup_window[0, :, 1]
    found = [Round(key[0], bool(key[1]), tuple(members)) for key, members in lists.items()]
    return sorted(found, key=lambda round_: min(latest[list(round_.members)]))


def zones(problem: Problem, home: NDArray[np.int32]) -> NDArray[np.int32]:
    """Location of the nearest base with a vehicle for each request whose home is at ``home`` [n]."""
    if not problem.n_vehicles:
        return np.zeros(problem.n_requests, np.int32)
    bases, base_of = np.unique(problem.start_location, return_inverse=True)
    away = problem.metres[np.ix_(bases, home)].astype(np.int64)  # [base, n]
    for base in range(len(bases)):
        away[base, ~problem.compatible[:, base_of == base].any(axis=1)] = np.iinfo(np.int64).max
    nearest: NDArray[np.int32] = bases[away.argmin(axis=0)]
    return nearest
