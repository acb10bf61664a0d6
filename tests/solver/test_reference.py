"""The plain reference on routes worked out by hand."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from solver.problem import NEVER, Problem
from solver.reference import blocks, carries, driving, schedule_route


def hand_made(**changes: object) -> Problem:
    """Two requests on a line, 100 s a step: 0 is the base, homes at 1 and 2, the site at 3."""
    steps = np.arange(4)
    values: dict[str, object] = {
        "pickup_location": [1, 2],
        "dropoff_location": [3, 3],
        "pickup_band": [0, 0],
        "dropoff_band": [0, 0],
        "pickup_service": [60, 60],
        "dropoff_service": [30, 30],
        "pickup_overhead": [0, 0],
        "dropoff_overhead": [50, 50],
        "pickup_window": [[[0, 9000], [0, 9000]]] * 2,
        "dropoff_window": [[[1000, 2000], [1000, 2000]], [[1000, 3000], [1000, 3000]]],
        "ride_limit": [[400, 400], [900, 900]],
        "demand": [[1], [1]],
        "group": [0, 0],
        "exclusive": [False, False],
        "unserved_cost": [9999, 9999],
        "relaxed_cost": [10, 10],
        "compatible": [[True], [True]],
        "start_location": [0],
        "end_location": [0],
        "vehicle_band": [0],
        "shift": [[0, 5000]],
        "max_duration": [NEVER],
        "max_distance": [NEVER],
        "break_length": [0],
        "break_window": [[0, 0]],
        "vehicle_class": [0],
        "vehicle_cost": [0],
        "layouts": [[[2]]],
        "substitutes": [[False]],
        "seconds": [np.abs(steps[:, None] - steps) * 100],
        "metres": np.abs(steps[:, None] - steps) * 1000,
        "block_gap": 0,
    } | changes
    kinds = {"exclusive": np.bool_, "compatible": np.bool_, "substitutes": np.bool_}
    return Problem(
        **{
            f.name: values[f.name] if f.name == "block_gap" else np.array(values[f.name], kinds.get(f.name, np.int32))
            for f in fields(Problem)
            if f.name in values
        }
    )  # type: ignore[arg-type]


SHARED = [0, 1, 2, 3]  # both homes, then both at the site


def begins(problem: Problem, stops: list[int], relaxed: frozenset[int] = frozenset()) -> list[int] | None:
    route = schedule_route(problem, 0, stops, relaxed)
    return None if route is None else route.begin.tolist()


def test_a_shared_run_begins_as_soon_as_the_windows_allow() -> None:
    # arrive at 1000 (window); ride ≤ 400 pulls the first pick-up to 1000 - 400 - 60 = 540, the second to 700
    assert begins(hand_made(), SHARED) == [540, 700, 1000, 1030]


def test_the_vehicle_leaves_as_late_as_its_first_stop_permits_and_comes_home() -> None:
    route = schedule_route(hand_made(), 0, SHARED, frozenset())
    assert route is not None
    assert (route.departure, route.arrival) == (440, 1030 + 30 + 300)
    assert driving(hand_made(), 0, SHARED) == 100 + 100 + 100 + 0 + 300


def test_overhead_is_added_only_when_coming_from_elsewhere() -> None:
    late = hand_made(dropoff_window=[[[0, 9000]] * 2] * 2, ride_limit=[[9000] * 2] * 2)
    assert begins(late, SHARED) == [100, 260, 260 + 60 + 100 + 50, 470 + 30]


def test_a_target_missed_by_a_second_holds_only_when_relaxed() -> None:
    tight = hand_made(ride_limit=[[149, 400], [900, 900]])  # 100 s drive + 50 s to park
    assert begins(tight, [0, 2]) is None
    assert begins(tight, [0, 2], frozenset({0})) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"layouts": [[[1]]]},
        {"exclusive": [True, False]},
        {"group": [0, 1]},
        {"compatible": [[True], [False]]},
        {"max_distance": [5999]},
    ],
)
def test_what_may_not_share_is_refused(changes: dict[str, object]) -> None:
    assert not carries(hand_made(**changes), 0, SHARED)
    assert carries(hand_made(), 0, SHARED)


def test_a_seat_may_be_taken_by_a_substitute_only() -> None:
    two = {"demand": [[1, 0], [1, 0]], "layouts": [[[1, 1]]]}
    assert not carries(hand_made(**two, substitutes=[[False, False]] * 2), 0, SHARED)
    assert carries(hand_made(**two, substitutes=[[False, True], [False, False]]), 0, SHARED)
    assert not carries(hand_made(**two, substitutes=[[False, False], [True, False]]), 0, SHARED)


def test_one_layout_carries_a_whole_run_but_may_change_between_runs() -> None:
    mixed = hand_made(demand=[[1, 0], [0, 1]], layouts=[[[1, 0], [0, 1]]], substitutes=[[False, False]] * 2)
    assert not carries(mixed, 0, SHARED)
    assert carries(mixed, 0, [0, 2, 1, 3])


def test_a_break_falls_between_runs_where_patients_wait_least() -> None:
    resting = hand_made(break_length=[600], break_window=[[0, 4000]], dropoff_window=[[[0, 9000]] * 2] * 2)
    route = schedule_route(resting, 0, [0, 2, 1, 3], frozenset())
    assert route is not None
    assert route.stops.tolist() == [0, 2, 1, 3, 4]


def test_a_break_that_fits_no_gap_refuses_the_route() -> None:
    tight = [[[1000, 1100]] * 2] * 2
    resting = hand_made(break_length=[600], break_window=[[600, 1050]], dropoff_window=tight)
    assert begins(resting, SHARED) is None


def test_clean_down_passes_between_runs_only() -> None:
    free = {"dropoff_window": [[[0, 9000]] * 2] * 2}
    plain, cleaned = begins(hand_made(**free), [0, 2, 1, 3]), begins(hand_made(**free, block_gap=77), [0, 2, 1, 3])
    assert plain is not None
    assert cleaned is not None
    assert [b - a for a, b in zip(plain, cleaned, strict=True)] == [0, 0, 77, 77]


def test_a_duration_limit_makes_the_vehicle_leave_later() -> None:
    short = hand_made(max_duration=[830])  # 600 s of driving, 180 s of service, 50 s to park
    route = schedule_route(short, 0, SHARED, frozenset())
    assert route is not None
    assert route.arrival - route.departure == 830
    assert schedule_route(hand_made(max_duration=[829]), 0, SHARED, frozenset()) is None


@pytest.mark.parametrize("stops", [[2, 0], [0], [0, 1, 2], [0, 2, 2], [0, 0, 2, 2], [0, 3, 1, 2]])
def test_broken_sequences_are_refused(stops: list[int]) -> None:
    assert schedule_route(hand_made(), 0, stops, frozenset()) is None


def test_blocks_are_cut_where_nobody_is_aboard() -> None:
    assert list(blocks([0, 2, 1, 3], 2)) == [[0, 2], [1, 3]]
    assert list(blocks(SHARED, 2)) == [SHARED]


@pytest.mark.parametrize(
    ("name", "value"), [("group", [0]), ("pickup_location", [1, 4]), ("shift", [[0, 1, 2]]), ("start_location", [-1])]
)
def test_arrays_that_do_not_fit_together_are_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        hand_made(**{name: value})
