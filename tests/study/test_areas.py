from __future__ import annotations

import pytest

from geodata.postcodes import locate, sectors
from pts_optimiser.domain.journey import Direction, Place, PlaceKind
from pts_optimiser.study.areas import ELSEWHERE, areas_of, centres, home_of
from tests.study.days import little


@pytest.mark.parametrize(("postcode", "district", "rural"), [("B15 2GW", "B15", False), ("SY9 5HA", "SY9", True)])
def test_a_place_is_in_its_postcode_district(postcode: str, district: str, rural: bool) -> None:
    at = locate(postcode)
    assert at is not None
    (area,) = areas_of([Place("somewhere", at.lat, at.lon, PlaceKind.HOME, postcode)])
    assert (area.name, area.rural) == (district, rural)
    assert area.name in centres()


def test_a_place_without_postcode_is_in_the_district_of_the_nearest_sector() -> None:
    table = sectors()
    number = table.name.index("CH1 1")
    (area,) = areas_of([Place("somewhere", table.lat[number] + 0.0001, table.lon[number], PlaceKind.HOME)])
    assert area.name == "CH1"


def test_far_away_is_elsewhere() -> None:
    assert areas_of([Place("London", 51.5, -0.12, PlaceKind.HOME)])[0].name == ELSEWHERE


def test_the_home_is_the_end_where_the_patient_lives() -> None:
    for journey in little().journeys:
        if journey.direction is not Direction.TRANSFER:
            assert home_of(journey).kind is PlaceKind.HOME
