"""Postcodes: the table of sectors, the unit postcodes of the extra, and which of them is used."""

from __future__ import annotations

import numpy as np
import pytest

from geodata import postcodes, unit_postcodes
from geodata.postcodes import locate, sectors


@pytest.fixture
def no_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    monkeypatch.setattr(postcodes, "unit_position", lambda _postcode: None)


def test_the_units_of_a_sector_lie_round_its_centroid() -> None:
    units = [name for name in unit_postcodes._grid_positions("wv") if name.startswith("WV11") and len(name) == 6]
    if not units:
        pytest.skip("needs the extra postcodes")
    found = [place for place in map(locate, units) if place is not None]
    assert len(found) == len(units)
    assert all(place.is_unit and place.precision == 0 for place in found)
    sector = postcodes._by_name()["WV1 1"]
    assert np.mean([place.lat for place in found]) == pytest.approx(sector.lat, abs=0.0005)
    assert np.mean([place.lon for place in found]) == pytest.approx(sector.lon, abs=0.0005)


def test_grid_positions_become_degrees() -> None:
    pytest.importorskip("pyproj")
    lon, lat = unit_postcodes._to_wgs84()(392309, 298969)  # the centre of Wolverhampton
    assert (lat, lon) == pytest.approx((52.5884, -2.1150), abs=2e-4)


def test_a_postcode_of_no_area_has_no_position() -> None:
    assert unit_postcodes.unit_position("QQ11AA") is None


@pytest.mark.parametrize("text", ["B15 2TG", "b152tg", "  B15  2tg ", "B1 52TG", "B15\u00a02TG"])
@pytest.mark.usefixtures("no_units")
def test_any_case_and_spacing_finds_the_sector(text: str) -> None:
    found = locate(text)
    assert found is not None
    assert found.lat == pytest.approx(52.46, abs=0.02)
    assert found.lon == pytest.approx(-1.93, abs=0.02)
    assert 0 < found.precision < 2000


@pytest.mark.parametrize(
    "text", ["", "B15", "B15 2", "SW1A 1AA", "B15 2TGX", "15 2TG", "B15 2CI", "Birmingham", "B15 2T9"]
)
@pytest.mark.usefixtures("no_units")
def test_what_is_no_unit_postcode_of_the_table_is_not_found(text: str) -> None:
    assert locate(text) is None


@pytest.mark.usefixtures("no_units")
def test_two_digit_and_one_digit_outward_codes_are_told_apart() -> None:
    one, two = locate("B1 1BB"), locate("B11 1BB")
    assert one is not None
    assert two is not None
    assert one != two


@pytest.mark.usefixtures("no_units")
def test_every_sector_is_found_by_a_postcode_in_it() -> None:
    table = sectors()
    found = [locate(f"{name}AA") for name in table.name]
    assert [(place.lat, place.lon) for place in found if place] == list(zip(table.lat, table.lon, strict=True))


def test_the_table_is_whole_and_read_only() -> None:
    table = sectors()
    assert len(table.name) == len(set(table.name)) == len(table.lat) == len(table.postcodes) == 1612
    assert np.isfinite(table.lat).all()
    assert np.isfinite(table.sd).all()
    assert (table.postcodes >= 1).all()
    assert (table.sd[table.postcodes == 1] == 0).all()
    with pytest.raises(ValueError, match="read-only"):
        table.lat[0] = 0.0
