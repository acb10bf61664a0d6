"""A day's travel by road: places found, far ones told, strangers refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pts_optimiser.domain.errors import TravelTimesError
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.network_travel import network_travel, off_road_issues
from pts_optimiser.planning.places import Places
from tests.geodata.roads import grid

DAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    grid(10, 10).save(tmp_path / "net")
    return tmp_path / "net"


def places(*points: tuple[float, float]) -> Places:
    lat, lon = np.array(points).T
    return Places({p: k for k, p in enumerate(points)}, tuple(f"place {k}" for k in range(len(points))), lat, lon)


def test_every_band_of_the_policy_has_its_times(folder: Path, policy: Policy) -> None:
    found = network_travel(folder, places((52.4, -1.9), (52.41, -1.88)), policy, DAY)
    night, morning = found.times.seconds[0, 0, 1], found.times.seconds[1, 0, 1]
    assert found.times.seconds.shape == (len(policy.traffic.band_starts), 2, 2)
    assert 0 < night < morning
    assert not list(off_road_issues(found, places((52.4, -1.9), (52.41, -1.88)), "net"))


def test_a_place_far_from_its_road_is_used_and_told(folder: Path, policy: Policy) -> None:
    where = places((52.4, -1.9), (52.382, -1.9))
    found = network_travel(folder, where, policy, DAY)
    [issue] = off_road_issues(found, where, "net")
    assert issue.code == "far_from_road"
    assert "place 1 (2.0 km)" in issue.message
    assert found.times.metres[0, 1] >= 2_000


def test_a_place_outside_the_network_is_an_error_that_names_it(folder: Path, policy: Policy) -> None:
    with pytest.raises(TravelTimesError, match=r"1 of the day's 2 places .* place 1 \(\d+\.\d km\)"):
        network_travel(folder, places((52.4, -1.9), (53.4, -2.9)), policy, DAY)


def test_no_network_is_an_error(tmp_path: Path, policy: Policy) -> None:
    with pytest.raises(TravelTimesError, match="no road network here"):
        network_travel(tmp_path, places((52.4, -1.9)), policy, DAY)
