"""What is said about travel times that look wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geodata import TravelTimes
from pts_optimiser.domain.issue import Severity
from pts_optimiser.planning.places import Places
from pts_optimiser.planning.travel_findings import travel_findings

PLACES = Places({}, ("base of duty D1", "pick-up of journey J1"), np.array([52.0, 52.1]), np.array([-2.0, -2.0]))
TRAVEL = TravelTimes(  # 11.1 km apart
    lat=PLACES.lat,
    lon=PLACES.lon,
    seconds=np.array([[[0, 900], [900, 0]]] * 2, np.uint16),
    metres=np.array([[0, 14_000], [14_000, 0]], np.int32),
    band_start_s=np.array([0, 40_000], np.int32),
    model="test",
)


def findings(travel: TravelTimes) -> dict[str, str]:
    found = travel_findings(travel, PLACES, "mine.npz")
    assert all(issue.severity is Severity.WARNING and issue.file == "mine.npz" for issue in found)
    return {issue.code: issue.message for issue in found}


def with_leg(seconds: int | None = None, metres: int | None = None) -> TravelTimes:
    """The leg from the base to the patient changed, its time in the second band only."""
    times, distances = TRAVEL.seconds.copy(), TRAVEL.metres.copy()
    if seconds is not None:
        times[1, 0, 1] = seconds
    if metres is not None:
        distances[0, 1] = metres
    return replace(TRAVEL, seconds=times, metres=distances)


def test_ordinary_times_are_not_remarked_upon() -> None:
    assert findings(TRAVEL) == {}


def test_no_way_in_one_band_is_told_with_an_example() -> None:
    found = findings(with_leg(seconds=65_535))
    assert list(found) == ["unreachable_places"]
    assert "1 of 4 drives" in found["unreachable_places"]
    assert "from the base of duty D1 to the pick-up of journey J1" in found["unreachable_places"]


@pytest.mark.parametrize(
    "travel", [with_leg(seconds=300), with_leg(seconds=12_000), with_leg(seconds=0), with_leg(metres=10_500)]
)
def test_drives_that_nobody_can_drive_are_told(travel: TravelTimes) -> None:
    assert list(findings(travel)) == ["implausible_travel"]


@pytest.mark.parametrize("travel", [with_leg(seconds=310), with_leg(seconds=11_500), with_leg(metres=11_000)])
def test_what_is_only_unusual_is_let_pass(travel: TravelTimes) -> None:
    assert findings(travel) == {}


def test_neighbours_are_not_judged_by_their_speed() -> None:
    near = replace(with_leg(seconds=0, metres=0), lat=np.array([52.0, 52.005]))
    assert findings(near) == {}
