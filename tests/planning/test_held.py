"""Journeys held on their duties while the rest of a day is planned round them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from pts_optimiser.checking import Code, check
from pts_optimiser.checking.held import check_held
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Engine, Search, plan_day
from tests.days import SmallDay, small_day

SEARCH = Search(iterations=300, workers=1)


@cache
def _day() -> SmallDay:
    """More journeys than its duties can serve."""
    day = small_day(share=30)
    return replace(day, duties=day.duties[:8])


def _planned(held: dict[str, str], warm: Roster | None = None, search: Search = SEARCH) -> Roster:
    """A plan that the referee passes."""
    day, policy = _day(), load_policy()
    found = plan_day(day.journeys, day.duties, policy, day.service_date, search, warm=warm, held=held)
    names = {"distancing": "off", "standards": policy.standards_name}
    roster = Roster(day.service_date, {}, names, {}, {}, found.duties, found.unserved)
    assert check(roster, day.journeys, day.duties, policy, found.travel) == []
    return roster


@cache
def _first() -> Roster:
    return _planned({}, search=Search(iterations=0, workers=1))


def _duty_of(roster: Roster) -> dict[str, str]:
    return {stop.journey_id: duty.duty_id for duty in roster.duties for stop in duty.stops if stop.journey_id}


@pytest.mark.parametrize("engine", ["hybrid", "ortools"])
def test_the_rest_is_planned_round_what_is_held(engine: Engine) -> None:
    before = _duty_of(_first())
    held = dict(list(before.items())[::3])
    search = SEARCH if engine == "hybrid" else Search(engine="ortools", budget_s=1, workers=1)
    after = _planned(held, _first(), search)
    assert list(check_held(after, held)) == []
    assert held.items() <= _duty_of(after).items()
    assert len(after.unserved) <= len(_first().unserved)
    assert engine == "ortools" or _duty_of(after) != before


def test_with_everybody_held_only_those_without_a_place_are_given_one() -> None:
    before = _duty_of(_first())
    assert before.items() <= _duty_of(_planned(before, _first())).items()


def test_who_is_held_where_another_plan_has_somebody_else_comes_first() -> None:
    before, without = _duty_of(_first()), _planned({})
    moved = next((j, before[j]) for j, duty_id in _duty_of(without).items() if j in before and before[j] != duty_id)
    assert _duty_of(_planned(dict([moved]), without))[moved[0]] == moved[1]


def test_who_is_held_where_it_cannot_be_is_left_out_and_told_why() -> None:
    policy = load_policy()
    needy = next(j for j in _day().journeys if policy.mobilities[j.mobility].crew > 1)
    small = next(duty for duty in _day().duties if duty.crew == 1)
    [left] = [
        left for left in _planned({needy.journey_id: small.duty_id}).unserved if left.journey_id == needy.journey_id
    ]
    [reason] = left.reasons
    assert (reason.code, small.duty_id in reason.detail) == ("held", True)


def test_a_roster_that_moves_who_is_held_is_refused() -> None:
    journey_id, duty_id = next(iter(_duty_of(_first()).items()))
    other = next(duty.duty_id for duty in _day().duties if duty.duty_id != duty_id)
    found = list(check_held(_first(), {journey_id: other}))
    assert {one.code for one in found} == {Code.LOCK}
    assert {one.duty_id for one in found} == {duty_id}
