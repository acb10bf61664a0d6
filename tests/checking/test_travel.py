from dataclasses import replace

import numpy as np
import pytest

from pts_optimiser.checking import Code
from pts_optimiser.domain.journey import PlaceKind

from . import town
from .builder import Scenario, scenario
from .damage import Damage, damage, each, entry, in_entry, in_stop, input_duty, input_journey, shifted

LEG = (Code.TRAVEL_TIME, Code.TRAVEL_DISTANCE, Code.DRIVE_TIME, Code.DRIVE_DISTANCE, Code.ARRIVAL)


def total(name: str, change: int) -> Scenario:
    good = scenario()
    return in_entry(good, "D1", **{name: getattr(entry(good, "D1"), name) + change})


def quicker(seconds: int) -> Scenario:
    """Duty D2 claims a quicker leg to stop 3, in every figure."""
    case = shifted(scenario(), "D2", 3, -seconds, "arrive_at")
    case = in_stop(case, "D2", 3, travel_s=entry(case, "D2").stops[3].travel_s - seconds)
    return in_entry(case, "D2", drive_s=entry(case, "D2").drive_s - seconds)


def break_at_base() -> Scenario:
    """Duty D4 takes its break at the base, to which it has not driven."""
    case = in_stop(scenario(), "D4", 5, location=0, lat=town.LAT["base"], lon=town.LON["base"])
    leg = entry(case, "D4").stops[6]
    case = in_stop(shifted(case, "D4", 6, -leg.travel_s, "arrive_at", "begin_at", "depart_at"), "D4", 6, travel_s=0)
    case = in_stop(case, "D4", 6, travel_m=0)
    duty = entry(case, "D4")
    return in_entry(case, "D4", drive_s=duty.drive_s - leg.travel_s, drive_m=duty.drive_m - leg.travel_m)


def banded(*starts: int) -> Scenario:
    good = scenario()
    arrays = {"band_start_s": np.array(starts), "seconds": good.travel.seconds[: len(starts)]}
    return replace(good, travel=replace(good.travel, **arrays))


DAMAGES = [
    damage("location past the travel times", lambda: in_stop(scenario(), "D2", 4, location=9), Code.LOCATION),
    damage("negative location", lambda: in_stop(scenario(), "D2", 4, location=-1), Code.LOCATION),
    damage(
        "another location",
        lambda: in_stop(scenario(), "D2", 4, location=3),
        Code.COORDINATES,
        Code.PLACE,
        *LEG,
        Code.BEGIN_BEFORE_ARRIVAL,
        Code.SITE_OVERHEAD,
    ),
    damage("latitude", lambda: in_stop(scenario(), "D2", 4, lat=town.LAT["unit"] + 2e-6), Code.COORDINATES),
    damage("longitude", lambda: in_stop(scenario(), "D2", 4, lon=town.LON["unit"] - 2e-6), Code.COORDINATES),
    damage("latitude is no number", lambda: in_stop(scenario(), "D2", 4, lat=float("nan")), Code.COORDINATES),
    damage(
        "picked up elsewhere",
        lambda: input_journey(scenario(), "J6", pickup=town.place("a", PlaceKind.ACUTE)),
        Code.PLACE,
    ),
    damage(
        "dropped off elsewhere",
        lambda: input_journey(scenario(), "J6", dropoff=town.place("a", PlaceKind.SITE)),
        Code.PLACE,
    ),
    damage("another base", lambda: input_duty(scenario(), "D2", base_lon=town.LON["base"] + 2e-6), Code.PLACE),
    damage("break elsewhere", break_at_base, Code.PLACE),
    damage("band of a pickup", lambda: in_stop(scenario(), "D2", 3, band=3), Code.BAND),
    damage("band of the start", lambda: in_stop(scenario(), "D2", 0, band=2), Code.BAND),
    damage("band of a break", lambda: in_stop(scenario(), "D1", 5, band=2), Code.BAND),
    damage("band of the end", lambda: in_stop(scenario(), "D2", 5, band=-1), Code.BAND),
    damage(
        "an anchor more than an hour off",
        lambda: in_stop(scenario(), "D2", 3, anchor_at=town.at("13:20:01")),
        Code.ANCHOR,
    ),
    damage(
        "a break with an anchor of its own",
        lambda: in_stop(scenario(), "D1", 5, anchor_at=town.at("11:15")),
        Code.ANCHOR,
    ),
    damage(
        "band of another anchor",
        lambda: in_stop(scenario(), "D3", 4, anchor_at=town.at("09:30")),
        Code.BAND,
        Code.TRAVEL_TIME,
        Code.DRIVE_TIME,
        Code.ARRIVAL,
        Code.SITE_OVERHEAD,
    ),
    damage(
        "one second less travel",
        lambda: in_stop(scenario(), "D2", 3, travel_s=830),
        Code.TRAVEL_TIME,
    ),
    damage("one second less travel, kept up", lambda: quicker(1), Code.TRAVEL_TIME, Code.ARRIVAL, Code.DRIVE_TIME),
    damage("one metre less", lambda: in_stop(scenario(), "D2", 3, travel_m=6212), Code.TRAVEL_DISTANCE),
    damage("travel to a break", lambda: in_stop(scenario(), "D1", 5, travel_s=1), Code.TRAVEL_TIME),
    damage("distance to a break", lambda: in_stop(scenario(), "D1", 5, travel_m=1), Code.TRAVEL_DISTANCE),
    damage("travel to the start", lambda: in_stop(scenario(), "D1", 0, travel_s=1), Code.TRAVEL_TIME),
    damage("driving time too low", lambda: total("drive_s", -1), Code.DRIVE_TIME),
    damage("driven metres too many", lambda: total("drive_m", 1), Code.DRIVE_DISTANCE),
    damage("range exceeded by a metre", lambda: input_duty(scenario(), "D3", range_km=28.051), Code.RANGE),
    damage("band starts", lambda: banded(0, 23400, 34200, 54000, 66660, 72000), Code.TRAFFIC_BANDS),
]


@each(DAMAGES)
def test_damage_to_the_travel_figures_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_a_day_of_one_band_is_not_a_day_of_six():
    codes = banded(0).codes()
    assert {Code.TRAFFIC_BANDS, Code.BAND, Code.TRAVEL_TIME} <= codes
    assert Code.TRAVEL_DISTANCE not in codes


def test_the_whole_range_may_be_driven():
    assert input_duty(scenario(), "D3", range_km=28.052).codes() == set()


@pytest.mark.parametrize("shift", [-0.9e-6, 0.9e-6])
def test_coordinates_may_differ_by_less_than_a_millionth_of_a_degree(shift: float):
    case = in_stop(scenario(), "D2", 4, lat=town.LAT["unit"] + shift, lon=town.LON["unit"] + shift)
    assert input_duty(case, "D2", base_lat=town.LAT["base"] + shift).codes() == set()


def test_an_anchor_within_an_hour_decides_the_band():
    moved = in_stop(scenario(), "D2", 3, anchor_at=town.at("13:20"))
    assert moved.codes() == set()
