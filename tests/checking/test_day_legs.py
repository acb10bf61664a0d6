"""Legs of a day under way: the next begins where and when the vehicle is free, no sooner, and takes no longer."""

from __future__ import annotations

from datetime import timedelta

from pts_optimiser.checking import Code
from pts_optimiser.domain.day_rules import FreeFrom

from . import town
from .builder import scenario
from .damage import Damage, damage, each, each_sound, entry, in_entry, in_stop
from .replans import NOW, Replan, replan, rules, thirteen_by_d1


def turned(early: int = 0) -> Replan:
    """D1, half-way from the hospital to c at 09:25, turns to f for J13, some seconds quicker than it can."""
    case, left = thirteen_by_d1(), entry(scenario(), "D1").stops[4]
    table = case.travel.seconds[left.band]
    drive = round(0.5 * table[1, 8] + 0.5 * table[5, 8]) - early
    idle = round((NOW - left.depart_at).total_seconds())
    more = idle + drive - entry(case, "D1").stops[5].travel_s
    case = in_stop(case, "D1", 5, travel_s=idle + drive, arrive_at=NOW + timedelta(seconds=drive))
    case = in_entry(case, "D1", drive_s=entry(case, "D1").drive_s + more)
    free = rules().free | {"D1": FreeFrom(NOW, 1, 5, 0.5)}
    return replan(case, scenario(), free=free)


def thirty_seconds_in_the_ward(*free: int | float) -> Replan:
    """J5 boards 30 s after D2's arrival at the hospital; parking and finding the way in take 240 s."""
    case = in_stop(scenario(), "D2", 1, travel_s=7470, arrive_at=town.at("10:04:30"))
    case = in_entry(case, "D2", drive_s=entry(case, "D2").drive_s + 7470 - 475)
    return replan(case, scenario(), free=rules().free | {"D2": FreeFrom(NOW, *free)})


def break_on_the_way() -> Replan:
    """D1, half-way from the hospital to c at 09:25, takes its break there."""
    case = in_stop(scenario(), "D1", 5, travel_s=3229, arrive_at=NOW)
    case = in_entry(case, "D1", drive_s=entry(case, "D1").drive_s + 3229)
    return replan(case, scenario(), free=rules().free | {"D1": FreeFrom(NOW, 1, 5, 0.5)})


DAMAGES: list[Damage] = [
    damage(
        "a vehicle leaves a second before it is free",
        lambda: replan(thirteen_by_d1("09:24:59"), scenario()),
        Code.ARRIVAL,
        Code.TRAVEL_TIME,
        Code.DRIVE_TIME,
    ),
    damage(
        "a vehicle that turns is a second too quick",
        lambda: turned(early=1),
        Code.ARRIVAL,
        Code.TRAVEL_TIME,
        Code.DRIVE_TIME,
    ),
    damage(
        "the leg after the first ahead is a second too long",
        lambda: replan(in_stop(scenario(), "D2", 2, travel_s=831), scenario()),
        Code.TRAVEL_TIME,
    ),
    damage("no time to find the way in", lambda: thirty_seconds_in_the_ward(0), Code.SITE_OVERHEAD),
    damage(
        "no time to find the way in after turning back",
        lambda: thirty_seconds_in_the_ward(1, 7, 0.5),
        Code.SITE_OVERHEAD,
    ),
]


@each(DAMAGES)
def test_a_leg_of_another_time_than_it_takes_is_named(case: Damage):
    assert case.make().codes() == case.codes


@each_sound(
    {
        "another journey on the way": lambda: replan(thirteen_by_d1(), scenario()),
        "which leaves a little later": lambda: replan(thirteen_by_d1("09:27"), scenario()),
        "which turns on its way": turned,
        "a break on the way": break_on_the_way,
        "in the ward already": lambda: thirty_seconds_in_the_ward(1),
    }
)
def test_a_leg_from_where_and_when_the_vehicle_is_free_passes(make):
    assert make().violations() == []
