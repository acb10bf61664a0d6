from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.study.duty_mix.choose import KEEP_PENCE, SHORT_PENCE, Choice, Limits, choose
from pts_optimiser.study.duty_mix.mix import DAYS_A_WEEK, Mix, people, vehicles, week_pounds
from pts_optimiser.study.duty_mix.need import Need, Slots
from pts_optimiser.study.duty_mix.rules import SLOTS, Rules
from tests.study.duty_mix.days import BASE, CAR, OTHER, POLICY, VAN, candidate

RULES = Rules(occupancy=1.0, near=0.5, effort=20.0)
EITHER, VAN_ONLY = frozenset({CAR, VAN}), frozenset({VAN})
DAY = DayKind.WEEKDAY


def from_to(start: int, end: int, vehicles: float) -> Slots:
    work = np.zeros(SLOTS)
    work[2 * start : 2 * end] = vehicles
    return work


def chosen(need: Need, *candidates: tuple[object, ...], limits: Limits = Limits(), rules: Rules = RULES) -> Choice:  # noqa: B008 - frozen
    return choose({DAY: need}, [candidate(*each) for each in candidates], POLICY, rules, limits)


def test_the_cheapest_duties_that_cover_the_need_are_run() -> None:
    choice = chosen({(BASE, EITHER): from_to(6, 12, 2)}, (6, 12), (6, 12, VAN), (6, 9), (9, 12))
    assert choice.mix == {DAY: {candidate(6, 12): 2}}
    assert choice.missing == 0


def test_work_that_only_some_kinds_can_do_gets_them_and_the_rest_is_shared_out() -> None:
    need = {(BASE, EITHER): from_to(6, 12, 2), (BASE, VAN_ONLY): from_to(6, 12, 0.6)}
    choice = chosen(need, (6, 12), (6, 12, VAN))
    assert choice.mix == {DAY: {candidate(6, 12): 2, candidate(6, 12, VAN): 1}}  # the van has 0.4 left over


def test_breaks_make_one_more_duty_where_there_is_no_slack() -> None:
    eight = chosen({(BASE, EITHER): from_to(6, 14, 1)}, (6, 14), (9, 13))
    assert eight.mix == {DAY: {candidate(6, 14): 1, candidate(9, 13): 1}}


def test_occupancy_keeps_time_free() -> None:
    need = {(BASE, EITHER): from_to(6, 12, 1)}
    assert sum(chosen(need, (6, 12), rules=Rules(occupancy=0.9)).mix[DAY].values()) == 2


def test_a_base_has_its_part_of_its_own_need_and_the_others_help_with_the_rest() -> None:
    need = {(BASE, EITHER): from_to(6, 12, 1), (OTHER, EITHER): from_to(6, 12, 3)}
    choice = chosen(need, (6, 12), (6, 12, CAR, OTHER))
    assert sum(choice.mix[DAY].values()) == 4
    assert choice.mix[DAY][candidate(6, 12, CAR, OTHER)] >= 2


def test_what_the_vehicles_owned_cannot_do_is_told() -> None:
    choice = chosen({(BASE, EITHER): from_to(6, 12, 3)}, (6, 12), limits=Limits({"car": 2}))
    assert choice.mix == {DAY: {candidate(6, 12): 2}}
    assert choice.missing == 5 * 12


def test_two_short_duties_of_one_vehicle_need_time_to_turn_it_round() -> None:
    need = {(BASE, EITHER): from_to(6, 9, 1) + from_to(10, 13, 1)}
    assert chosen(need, (6, 9), (10, 13), limits=Limits({"car": 1})).missing == 0
    need = {(BASE, EITHER): from_to(6, 12, 1)}
    assert chosen(need, (6, 9), (9, 12), limits=Limits({"car": 1})).missing == 5 * 6


def test_people_who_must_rest_are_counted_against_the_limit() -> None:
    need = {(BASE, EITHER): from_to(6, 9, 1) + from_to(20, 23, 1)}
    assert chosen(need, (6, 9), (20, 23), limits=Limits(people=2)).missing == 0
    assert chosen(need, (6, 9), (20, 23), limits=Limits(people=1)).missing == 5 * 6


def cost(mix: Mix, need: Need, limits: Limits) -> float:
    """What the choice is to make least, worked out from its definition; work shared out hour by hour by its kinds."""
    kept = sum(vehicles(mix).values()) + sum(people(mix).values())
    if limits.people is not None and sum(people(mix).values()) > limits.people:
        return inf
    short = 0.0
    for slot in range(12, 36):  # from six to six
        there = {
            kind: sum(n * c.shift.available(slot) for c, n in mix[DAY].items() if c.kind == kind) for kind in EITHER
        }
        only_van, either = (round(100 * need[BASE, able][slot]) for able in (VAN_ONLY, EITHER))
        lacks_van = max(0, only_van - there[VAN])
        short += lacks_van + max(0, only_van + either - there[VAN] - there[CAR])
    return 100 * week_pounds(mix, POLICY) + KEEP_PENCE * kept + DAYS_A_WEEK[DAY] * SHORT_PENCE / 100 * short


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=4, max_size=4),
    st.sampled_from([None, 3, 6]),
)
def test_no_mix_of_a_tiny_service_is_cheaper(either: list[int], van: list[float], staff: int | None) -> None:
    blocks = ((6, 9), (9, 12), (12, 15), (15, 18))
    need = {
        (BASE, EITHER): np.sum([from_to(*block, n) for block, n in zip(blocks, either, strict=True)], axis=0),
        (BASE, VAN_ONLY): np.sum([from_to(*block, n) for block, n in zip(blocks, van, strict=True)], axis=0),
    }
    candidates = [candidate(*each) for each in ((6, 12), (9, 15), (6, 18), (12, 18, VAN), (6, 14, VAN))]
    limits = Limits(people=staff)
    choice = choose({DAY: need}, candidates, POLICY, RULES, limits)
    every = (
        {DAY: {c: n for c, n in zip(candidates, counts, strict=True) if n}}
        for counts in product(range(4), repeat=len(candidates))
    )
    least = min(cost(mix, need, limits) for mix in every)
    assert cost(choice.mix, need, limits) <= least * 1.0101 + 1  # proved to one in a hundred
    assert choice.gap <= 0.0101


def test_the_same_question_has_the_same_answer() -> None:
    need = {(BASE, EITHER): from_to(6, 18, 2.3), (OTHER, VAN_ONLY): from_to(8, 16, 1.1)}
    asked = [(6, 12), (6, 14), (10, 18), (12, 18, CAR, OTHER), (8, 16, VAN), (8, 18, VAN, OTHER)]
    assert chosen(need, *asked) == chosen(need, *asked)


def test_no_need_takes_no_duties() -> None:
    assert chosen({}, (6, 12)).mix == {DAY: {}}


@pytest.mark.parametrize("kind", [CAR, VAN])
def test_a_kind_with_no_vehicle_is_not_run(kind: object) -> None:
    choice = chosen({(BASE, EITHER): from_to(6, 12, 1)}, (6, 12), (6, 12, VAN), limits=Limits({kind.vehicle_type: 0}))
    assert {c.kind for c in choice.mix[DAY]} == EITHER - {kind}
