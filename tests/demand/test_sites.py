import numpy as np
import pytest

from pts_optimiser.demand.sites import USES, choose_sites, road_km, sites
from pts_optimiser.domain.journey import PlaceKind

BIRMINGHAM = (np.array([52.48]), np.array([-1.90]))


def test_codes_are_unique_and_kinds_are_those_of_sites() -> None:
    table = sites()
    assert len({place.label for place in table.place}) == len(table.place)
    assert {place.kind for place in table.place} == {PlaceKind.ACUTE, PlaceKind.SITE}


def test_every_contract_has_dialysis_beds_and_clinics() -> None:
    table = sites()
    for contract in set(table.contract) - {""}:
        inside = np.array([name == contract for name in table.contract])
        assert all(table.weight[use][inside].sum() > 0 for use in USES if use != "oncology")


def test_discharges_leave_acute_sites_more_than_others() -> None:
    table = sites()
    acute = np.array([place.kind is PlaceKind.ACUTE for place in table.place])
    assert table.weight["beds"][acute].sum() > 10 * table.weight["beds"][~acute].sum()


def test_road_kilometres_of_a_known_pair() -> None:
    # Heartlands to Queen Elizabeth Hospital Birmingham: 8.1 km in a straight line
    assert road_km(*(np.array([x]) for x in (52.4802, -1.83, 52.451, -1.939)))[0] == pytest.approx(10.5, abs=0.3)


def test_a_site_of_no_weight_is_never_chosen() -> None:
    weight = sites().weight["oncology"]
    lat, lon = (np.repeat(axis, 3000) for axis in BIRMINGHAM)
    chosen = choose_sites(np.random.default_rng(1), lat, lon, weight, np.full(3000, 30.0))
    assert (weight[chosen] > 0).all()


def test_a_short_reach_finds_the_nearest_and_a_long_one_goes_further() -> None:
    table, weight = sites(), sites().weight["renal"]
    lat, lon = (np.repeat(axis, 2000) for axis in BIRMINGHAM)

    def mean_km(reach: float) -> float:
        chosen = choose_sites(np.random.default_rng(1), lat, lon, weight, np.full(2000, reach))
        return float(road_km(lat, lon, table.lat[chosen], table.lon[chosen]).mean())

    nearest = road_km(lat[:1], lon[:1], table.lat[weight > 0], table.lon[weight > 0]).min()
    assert mean_km(0.01) == pytest.approx(nearest, abs=0.05)
    assert mean_km(30.0) > mean_km(5.0) > nearest
