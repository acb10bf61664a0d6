"""The rules of the day: labelled damage to a good re-plan, what is excused, and what is not judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pts_optimiser.checking import Code, Violation
from pts_optimiser.domain.day_rules import FreeFrom, Promise
from pts_optimiser.domain.roster import Aboard, Roster

from . import town
from .builder import PLAN, Scenario, scenario
from .damage import Damage, damage, each, entry, followed, in_entry, in_roster, in_stop, shifted
from .replans import FROZEN, NOW, Replan, cut, driven, replan, rules, thirteen_by_d1
from .test_referee import FIELDS, GOOD, changed, damaged_rosters


def line(duty_id: str, old: str, new: str) -> dict[str, str]:
    assert old in PLAN[duty_id]
    return {duty_id: PLAN[duty_id].replace(old, new)}


def d5_sets_out(seconds_after_eight: int) -> Scenario:
    """J13 by D5, which is free at its base from 09:25, 5,100 s after its shift began."""
    case = driven((), D5="+J13/0@10:15 -J13/0 break@11:15")
    return followed(case, "D5", 0, seconds_after_eight, until=1)


def collected(j3: str) -> Scenario:
    """J3, promised for 12:05, is collected at another time, and J4 after it."""
    return driven(**line("D1", "+J3/1@12:05", f"+J3/1@{j3}"))


def j6_at(time: str) -> Scenario:
    """J6, a transfer to an appointment, promised for 12:20."""
    return driven(**line("D2", "+J6/0@12:20", f"+J6/0@{time}"))


def without_j10() -> Scenario:
    return driven(("J13", "J10"), **line("D3", " +J10/0@12:30 -J10/0", ""))


def d2_lost() -> Scenario:
    """As it stands when D2 was lost on its way out."""
    return cut(scenario(unserved=("J13", "J5", "J6")), "D2", 1)


def nine_stays_aboard() -> Scenario:
    return driven(("J13", "J10"), D3="+J7/0@06:55 -J7/0 +J8/0@09:10 +J9/0 -J8/0")


def without_d3() -> Scenario:
    case = scenario(unserved=("J13", "J10"))
    return in_roster(case, duties=tuple(duty for duty in case.roster.duties if duty.duty_id != "D3"))


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


def with_bands(case: Scenario, *starts: int) -> Scenario:
    """Travel times with other bands, each as slow as the last that the town has by then."""
    table = case.travel
    old = [max(b for b, begin in enumerate(table.band_start_s) if begin <= start) for start in starts]
    return replace(case, travel=replace(table, seconds=table.seconds[old], band_start_s=np.array(starts)))


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
        "somebody else was aboard",
        lambda: replan(in_stop(scenario(), "D1", 3, aboard=Aboard(2, 3)), scenario()),
        Code.ABOARD,
    ),
    damage(
        "a run under way has another layout than it began with",
        lambda: replan(in_stop(scenario(), "D3", 4, layout=1), scenario()),
        Code.LAYOUT_SWITCHED,
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
    damage(
        "a limit passed already is passed by a second more",
        lambda: replan(
            driven(**line("D3", "+J10/0@12:30", "+J10/0@14:00:02")),
            driven(**line("D3", "+J10/0@12:30", "+J10/0@14:00:01")),
            promises={},
        ),
        Code.COLLECT_LATE,
        Code.LATE_END,
    ),
    damage(
        "a band of the policy is missing on the day",
        lambda: replan(before=with_bands(driven(("J13", "J11", "J12"), D4=""), *town.BAND_STARTS[:-1])),
        Code.TRAFFIC_BANDS,
    ),
    damage(
        "a figure after what is frozen is wrong",
        lambda: replan(in_stop(scenario(), "D3", 9, layout=1), scenario()),
        Code.LAYOUT_SWITCHED,
    ),
]


@each(DAMAGES)
def test_damage_to_a_replan_is_named(case: Damage):
    assert case.make().codes() == case.codes


@pytest.mark.parametrize(
    "make",
    [
        replan,
        lambda: replan(thirteen_by_d1(), scenario()),
        lambda: replan(d5_sets_out(5100), scenario()),
        lambda: replan(thirteen_by_d1("09:27"), scenario()),
        turned,
        break_on_the_way,
        lambda: thirty_seconds_in_the_ward(1),
        lambda: replan(j6_at("12:05"), scenario()),
        lambda: replan(collected("12:35"), scenario()),
        lambda: replan(collected("12:45"), collected("12:50")),
        lambda: replan(collected("12:50"), collected("12:50")),
        lambda: replan(locks={"J10": "D3"}),
        lambda: replan(before=driven(**line("D3", "+J10/0@12:30", "+J10/0@14:00:01"))),
        lambda: replan(before=shifted(scenario(), "D1", 3, -45, "begin_at", "depart_at")),
        lambda: replan(with_bands(scenario(), *town.BAND_STARTS, 30 * 3600)),
        lambda: replan(before=d2_lost(), lost=frozenset({"D2"})),
    ],
    ids=[
        "as it stood",
        "another journey on the way",
        "another journey by an idle duty",
        "which leaves a little later",
        "which turns on its way",
        "a break on the way",
        "in the ward already",
        "a promise kept by a quarter of an hour early",
        "a promise kept by half an hour late",
        "later than promised, but sooner than it stood",
        "as late as it stood",
        "a lock kept",
        "limits passed as far as they were",
        "what was made in its own time",
        "finer bands",
        "a lost duty left alone",
    ],
)
def test_a_replan_that_keeps_the_rules_passes(make):
    assert make().violations() == []


def test_a_journey_without_a_place_may_come_late_but_not_early():
    late = driven(**line("D3", "+J10/0@12:30", "+J10/0@13:01"))
    assert replan(late, scenario()).codes() == {Code.PROMISE_LATE}
    assert replan(late, without_j10()).codes() == set()
    stood = driven(("J13", "J6"), **line("D2", " +J6/0@12:20 -J6/0", ""))
    assert replan(j6_at("12:00"), stood).codes() == {Code.PROMISE_EARLY}


def test_a_late_journey_may_change_duty_if_it_gets_no_later():
    stood = driven(**line("D3", "+J10/0@12:30", "+J10/0@14:00:01"))
    d1, d3 = line("D1", "-J3/1", "-J3/1 +J10/0@14:00:01 -J10/0"), line("D3", " +J10/0@12:30 -J10/0", "")
    assert replan(driven(**d1, **d3), stood, promises={}).codes() == set()
    later = {"D1": d1["D1"].replace("14:00:01", "14:00:02")}
    assert replan(driven(**later, **d3), stood, promises={}).codes() == {Code.COLLECT_LATE}


def test_who_is_too_many_already_may_be_dropped_off_in_any_order():
    many = [replace(j, escorts=4) if j.journey_id == "J8" else j for j in town.journeys()]
    turned_round = {**PLAN, **line("D3", "-J8/0 -J9/0", "-J9/0 -J8/0")}
    both = {
        "frozen": FROZEN | {"D3": 5},
        "free": rules().free | {"D3": FreeFrom(town.at("09:23:55"), 4)},
        "aboard": {"J8": "D3", "J9": "D3"},
    }
    stood = scenario(journeys=many)
    assert Code.OVER_SEATS in stood.codes()
    assert replan(scenario(turned_round, journeys=many), stood, **both).codes() == set()
    joined = {**PLAN, **line("D3", "-J8/0 -J9/0", "+J13/0 -J9/0 -J8/0 -J13/0")}
    worse = replan(scenario(joined, journeys=many, unserved=()), stood, **both)
    assert Code.OVER_SEATS in worse.codes()


def test_a_duty_that_is_out_with_nothing_left_to_do_goes_home():
    case, home = d2_lost(), entry(scenario(), "D2").stops[-1]
    back = replace(home, arrive_at=NOW, begin_at=NOW, depart_at=NOW, travel_s=5100, travel_m=0)
    stops = (*entry(case, "D2").stops, back)
    assert replan(before=in_entry(case, "D2", stops=stops, drive_s=5100)).codes() == set()


def test_an_outward_patient_may_be_collected_early():
    promised = rules().promises | {"J3": Promise(town.at("12:50"), town.at("13:20"))}
    assert replan(scenario(), collected("12:50"), promises=promised).codes() == set()


def test_the_end_of_a_duty_is_that_of_the_rules():
    late = driven(**line("D3", "+J10/0@12:30", "+J10/0@13:45"))
    assert replan(late, scenario(), promises={}).codes() == {Code.LATE_END}
    assert replan(late, scenario(), promises={}, ends={"D3": town.at("15:00")}).codes() == set()


def test_a_patient_in_a_lost_vehicle_is_fetched_whatever_the_hour():
    late = driven(**line("D2", "+J6/0@12:20", "+J6/0@14:30"))
    assert Code.ARRIVE_LATE in replan(late, scenario(), promises={}).codes()
    assert replan(late, scenario(), promises={}, rescues=frozenset({"J6"})).codes() == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_rosters(), damaged_rosters(), st.booleans())
def test_no_roster_makes_the_referee_of_the_day_raise(after: Roster, before: Roster, with_inputs: bool):
    case = replan()
    inputs = case.after if with_inputs else replace(case.after, journeys=(), duties=())
    for violation in replace(case, after=replace(inputs, roster=after), before=before).violations():
        assert isinstance(violation, Violation)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["D1", "D2", "D3", "D4"]), st.data())
def test_any_figure_ahead_that_is_changed_is_noticed(duty_id: str, data: st.DataObject):
    duty = entry(GOOD, duty_id)
    index = data.draw(st.integers(FROZEN[duty_id], len(duty.stops) - 1))
    name = data.draw(st.sampled_from(sorted(set(FIELDS) - {"arrive_at", "begin_at", "depart_at", "lat", "lon"})))
    value = data.draw(FIELDS[name].filter(lambda value: value != getattr(duty.stops[index], name)))
    assert replan(changed(duty, index, **{name: value}), GOOD).violations() != []
