"""Broken extracts are refused in words, never half read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("osmium")

from geodata.errors import RoadsError
from geodata.extract.build import network_of_extract, silent
from geodata.extract.reading import read_ways
from tests.geodata.extract.little import cross


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return cross(tmp_path / "good.osm.pbf", {"highway": "primary", "maxspeed": "40 mph"})


def test_an_extract_cut_short_anywhere_is_refused(good: Path, tmp_path: Path) -> None:
    content = good.read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    for length in range(0, len(content), 7):
        cut.write_bytes(content[:length])
        with pytest.raises(RoadsError, match=r"cut.osm.pbf: (cannot be read|no roads in it)"):
            network_of_extract(cut)


def test_what_is_no_extract_is_refused(tmp_path: Path) -> None:
    for name, content in (("letter.osm.pbf", b"Dear Sir or Madam, " * 500), ("zeros.osm.pbf", bytes(10_000))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RoadsError, match=f"{name}: cannot be read .*whole OpenStreetMap extract"):
            network_of_extract(tmp_path / name)


def test_a_name_that_tells_no_format_is_refused(good: Path) -> None:
    with pytest.raises(RoadsError, match="cannot be read"):
        network_of_extract(good.rename(good.with_name("extract.docx")))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.osm.pbf", tmp_path):
        with pytest.raises(RoadsError, match="no such file; give the path"):
            network_of_extract(path)


def test_without_osmium_the_error_says_what_to_install(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(RoadsError, match=r"pts-optimiser\[roads\]"):
        network_of_extract(good)


def test_roads_alike_in_their_tags_are_read_once_and_barriers_are_found(tmp_path: Path) -> None:
    path = cross(
        tmp_path / "x.osm.pbf", {"highway": "primary"}, on_nodes={5: {"barrier": "block"}, 6: {"barrier": "gate"}}
    )
    ways = read_ways(path, silent, tolls=True)
    assert [road.highway for road in ways.roads] == ["residential", "primary"]
    assert ways.road.tolist() == [0, 0, 0, 1]
    assert ways.blocked.tolist() == [5]
    assert ways.node[ways.first[3] : ways.first[4]].tolist() == [1, 5, 3]
