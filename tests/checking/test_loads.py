from dataclasses import replace

import pytest

from pts_optimiser.checking import Code
from pts_optimiser.domain.policy import Layout

from . import town
from .builder import PLAN, Scenario, scenario
from .damage import Damage, damage, each, entry, in_entry, in_stop, planned, with_journey

ONE_WHEELCHAIR_LAYOUT = "+J1/1@08:00 +J2/1 -J1/1 -J2/1 break@11:15 +J3/1@12:05 +J4/1@12:10 -J4/1 -J3/1"


def miscounted(name: str, change: int) -> Scenario:
    good = scenario()
    aboard = entry(good, "D1").stops[7].aboard
    return in_stop(good, "D1", 7, aboard=replace(aboard, **{name: getattr(aboard, name) + change}))


def relaid(layout: int | None, *positions: int) -> Scenario:
    case = scenario()
    for position in positions:
        case = in_stop(case, "D2", position, layout=layout)
    return case


def minibus(*layouts: Layout, substitutes: frozenset[str] = frozenset(), plan: str = PLAN["D1"]) -> Scenario:
    """The good roster on a minibus of other layouts."""
    policy = town.policy()
    types = {**policy.vehicle_types, "minibus": replace(policy.vehicle_types["minibus"], layouts=layouts)}
    return scenario({**PLAN, "D1": plan}, policy=replace(policy, vehicle_types=types, substitutes=substitutes))


def ambulance(layout: Layout) -> Scenario:
    policy = town.policy()
    types = {**policy.vehicle_types, "ambulance": replace(policy.vehicle_types["ambulance"], layouts=(layout,))}
    return scenario(policy=replace(policy, vehicle_types=types))


DAMAGES = [
    damage("layout that the vehicle has not", lambda: relaid(1, 1, 2, 3, 4), Code.LAYOUT),
    damage("negative layout", lambda: relaid(-1, 1, 2, 3, 4), Code.LAYOUT),
    damage("no layout in a run", lambda: relaid(None, 1, 2, 3, 4), Code.LAYOUT),
    damage("layout at the start", lambda: relaid(0, 0), Code.LAYOUT),
    damage("layout at a break", lambda: in_stop(scenario(), "D1", 5, layout=0), Code.LAYOUT),
    damage("layout at the end", lambda: relaid(0, 5), Code.LAYOUT),
    damage(
        "layout switched in mid-run",
        lambda: planned(
            D3="+J7/0@06:55 -J7/0 +J8/0@09:10 +J9/1 -J8/1 -J9/1 break@10:30 +J10/0@12:30 -J10/0",
        ),
        Code.LAYOUT_SWITCHED,
    ),
    damage("layout switched at the last stop", lambda: in_stop(scenario(), "D1", 4, layout=1), Code.LAYOUT_SWITCHED),
    damage("one layout change too many", lambda: in_entry(scenario(), "D1", layout_changes=2), Code.LAYOUT_CHANGES),
    damage("a layout change forgotten", lambda: in_entry(scenario(), "D1", layout_changes=0), Code.LAYOUT_CHANGES),
    damage("seats exceeded by the layout", lambda: planned(D1=ONE_WHEELCHAIR_LAYOUT), Code.OVER_SEATS),
    damage("seats exceeded by an escort", lambda: with_journey("J2", escorts=3), Code.OVER_SEATS),
    damage("escort of a wheelchair user without a seat", lambda: with_journey("J3", escorts=3), Code.OVER_SEATS),
    damage(
        "wheelchair in a layout without",
        lambda: planned(D1=PLAN["D1"].replace("/1", "/0")),
        Code.OVER_WHEELCHAIRS,
    ),
    damage("two wheelchairs on one place", lambda: with_journey("J4", mobility="wheelchair"), Code.OVER_WHEELCHAIRS),
    damage("stretcher without a place", lambda: ambulance(Layout(seats=2)), Code.OVER_STRETCHERS),
    damage("seat user without a seat", lambda: ambulance(Layout(stretchers=2)), Code.OVER_SEATS),
    *(
        damage(f"{name} aboard off by {change:+}", lambda n=name, c=change: miscounted(n, c), Code.ABOARD)
        for name in ("parties", "seats", "wheelchairs", "stretchers")
        for change in (-1, 1)
    ),
    damage(
        "seat user on a wheelchair place that the policy does not lend",
        lambda: minibus(Layout(seats=2, wheelchairs=2), Layout(seats=2, wheelchairs=1)),
        Code.OVER_SEATS,
    ),
    damage(
        "seat user on a wheelchair place when only stretchers are lent",
        lambda: minibus(
            Layout(seats=2, wheelchairs=2), Layout(seats=2, wheelchairs=1), substitutes=frozenset({"stretcher"})
        ),
        Code.OVER_SEATS,
    ),
    damage(
        "seat user on a wheelchair place that is taken",
        lambda: minibus(Layout(seats=4), Layout(wheelchairs=1), substitutes=frozenset({"wheelchair"})),
        Code.OVER_SEATS,
    ),
    damage(
        "wheelchair user on a stretcher place",
        lambda: minibus(Layout(seats=4), Layout(seats=1, stretchers=2), substitutes=frozenset({"stretcher"})),
        Code.OVER_WHEELCHAIRS,
    ),
    damage(
        "lacking wheelchair places take no seats away",
        lambda: minibus(Layout(seats=4), Layout(seats=1), substitutes=frozenset({"wheelchair"})),
        Code.OVER_WHEELCHAIRS,
    ),
]


@each(DAMAGES)
def test_damage_to_the_loads_is_named(case: Damage):
    assert case.make().codes() == case.codes


@pytest.mark.parametrize("place", ["wheelchair", "stretcher"])
def test_seat_users_and_escorts_take_free_places_that_the_policy_lends(place: str):
    lent = Layout(seats=2, wheelchairs=1) if place == "wheelchair" else Layout(seats=2, stretchers=1)
    good = minibus(lent, Layout(seats=2, wheelchairs=1), substitutes=frozenset({place}))
    assert good.codes() == set()


def test_a_full_layout_passes():
    assert with_journey("J2", escorts=2).codes() == set()
    assert with_journey("J2", escorts=3).codes() == {Code.OVER_SEATS}


def test_the_duty_not_the_roster_says_which_layouts_there_are():
    assert in_entry(scenario(), "D1", vehicle_type="ambulance").codes() == {Code.VEHICLE_TYPE}
