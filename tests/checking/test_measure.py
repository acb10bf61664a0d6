from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pts_optimiser.checking.measure import measure
from pts_optimiser.domain.journey import Direction
from pts_optimiser.domain.roster import StopKind

from . import town

YARDSTICK = measure(town.DAY, town.travel())
INWARD, OUTWARD, TRANSFER = Direction.INWARD, Direction.OUTWARD, Direction.TRANSFER


def test_elapsed_seconds_count_from_local_midnight():
    assert YARDSTICK.elapsed(town.at("00:00")) == 0
    assert YARDSTICK.elapsed(town.at("08:30:01")) == 30601
    assert YARDSTICK.elapsed(town.at("+00:00:01")) == 86401
    assert YARDSTICK.elapsed(datetime(2026, 2, 2, 23, 59, tzinfo=UTC)) == -60


def test_a_naive_moment_is_london_time():
    assert YARDSTICK.elapsed(town.at("08:30").replace(tzinfo=None)) == 30600


@pytest.mark.parametrize(
    ("anchor", "band"),
    [(-1, 0), (0, 0), (23399, 0), (23400, 1), (34200, 2), (53999, 2), (54000, 3), (72000, 5), (100000, 5)],
)
def test_the_band_is_the_last_that_has_begun(anchor: int, band: int):
    assert YARDSTICK.band(anchor) == band


def test_before_the_first_band_it_is_the_first():
    late = measure(town.DAY, replace(town.travel(), band_start_s=town.travel().band_start_s + 600))
    assert late.band(599) == 0


@pytest.mark.parametrize(
    ("direction", "pickup", "dropoff"),
    [(INWARD, "11:00", "12:00"), (OUTWARD, "14:30", "15:30"), (TRANSFER, "11:00", "12:00")],
)
def test_anchors(direction: Direction, pickup: str, dropoff: str):
    plain = town.journey("J1", direction, town.HOSPITAL, town.UNIT, "14:00")
    both = replace(plain, appointment_at=town.at("12:00"), ready_at=town.at("14:00"))
    assert YARDSTICK.anchor(StopKind.PICKUP, both) == YARDSTICK.elapsed(town.at(pickup))
    assert YARDSTICK.anchor(StopKind.DROPOFF, both) == YARDSTICK.elapsed(town.at(dropoff))


def test_a_transfer_without_appointment_is_anchored_as_outward():
    plain = town.journey("J1", TRANSFER, town.HOSPITAL, town.UNIT, "14:00")
    assert YARDSTICK.anchor(StopKind.PICKUP, plain) == YARDSTICK.elapsed(town.at("14:30"))


def test_a_journey_without_times_has_no_anchor():
    plain = replace(town.journey("J1", OUTWARD, town.HOSPITAL, town.UNIT, "14:00"), ready_at=None)
    assert YARDSTICK.anchor(StopKind.PICKUP, plain) is None


def test_a_leg_goes_from_the_first_to_the_second_location():
    assert YARDSTICK.leg(2, 1, 4) == (200 + 10 + 410, 4100)
    assert YARDSTICK.leg(0, 4, 1) == (200 + 411, 4113)


@pytest.mark.parametrize("leg", [(-1, 0, 1), (6, 0, 1), (0, -1, 1), (0, 0, 9)])
def test_a_leg_outside_the_travel_times_is_not_known(leg: tuple[int, int, int]):
    assert YARDSTICK.leg(*leg) is None
