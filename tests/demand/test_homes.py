import numpy as np
import pytest

from geodata.postcodes import sectors
from pts_optimiser.demand.homes import MIN_POSTCODES, contract_shares, draw_homes
from pts_optimiser.domain.journey import PlaceKind


def test_contracts_get_their_share_of_the_homes() -> None:
    homes = draw_homes(np.random.default_rng(1), 20_000)
    for contract, share in contract_shares().items():
        assert homes.contract.count(contract) / 20_000 == pytest.approx(share, abs=0.02)


def test_the_shares_are_of_the_whole() -> None:
    assert sum(contract_shares().values()) == pytest.approx(1)
    assert list(contract_shares()) == [
        "pan_birmingham",
        "sandwell",
        "black_country",
        "coventry_warwickshire",
        "cheshire",
    ]


def test_no_home_is_an_address() -> None:
    homes = draw_homes(np.random.default_rng(1), 2_000)
    for place in homes.place:
        assert (place.lat, place.lon) == (round(place.lat, 3), round(place.lon, 3))
        assert place.kind is PlaceKind.HOME
        assert place.postcode == ""


def test_homes_lie_within_their_sector_and_no_sector_is_tiny() -> None:
    table = sectors()
    index = {f"home {name}": i for i, name in enumerate(table.name)}
    for place in draw_homes(np.random.default_rng(2), 2_000).place:
        i = index[place.label]
        assert table.postcodes[i] >= MIN_POSTCODES
        off = np.hypot((place.lat - table.lat[i]) * 111_200, (place.lon - table.lon[i]) * 67_000)
        assert off <= 2.2 * table.sd[i] + 150


def test_homes_within_a_sector_are_scattered() -> None:
    homes = draw_homes(np.random.default_rng(3), 5_000)
    assert len({(place.lat, place.lon) for place in homes.place}) > 4_000


def test_the_same_stream_gives_the_same_homes() -> None:
    first, again = (draw_homes(np.random.default_rng(4), 50) for _ in range(2))
    assert first.place == again.place
