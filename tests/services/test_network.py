"""Networks made of extracts, and what goes wrong with them in the project's own errors."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("osmium")

from geodata.network import open_network
from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.network import build_network
from tests.geodata.extract.little import cross


def test_a_network_is_built_once_and_says_what_it_holds(tmp_path: Path) -> None:
    extract = cross(tmp_path / "x.osm.pbf", {"highway": "primary"})
    made, again = (build_network(extract, tmp_path / "net") for _ in range(2))
    network, meta = open_network(tmp_path / "net")
    assert (made.built, again.built) == (True, False)
    assert (made.junctions, made.arcs, made.model) == (network.nodes, network.arcs, network.model)
    assert (again.junctions, again.roads, again.left_out_km) == (made.junctions, 4, 0)
    assert made.attribution == "© OpenStreetMap contributors"
    assert meta["tolls"] is True


def test_what_is_wrong_with_roads_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the path of an OpenStreetMap extract"):
        build_network(tmp_path / "nothing.osm.pbf", tmp_path / "net")
