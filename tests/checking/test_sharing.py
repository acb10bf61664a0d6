from dataclasses import replace

import pytest

from pts_optimiser.checking import Code
from pts_optimiser.domain.journey import Direction, Journey
from pts_optimiser.domain.policy import Distancing, Policy

from . import town
from .builder import PLAN, Scenario, scenario
from .damage import Damage, damage, each, in_stop, with_journey

INWARD, OUTWARD = Direction.INWARD, Direction.OUTWARD
BESIDE_J7 = town.journey("J14", INWARD, town.place("f"), town.UNIT, "07:35")
BESIDE_J5 = town.journey("J14", OUTWARD, town.WARD, town.place("e"), "10:00", contract="north")


def joined_by(stranger: Journey, **plan: str) -> Scenario:
    """The good roster with one more journey, planned into a duty."""
    return scenario({**PLAN, **plan}, journeys=[*town.journeys(), stranger])


def capped(cap: int, household_exempt: bool = True) -> Policy:
    distancing = Distancing("two_metre", {"minibus": cap}, 1, household_exempt, 0)
    return replace(town.policy(), distancing=distancing)


def seated(apart_m: float) -> Policy:
    """Places in a row, so far apart, where parties must sit 2 m apart."""
    policy = capped(9)
    kinds = {
        name: replace(
            kind,
            seat_positions_m=tuple(
                tuple((k * apart_m, 0.0) for k in range(layout.seats + layout.wheelchairs + layout.stretchers))
                for layout in kind.layouts
            ),
        )
        for name, kind in policy.vehicle_types.items()
    }
    assert policy.distancing
    return replace(policy, vehicle_types=kinds, distancing=replace(policy.distancing, least_distance_m=2.0))


REST_OF_D3 = "+J8/0@09:10 +J9/0 -J8/0 -J9/0 break@10:30 +J10/0@12:30 -J10/0"
DAMAGES = [
    damage("one party over the cap", lambda: scenario(policy=capped(1)), Code.DISTANCING_CAP),
    damage(
        "one person over the cap where households count singly",
        lambda: scenario(policy=capped(2, household_exempt=False)),
        Code.DISTANCING_CAP,
    ),
    damage(
        "parties nearer than the seat graph lets them sit", lambda: scenario(policy=seated(0.1)), Code.SEAT_DISTANCE
    ),
    damage(
        "a stranger boards beside a rider who travels alone",
        lambda: joined_by(BESIDE_J7, D3=f"+J7/0@06:55 +J14/0 -J7/0 -J14/0 {REST_OF_D3}"),
        Code.TRAVEL_ALONE,
    ),
    damage(
        "a rider who travels alone boards beside a stranger",
        lambda: joined_by(BESIDE_J7, D3=f"+J14/0@06:50 +J7/0 -J7/0 -J14/0 {REST_OF_D3}"),
        Code.TRAVEL_ALONE,
    ),
    damage(
        "a stranger beside an exclusive mobility",
        lambda: joined_by(BESIDE_J5, D2="+J5/0@10:05 +J14/0 -J5/0 -J14/0 +J6/0@12:20 -J6/0"),
        Code.EXCLUSIVE,
    ),
    damage("two cohorts in one run", lambda: with_journey("J9", cohort="blue"), Code.COHORT),
    damage("a cohort beside none", lambda: with_journey("J8", cohort=""), Code.COHORT),
]


@each(DAMAGES)
def test_damage_to_who_shares_with_whom_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_the_party_that_must_be_alone_is_named():
    shared = joined_by(BESIDE_J7, D3=f"+J7/0@06:55 +J14/0 -J7/0 -J14/0 {REST_OF_D3}").violations()
    assert [(v.duty_id, v.journey_id, v.stop) for v in shared] == [("D3", "J7", 2)]
    assert shared[0].message == "travels alone, but 1 other(s) are aboard"


def test_a_party_counts_once_with_its_escorts():
    assert scenario(policy=capped(2)).codes() == set()
    assert scenario(policy=capped(3, household_exempt=False)).codes() == set()


def test_the_default_cap_holds_for_other_vehicle_types():
    strict = Distancing("two_metre", {"minibus": 2}, 0, True, 0)
    shared = scenario(policy=replace(town.policy(), distancing=strict)).violations()
    assert {(v.code, v.duty_id, v.journey_id) for v in shared} == {
        (Code.DISTANCING_CAP, "D2", "J5"),
        (Code.DISTANCING_CAP, "D2", "J6"),
    }


def test_different_cohorts_may_follow_each_other_in_two_runs():
    plan = {**PLAN, "D3": "+J7/0@06:55 -J7/0 +J8/0@08:40 -J8/0 +J9/0@09:10 -J9/0 break@10:30 +J10/0@12:30 -J10/0"}
    journeys = [replace(j, cohort="blue") if j.journey_id == "J9" else j for j in town.journeys()]
    assert scenario(plan, journeys=journeys, duties=_far_reaching()).codes() == set()


def _far_reaching() -> list[town.Duty]:
    return [replace(duty, range_km=None) for duty in town.duties()]


def test_places_far_enough_from_each_other_are_no_offence():
    assert scenario(policy=seated(2.0)).violations() == []


def test_named_cohorts_sit_as_they_like():
    near = scenario(policy=seated(0.1)).violations()
    assert {(v.code, v.duty_id) for v in near} == {(Code.SEAT_DISTANCE, "D1")}  # J8 and J9 of D3 are of one cohort
    assert [v.stop for v in near] == [1, 6]  # where the runs begin
    assert near[0].message == "2 parties of a run find no places 2 m apart in layout 0"


def without_positions(kept: int) -> Scenario:
    """The minibus says where its places are for its first layouts only."""
    policy = seated(2.0)
    minibus = policy.vehicle_types["minibus"]
    types = {**policy.vehicle_types, "minibus": replace(minibus, seat_positions_m=minibus.seat_positions_m[:kept])}
    return scenario(policy=replace(policy, vehicle_types=types))


def test_runs_of_which_nobody_knows_where_the_places_are_are_said_not_to_be_checked():
    unknown = [(v.code, v.duty_id, v.stop) for v in without_positions(1).violations()]
    assert unknown == [(Code.INPUT_GAP, "D1", 6)]
    assert {v.duty_id for v in without_positions(0).violations()} == {"D1", "D3", "D4"}


@pytest.mark.parametrize("layout", [None, -1, 2])
def test_a_layout_that_there_is_not_is_no_matter_of_distance(layout: int | None):
    case = scenario(policy=seated(0.1))
    for position in (1, 2, 3, 4):
        case = in_stop(case, "D1", position, layout=layout)
    assert [v.stop for v in case.violations() if v.code is Code.SEAT_DISTANCE] == [6]
