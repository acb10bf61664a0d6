"""``solve`` on public instances: verified, and near the best known cost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pts_optimiser.planning.day import Search
from pts_optimiser.services.solve import solve_instance

INSTANCES = Path(os.environ.get("PTS_INSTANCES", Path(__file__).parents[3] / "shared" / "instances"))
given = pytest.mark.skipif(not INSTANCES.is_dir(), reason="no instances: set PTS_INSTANCES to their folder")


@given
@pytest.mark.parametrize("name", ["a2-16", "a3-24", "b2-20", "b3-18"])
def test_small_instances_are_solved_to_the_proven_optimum(name: str) -> None:
    path = INSTANCES / "darp_cordeau_2006" / f"{name}.txt"
    solved = solve_instance(path, "cordeau", Search(iterations=8_000, workers=1), lambda _progress: None)
    assert solved.feasible
    assert solved.gap_percent is not None
    assert abs(solved.gap_percent) < 0.01


@given
@pytest.mark.parametrize(
    ("folder", "name", "format_name"),
    [
        ("darp_cordeau_laporte_2003", "pr01", "cordeau"),
        ("darp_cordeau_laporte_2003", "pr11", "cordeau"),
        ("mdhdarp_malheiros_2021", "a9-72hetIUY", "mdhdarp"),
    ],
)
def test_other_sets_are_feasible_in_doubles(folder: str, name: str, format_name: str) -> None:
    path = INSTANCES / folder / f"{name}.txt"
    solved = solve_instance(path, format_name, Search(iterations=4_000, workers=1), lambda _progress: None)
    assert solved.problems == ()
    assert solved.served == solved.requests
    if solved.gap_percent is not None:
        assert -0.01 < solved.gap_percent < 4
