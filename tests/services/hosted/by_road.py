"""The town's day as it is kept where it was planned by road: with the map that was drawn then."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from geodata.roads import Roads, open_roads
from pts_optimiser.domain.legs import leg_of
from pts_optimiser.domain.roster import Stop
from pts_optimiser.planning.network_travel import ways_by_road
from pts_optimiser.reporting.geojson import map_document, position
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.ways import Drive, drive_of
from pts_optimiser.services.hosted.stored import stored_publication
from pts_optimiser.services.network import generate_network
from pts_optimiser.store import Store, upgrade
from tests.services.hosted.town_day import DAY, put_published

CREDIT = "by road"


def legs(publication: Publication) -> dict[Drive, tuple[Stop, Stop]]:
    pairs = [pair for duty in publication.roster.duties for pair in pairwise(duty.stops)]
    return {drive_of(*pair): pair for pair in pairs if position(pair[0]) != position(pair[1])}


@pytest.fixture(scope="module")
def network_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate_network(5000, 2, tmp_path_factory.mktemp("roads") / "net").folder


@pytest.fixture(scope="module")
def roads(network_folder: Path) -> Roads:
    return open_roads(network_folder)


@pytest.fixture(scope="module")
def drawn(roads: Roads) -> str:
    """``map.geojson`` of version 1."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder)}/pts.db"
        upgrade(url)
        with Store(url) as store:
            put_published(store)
            made = stored_publication(store, DAY, 1)
    pairs = list(legs(made).values())
    lines = dict(zip((leg_of(*pair) for pair in pairs), ways_by_road(roads, made.policy, pairs), strict=True))
    return json.dumps(map_document(replace(made, lines=lines, attribution=CREDIT)))
