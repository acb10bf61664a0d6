"""The rules of the day: what is frozen, promised, locked or aboard stays so, and what is lost does nothing."""

from __future__ import annotations

from dataclasses import replace

from pts_optimiser.checking import Code
from pts_optimiser.domain.day_rules import Promise

from . import town
from .builder import Scenario, scenario
from .damage import Damage, damage, each, each_sound, entry, followed, in_entry, in_roster, in_stop, shifted
from .replans import NOW, cut, driven, j6_at, line, replan, rules, without_j6, without_j10


def d5_sets_out(seconds_after_eight: int) -> Scenario:
    """J13 by D5, which is free at its base from 09:25, 5,100 s after its shift began."""
    case = driven((), D5="+J13/0@10:15 -J13/0 break@11:15")
    return followed(case, "D5", 0, seconds_after_eight, until=1)


def collected(j3: str) -> Scenario:
    """J3, promised for 12:05, is collected at another time, and J4 after it."""
    return driven(**line("D1", "+J3/1@12:05", f"+J3/1@{j3}"))


def d2_lost() -> Scenario:
    """As it stands when D2 was lost on its way out."""
    return cut(scenario(unserved=("J13", "J5", "J6")), "D2", 1)


def nine_stays_aboard() -> Scenario:
    return driven(("J13", "J10"), D3="+J7/0@06:55 -J7/0 +J8/0@09:10 +J9/0 -J8/0")


def without_d3() -> Scenario:
    case = scenario(unserved=("J13", "J10"))
    return in_roster(case, duties=tuple(duty for duty in case.roster.duties if duty.duty_id != "D3"))


DAMAGES: list[Damage] = [
    damage(
        "a stop made began at another time",
        lambda: replan(shifted(scenario(), "D1", 3, 60, "begin_at"), scenario()),
        Code.FROZEN_STOP,
    ),
    damage(
        "a stop made was somewhere else",
        lambda: replan(in_stop(scenario(), "D1", 3, lat=53.0), scenario()),
        Code.FROZEN_STOP,
        Code.COORDINATES,
    ),
    damage(
        "a stop made was farther away",
        lambda: replan(in_entry(in_stop(scenario(), "D1", 3, travel_m=9000), "D1", drive_m=29526), scenario()),
        Code.FROZEN_STOP,
    ),
    damage(
        "the stop that the vehicle drives to gives way to another",
        lambda: replan(driven(**line("D3", "-J8/0 -J9/0", "-J9/0 -J8/0")), scenario()),
        Code.FROZEN_STOP,
        Code.ABOARD_LEFT,
    ),
    damage(
        "a duty that is out is no longer there",
        lambda: replan(without_d3(), scenario()),
        Code.FROZEN_STOP,
        Code.ABOARD_LEFT,
        Code.LOST_JOURNEY,
        Code.LEFT_OUT,
    ),
    damage("a duty sets out a second before now", lambda: replan(d5_sets_out(5099), scenario()), Code.PAST_STOP),
    damage("work for a lost duty", lambda: replan(scenario(), d2_lost(), lost=frozenset({"D2"})), Code.LOST_DUTY),
    damage(
        "a patient stays aboard",
        lambda: replan(nine_stays_aboard(), without_j10()),
        Code.ABOARD_LEFT,
        Code.NO_DROPOFF,
        Code.BREAK_MISSING,
    ),
    damage("a journey loses its place", lambda: replan(without_j10(), scenario()), Code.LEFT_OUT),
    damage("a vehicle that is out has no end", lambda: replan(d2_lost(), scenario()), Code.END_STOP, Code.LEFT_OUT),
    damage("a locked journey is on another duty", lambda: replan(locks={"J10": "D1"}), Code.LOCK),
    damage(
        "a transfer is picked up a second too early", lambda: replan(j6_at("12:04:59"), scenario()), Code.PROMISE_EARLY
    ),
    damage("a patient waits a second too long", lambda: replan(collected("12:35:01"), scenario()), Code.PROMISE_LATE),
    damage(
        "a patient waits a second longer than as it stood",
        lambda: replan(collected("12:50:01"), collected("12:50")),
        Code.PROMISE_LATE,
    ),
]


@each(DAMAGES)
def test_what_no_replan_may_change_is_named(case: Damage):
    assert case.make().codes() == case.codes


@each_sound(
    {
        "another journey by an idle duty": lambda: replan(d5_sets_out(5100), scenario()),
        "a promise kept by a quarter of an hour early": lambda: replan(j6_at("12:05"), scenario()),
        "a promise kept by half an hour late": lambda: replan(collected("12:35"), scenario()),
        "later than promised, but sooner than it stood": lambda: replan(collected("12:45"), collected("12:50")),
        "as late as it stood": lambda: replan(collected("12:50"), collected("12:50")),
        "a lock kept": lambda: replan(locks={"J10": "D3"}),
        "a lost duty left alone": lambda: replan(before=d2_lost(), lost=frozenset({"D2"})),
    }
)
def test_a_replan_that_keeps_the_rules_passes(make):
    assert make().violations() == []


def test_a_journey_without_a_place_may_come_late_but_not_early():
    late = driven(**line("D3", "+J10/0@12:30", "+J10/0@13:01"))
    assert replan(late, scenario()).codes() == {Code.PROMISE_LATE}
    assert replan(late, without_j10()).codes() == set()
    assert replan(j6_at("12:00"), without_j6()).codes() == {Code.PROMISE_EARLY}


def test_an_outward_patient_may_be_collected_early():
    promised = rules().promises | {"J3": Promise(town.at("12:50"), town.at("13:20"))}
    assert replan(scenario(), collected("12:50"), promises=promised).codes() == set()


def test_a_duty_that_is_out_with_nothing_left_to_do_goes_home():
    case, home = d2_lost(), entry(scenario(), "D2").stops[-1]
    back = replace(home, arrive_at=NOW, begin_at=NOW, depart_at=NOW, travel_s=5100, travel_m=0)
    stops = (*entry(case, "D2").stops, back)
    assert replan(before=in_entry(case, "D2", stops=stops, drive_s=5100)).codes() == set()
