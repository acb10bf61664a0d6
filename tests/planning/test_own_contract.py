from __future__ import annotations

from dataclasses import replace

from pts_optimiser.domain.journey import PlaceKind
from pts_optimiser.planning.own_contract import contract_of_base, for_own
from tests.days import small_day

DAY = small_day()


def test_a_duty_that_names_contracts_keeps_them_and_the_others_have_that_of_their_base() -> None:
    named = replace(DAY.duties[0], contracts=frozenset({"a", "b"}))
    plain = replace(DAY.duties[1], contracts=frozenset())
    found = for_own([named, plain], DAY.journeys)
    of_base = contract_of_base([plain], DAY.journeys)[plain.base_lat, plain.base_lon]
    assert [duty.contracts for duty in found] == [{"a", "b"}, {of_base}]


def test_a_day_without_homes_is_judged_by_its_other_places() -> None:
    journeys = [
        replace(j, pickup=replace(j.pickup, kind=PlaceKind.SITE), dropoff=replace(j.dropoff, kind=PlaceKind.SITE))
        for j in DAY.journeys
    ]
    assert all(duty.contracts for duty in for_own(DAY.duties, journeys))


def test_a_day_without_journeys_leaves_the_duties_as_they_are() -> None:
    assert for_own(DAY.duties, []) == DAY.duties
