"""Loading the kernels ahead of need."""

from __future__ import annotations

from solver.engine import solve
from solver.kernels import recreate, search
from solver.ready import load_kernels, trifle


def test_the_trifle_is_a_problem_that_can_be_solved() -> None:
    solution = solve(trifle(), iterations=50)
    assert len(solution.unserved) == 0


def test_what_the_search_calls_is_loaded_for_travel_times_of_16_bits() -> None:
    load_kernels()
    for entry in (recreate.try_alone, recreate.construct, search.anneal):
        assert any("int16" in str(signature) for signature in entry.signatures)
