from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from pts_optimiser.demand.fleet import duties_of as generated
from pts_optimiser.demand.wall import DayKind
from pts_optimiser.study.days import GeneratedDay, StudyDay
from pts_optimiser.study.duty_mix.chosen import Chosen, chosen_for
from pts_optimiser.study.duty_mix.compare import by_duty, in_all
from pts_optimiser.study.duty_mix.mix import people, vehicles, week_hours
from pts_optimiser.study.duty_mix.need import Kind
from pts_optimiser.study.duty_mix.rules import Rules
from tests.days import SATURDAY, WEEKDAY
from tests.study.duty_mix.days import POLICY

RULES = Rules(lengths_h=(8, 12), starts=(360, 480, 720, 960), effort=0.3)


@cache
def day(weekday: bool) -> StudyDay:
    """A tenth of one contract's journeys, with a third of its duties."""
    whole = GeneratedDay(WEEKDAY if weekday else SATURDAY, 1, 0.1, contracts=("sandwell",)).day(1.0)
    return replace(whole, duties=whole.duties[::3])


@cache
def found() -> Chosen:
    return chosen_for([day(True), day(False)], POLICY, RULES)


def test_todays_mix_is_that_of_the_days_duties() -> None:
    assert {kind: sum(counts.values()) for kind, counts in found().today.items()} == {
        DayKind.WEEKDAY: len(day(True).duties),
        DayKind.SATURDAY: len(day(False).duties),
    }


def test_the_chosen_mix_needs_no_more_vehicles_or_people_than_todays() -> None:
    assert found().mix[DayKind.WEEKDAY]
    today, mix = found().today, found().mix
    assert sum(people(mix).values()) <= sum(people(today).values())
    for vehicle_type in {name for _, name in vehicles(mix)}:
        owned = [sum(n for (_, name), n in vehicles(side).items() if name == vehicle_type) for side in (mix, today)]
        assert owned[0] <= owned[1]


def test_only_bases_kinds_and_shifts_that_there_are_are_chosen() -> None:
    for counts in found().mix.values():
        for candidate in counts:
            assert candidate.shift.start in RULES.starts
            assert candidate.kind in {Kind(d.vehicle_type, d.crew) for d in generated(WEEKDAY, 1)}


def test_the_duties_of_each_kind_of_day_are_those_of_the_mix() -> None:
    for kind, counts in found().mix.items():
        assert len(found().duties[kind]) == sum(counts.values())


def test_the_tables_have_both_mixes() -> None:
    rows = by_duty(found())
    weekday = rows[rows["day"] == "weekday"]
    assert weekday["today"].sum() == len(day(True).duties)
    assert weekday["chosen"].sum() == len(found().duties[DayKind.WEEKDAY])
    week = in_all(found(), POLICY).set_index("figure")
    assert week.loc["paid crew hours", "chosen"] == week_hours(found().mix)
    change = week.loc["vehicles"]
    assert change["change_percent"] == pytest.approx(100 * (change["chosen"] / change["today"] - 1))
    assert week.loc["duties on a saturday", "today"] == len(day(False).duties)
