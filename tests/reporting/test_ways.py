"""The ways of legs, read back from the map."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from pts_optimiser.domain.legs import Way, leg_of
from pts_optimiser.domain.roster import Stop
from pts_optimiser.reporting.geojson import map_document, position
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.ways import drawn_ways, drive_of

from .builder import build
from .drawn import lines_of


@pytest.fixture(scope="module")
def drives() -> tuple[Publication, list[tuple[Stop, Stop]]]:
    made: Publication = build(4, seed=7)
    pairs = [pair for duty in made.roster.duties for pair in pairwise(duty.stops)]
    return made, [(before, stop) for before, stop in pairs if position(before) != position(stop)]


def _way(before: Stop, stop: Stop, rng: Random) -> Way:
    """Some points on the way, the first of them at the door, as where a road begins."""
    bends = [[round(rng.uniform(-3, -2), 5), round(rng.uniform(52, 53), 5)] for _ in range(rng.randint(1, 5))]
    return [position(before), *bends, position(stop)] if rng.random() < 0.3 else bends


def test_what_was_drawn_along_roads_comes_back_and_what_was_straight_does_not(
    drives: tuple[Publication, list[tuple[Stop, Stop]]],
) -> None:
    made, legs = drives
    rng = Random(1)
    lines = {leg_of(*leg): _way(*leg, rng) for leg in legs[::2]}
    known = {drive_of(*leg): lines[leg_of(*leg)] for leg in legs if leg_of(*leg) in lines}
    found = drawn_ways(json.loads(json.dumps(map_document(replace(made, lines=lines)))), made.roster)
    ends = {drive_of(*leg): [position(stop) for stop in leg] for leg in legs}
    assert found == {drive: [at for at in way if at not in ends[drive]] for drive, way in known.items()}
    assert not drawn_ways(map_document(made), made.roster)


def test_a_line_goes_by_road_where_each_of_its_drives_does(
    drives: tuple[Publication, list[tuple[Stop, Stop]]],
) -> None:
    made, legs = drives
    rng = Random(2)
    lines = {leg_of(*leg): _way(*leg, rng) for leg in legs}

    def by_road(known: dict[tuple[int, int, int], Way]) -> list[bool]:
        return [line["properties"]["by_road"] for line in lines_of(map_document(replace(made, lines=known)))]

    assert not any(by_road({}))
    assert all(by_road(lines))
    lacking = dict(lines)
    del lacking[leg_of(*legs[0])]
    assert by_road(lacking)[0] is False
    assert sum(by_road(lacking)) >= len(by_road(lines)) - sum(leg_of(*leg) == leg_of(*legs[0]) for leg in legs)
