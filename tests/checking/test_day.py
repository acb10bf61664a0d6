"""The referee on the day: damage to a good re-plan, what is excused, and what is not judged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pts_optimiser.checking import Code, Violation
from pts_optimiser.domain.day_rules import FreeFrom
from pts_optimiser.domain.roster import Aboard, Roster

from . import town
from .builder import D3_WITHOUT_J10, PLAN, Scenario, scenario
from .damage import Damage, damage, each, each_sound, entry, in_stop, shifted
from .replans import FROZEN, driven, j6_at, line, replan, rules, without_j6, without_j10
from .test_referee import FIELDS, GOOD, changed, damaged_rosters

D1_BRINGS_J10 = PLAN["D1"] + " +J10/0@{} -J10/0"


def with_bands(case: Scenario, *starts: int) -> Scenario:
    """Travel times with other bands, each as slow as the last that the town has by then."""
    table = case.travel
    old = [max(b for b, begin in enumerate(table.band_start_s) if begin <= start) for start in starts]
    return replace(case, travel=replace(table, seconds=table.seconds[old], band_start_s=np.array(starts)))


DAMAGES: list[Damage] = [
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


@each_sound(
    {
        "as it stood": replan,
        "limits passed as far as they were": lambda: replan(
            before=driven(**line("D3", "+J10/0@12:30", "+J10/0@14:00:01"))
        ),
        "what was made in its own time": lambda: replan(
            before=shifted(scenario(), "D1", 3, -45, "begin_at", "depart_at")
        ),
        "finer bands": lambda: replan(with_bands(scenario(), *town.BAND_STARTS, 30 * 3600)),
    }
)
def test_what_stood_already_or_happened_passes(make):
    assert make().violations() == []


def test_a_late_journey_may_change_duty_if_it_gets_no_later():
    stood = driven(**line("D3", "+J10/0@12:30", "+J10/0@14:00:01"))
    for begins, codes in (("14:00:01", set()), ("14:00:02", {Code.COLLECT_LATE})):
        other = driven(D1=D1_BRINGS_J10.format(begins), D3=D3_WITHOUT_J10)
        assert replan(other, stood, promises={}).codes() == codes


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


def test_the_end_of_a_duty_is_that_of_the_rules():
    late = driven(**line("D3", "+J10/0@12:30", "+J10/0@13:45"))
    assert replan(late, scenario(), promises={}).codes() == {Code.LATE_END}
    assert replan(late, scenario(), promises={}, ends={"D3": town.at("15:00")}).codes() == set()


@pytest.mark.parametrize(
    ("allowed", "begins", "codes"),
    [
        ({}, "14:00", set()),
        ({}, "14:00:01", {Code.COLLECT_LATE}),
        ({"J10": 1200}, "14:19:59", set()),
        ({"J10": 1200}, "14:20", set()),
        ({"J10": 1200}, "14:20:01", {Code.COLLECT_LATE}),
        ({"J3": 1200}, "14:20", {Code.COLLECT_LATE}),
    ],
)
def test_whom_no_plan_had_a_place_for_is_collected_late_and_not_a_second_later(allowed, begins, codes):
    late = driven(D1=D1_BRINGS_J10.format(begins), D3=D3_WITHOUT_J10)
    assert replan(late, without_j10(), overdue=allowed).codes() == codes


@pytest.mark.parametrize(("spare", "codes"), [(1, set()), (0, set()), (-1, {Code.ARRIVE_LATE})])
def test_who_may_be_late_arrives_late_and_not_a_second_later(spare, codes):
    late = j6_at("13:30")
    arrives = next(stop.begin_at for stop in entry(late, "D2").stops[4:] if stop.journey_id == "J6")
    past = round((arrives - town.at("13:10")).total_seconds())
    assert past > 0
    assert replan(late, without_j6(), overdue={"J6": past + spare}).codes() == codes


def test_who_may_be_late_keeps_every_other_rule():
    cut_short = [replace(d, end_at=town.at("14:30")) if d.duty_id == "D1" else d for d in town.duties()]
    late = scenario({**PLAN, "D1": D1_BRINGS_J10.format("14:20"), "D3": D3_WITHOUT_J10}, duties=cut_short)
    assert replan(late, without_j10(), overdue={"J10": 7200}).codes() == {Code.LATE_END}
    assert replan(late, without_j10(), overdue={"J10": 7200}, locks={"J10": "D3"}).codes() == {Code.LATE_END, Code.LOCK}


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
