from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.shares import thinned
from pts_optimiser.study.travel_store import shared_travel, travel_of
from tests.study.days import little

POLICY = load_policy()


def test_shared_times_are_those_of_the_day_itself(tmp_path: Path) -> None:
    whole = little()
    part = StudyDay(whole.service_date, thinned(whole.journeys, 0.5), whole.duties[::2])
    for _ in range(2):  # made, then mapped
        found, own = shared_travel(whole, part, POLICY, None, tmp_path), travel_of(part, POLICY, None)
        for name in ("lat", "lon", "seconds", "metres", "band_start_s"):
            assert np.array_equal(getattr(found, name), getattr(own, name)), name
        assert found.model == own.model
    assert len(list(tmp_path.iterdir())) == 1


def test_other_traffic_has_times_of_its_own(tmp_path: Path) -> None:
    whole = little()
    shared_travel(whole, whole, POLICY, None, tmp_path)
    slower = {road: tuple(0.5 * f for f in factors) for road, factors in POLICY.traffic.speed_factors.items()}
    jam = replace(POLICY, traffic=replace(POLICY.traffic, speed_factors=slower))
    found = shared_travel(whole, whole, jam, None, tmp_path)
    assert np.array_equal(found.seconds, travel_of(whole, jam, None).seconds)


def test_a_machine_without_the_folder_makes_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    whole = little()
    found = shared_travel(whole, whole, POLICY, None, tmp_path / "file" / "travel")
    assert np.array_equal(found.seconds, travel_of(whole, POLICY, None).seconds)


def test_places_that_only_a_scenario_has_are_served_too(tmp_path: Path) -> None:
    whole = little()
    moved = StudyDay(whole.service_date, whole.journeys, (replace(whole.duties[0], base_lat=52.601),))
    found = shared_travel(whole, moved, POLICY, None, tmp_path)
    assert np.array_equal(found.seconds, travel_of(moved, POLICY, None).seconds)


@pytest.mark.parametrize("file", ["seconds.npy", "lat.npy", "meta.json"])
@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b[:-9] + bytes(9), lambda _: b""])
def test_damaged_times_are_made_anew(tmp_path: Path, file: str, damage: Callable[[bytes], bytes]) -> None:
    whole = little()
    good = shared_travel(whole, whole, POLICY, None, tmp_path)
    [folder] = tmp_path.iterdir()
    (folder / file).write_bytes(damage((folder / file).read_bytes()))
    found = shared_travel(whole, whole, POLICY, None, tmp_path)
    assert np.array_equal(found.seconds, good.seconds)
    assert np.array_equal(found.lat, good.lat)
