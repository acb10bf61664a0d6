"""The map file."""

from itertools import pairwise

import pytest

from pts_optimiser.reporting.geojson import map_document

from .builder import build
from .drawn import lines_of


@pytest.fixture(scope="module")
def publication():
    return build(3, seed=5)


@pytest.fixture(scope="module")
def document(publication):
    return map_document(publication)


@pytest.fixture(scope="module")
def features(document):
    assert document["type"] == "FeatureCollection"
    return document["features"]


def test_positions_are_longitude_then_latitude(features):
    for feature in features:
        kind, at = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        for lon, lat in [at] if kind == "Point" else at:
            assert -4 < lon < -1
            assert 52 < lat < 54


def test_lines_alternate_between_loaded_and_empty_and_cover_the_drive(document, publication):
    for duty in publication.roster.duties:
        told = [line["properties"] for line in lines_of(document)]
        parts = [line for line in told if line["duty_id"] == duty.duty_id]
        assert all(part["loaded"] == (part["most_parties_aboard"] > 0) for part in parts)
        assert sum(part["travel_m"] for part in parts) == duty.drive_m
        assert {part["loaded"] for part in parts} == {True, False}


def test_lines_have_two_positions_or_more(document):
    assert all(len(line["geometry"]["coordinates"]) >= 2 for line in lines_of(document))


def test_every_stop_is_a_point(features, publication):
    points = [f for f in features if f["geometry"]["type"] == "Point"]
    assert len(points) == sum(len(duty.stops) for duty in publication.roster.duties)


def test_a_break_is_where_the_stop_before_was(features):
    points = [f for f in features if f["geometry"]["type"] == "Point"]
    breaks = [(before, here) for before, here in pairwise(points)
              if here["properties"]["kind"] == "break"]  # fmt: skip
    assert breaks
    assert all(before["properties"]["place"] == here["properties"]["place"] for before, here in breaks)
