"""Load codes and neighbour lists against plain counting."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from solver.kernels.tables import pack
from solver.problem import Problem
from tests.solver.problems import random_problem


def with_capacities(layouts: list[list[list[int]]], substitutes: list[list[bool]]) -> Problem:
    base = random_problem(6, 2, 1)
    resources = len(layouts[0][0])
    demand = np.random.default_rng(2).integers(0, 3, (6, resources)).astype(np.int32)
    return replace(
        base, layouts=np.array(layouts, np.int32), substitutes=np.array(substitutes, np.bool_), demand=demand,
        vehicle_class=np.zeros(2, np.int32),
    )  # fmt: skip


def seated(load: tuple[int, ...], layout: list[int], substitutes: list[list[bool]]) -> bool:
    """Try every seating."""
    if min(layout) < 0:
        return False
    if not any(load):
        return True
    unit = next(r for r, count in enumerate(load) if count)
    rest = tuple(count - (r == unit) for r, count in enumerate(load))
    return any(
        layout[place] > 0
        and (place == unit or substitutes[unit][place])
        and seated(rest, [room - (p == place) for p, room in enumerate(layout)], substitutes)
        for place in range(len(layout))
    )


@pytest.mark.parametrize(
    ("layouts", "substitutes"),
    [
        ([[[3, 0], [1, 1]]], [[False, False], [False, False]]),
        ([[[2, 1], [-1, -1]], [[0, 2], [3, 0]]], [[False, True], [False, False]]),
        ([[[1, 2, 1, 1]]], [[False, True, True, False], [False, False, True, False], [False] * 4, [False] * 4]),
    ],
)
def test_the_table_knows_which_layouts_carry_a_load(
    layouts: list[list[list[int]]], substitutes: list[list[bool]]
) -> None:
    problem = with_capacities(layouts, substitutes)
    tables = pack(problem, 0).tables
    places = range(len(layouts[0][0]))
    largest = [max(layout[p] for kind in layouts for layout in kind) for p in places]
    most = [sum(largest[p] for p in places if p == r or substitutes[r][p]) for r in places]
    strides = np.cumprod([1, *(2 * top + 1 for top in most)])
    for load in product(*(range(2 * top + 1) for top in most)):
        code = int(np.dot(load, strides[:-1]))
        for c, kind in enumerate(layouts):
            expected = sum(1 << bit for bit, layout in enumerate(kind) if seated(load, list(layout), substitutes))
            assert tables.carries[c, code] == expected


def test_a_party_that_no_layout_carries_is_compatible_with_nothing() -> None:
    problem = with_capacities([[[1, 0]]], [[False, False], [False, False]])
    tables = pack(problem, 0).tables
    for r in range(6):
        if problem.demand[r, 0] > 1 or problem.demand[r, 1] > 0:
            assert not tables.compatible[r].any()


def test_neighbours_are_the_nearest_in_drive_and_wait() -> None:
    problem = random_problem(40, 3, 8)
    near = pack(problem, 10).tables.near
    for r in range(problem.n_requests):
        reach = {q: separation(problem, r, q) for q in range(problem.n_requests) if q != r}
        expected = sorted(value for value in reach.values() if value is not None)[:10]
        assert [reach[int(q)] for q in near[r] if q >= 0] == expected


def separation(problem: Problem, r: int, q: int) -> int | None:
    """Least drive + wait between a stop of one and a stop of the other, in either order."""

    def ends(i: int) -> list[tuple[int, int, int, list[int]]]:
        return [
            (int(loc[i]), int(band[i]), int(service[i]), window[1, i].tolist())
            for loc, band, service, window in (
                (problem.pickup_location, problem.pickup_band, problem.pickup_service, problem.pickup_window),
                (problem.dropoff_location, problem.dropoff_band, problem.dropoff_service, problem.dropoff_window),
            )
        ]

    found = []
    for first, second in ((r, q), (q, r)):
        for place, band, service, window in ends(first):
            for other, _, _, then in ends(second):
                drive = problem.travel(band, place, other)
                if window[0] + service + drive <= then[1]:
                    found.append(drive + max(0, then[0] - (window[1] + service + drive)))
    return min(found, default=None)


def test_hardly_any_requests_have_hardly_any_neighbours() -> None:
    assert pack(random_problem(7, 2, 1), 60).tables.near.shape == (7, 6)


@pytest.mark.parametrize("longest", [4_000, 40_000])
def test_legs_from_a_node_and_to_a_place_are_the_problems(longest: int) -> None:
    problem = random_problem(90, 5, 4)  # more nodes and places than are copied at a time
    seconds = np.minimum(problem.seconds * 20, longest).astype(np.int32)
    packed = pack(replace(problem, seconds=seconds), 0)
    nodes = packed.state.stops["node"][: 2 * 90 + 5]
    band = np.concatenate([problem.pickup_band, problem.dropoff_band, problem.vehicle_band])
    location = np.concatenate([problem.pickup_location, problem.dropoff_location, problem.start_location])
    assert packed.tables.outbound.itemsize == (2 if longest < 32_768 else 4)
    assert (packed.tables.outbound[nodes] == seconds[band, location]).all()
    assert (packed.tables.inbound == packed.tables.outbound.T).all()


@pytest.mark.parametrize("targets", [True, False])
def test_removals_are_smaller_where_targets_have_a_price(targets: bool) -> None:
    tables = pack(random_problem(7, 2, 1, targets=targets), 0).tables
    assert (tables.string_most < 8) == (tables.related_most < 16) == (tables.absent_most > 12) == targets
