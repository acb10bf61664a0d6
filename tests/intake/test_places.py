"""Places by coordinates and by postcode."""

from __future__ import annotations

import pytest

from geodata import postcodes
from geodata.postcodes import locate
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.journey import Place
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.journeys import read_journeys

from .samples import found, inward, journeys_file

NO_COORDINATES = {"pickup_lat": "", "pickup_lon": ""}


def read(policy: Policy, **changes: str) -> tuple[Place | None, tuple[Issue, ...]]:
    result = read_journeys(journeys_file(inward(**changes)), policy)
    return (result.items[0].pickup if result.items else None), result.issues


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("-1.90", "52.48", "coordinates_swapped"),
        ("0", "0", "coordinates_zero"),
        ("0.0", "-0.0", "coordinates_zero"),
        ("48.85", "2.35", "outside_area"),
        ("52.48", "1.90", "outside_area"),
        ("9999999", "-1.9", "outside_area"),
    ],
)
def test_coordinates_that_cannot_be_meant_are_refused(policy: Policy, lat: str, lon: str, code: str) -> None:
    place, issues = read(policy, pickup_lat=lat, pickup_lon=lon)
    assert place is None
    assert found(issues) == [(2, "pickup_lat", code)]


def test_a_longitude_without_its_minus_sign_is_pointed_out(policy: Policy) -> None:
    _, [issue] = read(policy, pickup_lon="1.90")
    assert "minus" in issue.hint


@pytest.mark.parametrize("lat", ["nan", "inf", "-inf", "NaN", "1e2", "52,48", "52.48N", "52_1.0", "٥٢.48", "0x34", "."])
def test_what_is_no_decimal_number_is_no_coordinate(policy: Policy, lat: str) -> None:
    _, issues = read(policy, pickup_lat=lat)
    assert found(issues) == [(2, "pickup_lat", "bad_number")]


@pytest.mark.parametrize(("absent", "given"), [("pickup_lat", "pickup_lon"), ("pickup_lon", "pickup_lat")])
def test_one_coordinate_alone_is_not_enough(policy: Policy, absent: str, given: str) -> None:
    _, [issue] = read(policy, **{absent: "", "pickup_postcode": "B15 2TG"})
    assert (issue.column, issue.code) == (absent, "missing_value")
    assert given in issue.hint


@pytest.fixture
def no_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the unit postcodes of the extra are not installed."""
    monkeypatch.setattr(postcodes, "unit_position", lambda _postcode: None)


def test_a_unit_postcode_that_is_known_needs_no_warning(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "unit_position", {"B152TG": (52.451, -1.931)}.get)
    place, issues = read(policy, **NO_COORDINATES, pickup_postcode="b15 2tg")
    assert place is not None
    assert (place.lat, place.lon) == (52.451, -1.931)
    assert not issues


@pytest.mark.usefixtures("no_units")
def test_a_postcode_stands_in_for_coordinates_with_a_warning(policy: Policy) -> None:
    place, [issue] = read(policy, **NO_COORDINATES, pickup_postcode="b152tg")
    sector = locate("B15 2TG")
    assert place is not None
    assert sector is not None
    assert (place.lat, place.lon, place.postcode) == (sector.lat, sector.lon, "b152tg")
    assert (issue.column, issue.code) == ("pickup_postcode", "postcode_sector_only")
    assert issue.severity is Severity.WARNING


def test_coordinates_go_before_the_postcode(policy: Policy) -> None:
    place, issues = read(policy, pickup_postcode="SW1A 1AA")
    assert place is not None
    assert (place.lat, place.postcode) == (52.48, "SW1A 1AA")
    assert not issues


@pytest.mark.usefixtures("no_units")
@pytest.mark.parametrize("postcode", ["SW1A 1AA", "B15", "nowhere"])
def test_an_unknown_postcode_is_an_error_that_does_not_quote_it(policy: Policy, postcode: str) -> None:
    _, [issue] = read(policy, **NO_COORDINATES, pickup_postcode=postcode)
    assert (issue.column, issue.code) == ("pickup_postcode", "unknown_postcode")
    assert postcode not in str(issue).replace("pickup_postcode", "")


def test_a_postcode_outside_the_area_is_an_error(policy: Policy) -> None:
    _, issues = read(policy, **NO_COORDINATES, pickup_postcode="SY23 1AA")
    assert found(issues) == [(2, "pickup_postcode", "outside_area")]


def test_no_place_at_all_is_an_error(policy: Policy) -> None:
    _, issues = read(policy, **NO_COORDINATES)
    assert found(issues) == [(2, "pickup_lat", "missing_place")]


@pytest.mark.parametrize("lat", ["-1.90", "48.853", "0"])
def test_messages_do_not_quote_coordinates(policy: Policy, lat: str) -> None:
    _, issues = read(policy, pickup_lat=lat, pickup_lon="52.48123")
    assert "52.48123" not in str(issues[0])
