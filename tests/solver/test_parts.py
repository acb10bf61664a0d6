"""Rows are covered once, whether few or many."""

from __future__ import annotations

import pytest

from solver.kernels.parts import FEW, in_parts


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 10 * FEW + 3])
def test_every_row_is_covered_once(count: int) -> None:
    seen: list[int] = []
    in_parts(lambda first, end: seen.extend(range(first, end)), count)
    assert sorted(seen) == list(range(count))
