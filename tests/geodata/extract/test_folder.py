"""A folder is built once for an extract and its rules, and what was there stays until the new one is whole."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

pytest.importorskip("osmium")

from geodata.errors import RoadsError
from geodata.extract import folder as room
from geodata.extract.folder import prepared_network
from geodata.network import open_network
from tests.geodata.extract.little import cross


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return cross(tmp_path / "x.osm.pbf", {"highway": "primary", "toll": "yes"})


def test_the_same_extract_is_built_once(tmp_path: Path, extract: Path) -> None:
    first, again = (prepared_network(extract, tmp_path / "net") for _ in range(2))
    assert (first.built, again.built) == (True, False)
    assert first.network.key == again.network.key
    assert (again.roads, again.left_out_km) == (first.roads, first.left_out_km) == (4, 0)


def test_another_extract_other_rules_and_the_toll_switch_build_anew(
    tmp_path: Path, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "net"
    prepared_network(extract, out)
    without = prepared_network(extract, out, tolls=False)
    assert without.built
    assert not without.network.toll.any()
    cross(extract, {"highway": "secondary", "toll": "yes"})
    assert prepared_network(extract, out, tolls=False).built
    monkeypatch.setattr(room, "rules_key", lambda *, tolls: "others")
    assert prepared_network(extract, out, tolls=False).built


def test_a_damaged_network_is_built_again(tmp_path: Path, extract: Path) -> None:
    out = tmp_path / "net"
    key = prepared_network(extract, out).network.key
    (out / "head.npy").write_bytes(b"")
    assert prepared_network(extract, out).built
    assert open_network(out)[0].key == key


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path, extract: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "letter.txt").write_text("dear")
    for folder in (tmp_path / "documents", extract):
        with pytest.raises(RoadsError, match="something else than roads"):
            prepared_network(extract, folder)
    assert (tmp_path / "documents" / "letter.txt").read_text() == "dear"


def test_a_folder_that_cannot_be_made_is_told_before_the_work(tmp_path: Path, extract: Path) -> None:
    said: list[str] = []
    with pytest.raises(RoadsError, match="cannot be written; choose another"):
        prepared_network(extract, extract / "below", on_progress=lambda doing, _roads: said.append(doing))
    assert not said


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, extract: Path) -> None:
    out = tmp_path / "net"
    before = prepared_network(extract, out).network.key
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(RoadsError, match="make room"):
            prepared_network(extract, out, tolls=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert open_network(out)[0].key == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net", "x.osm.pbf"]


def test_a_bad_extract_leaves_what_was_there(tmp_path: Path, extract: Path) -> None:
    out = tmp_path / "net"
    before = prepared_network(extract, out).network.key
    extract.write_bytes(extract.read_bytes()[:-9])
    with pytest.raises(RoadsError):
        prepared_network(extract, out)
    with pytest.raises(RoadsError, match="No such file"):
        prepared_network(tmp_path / "nothing.osm.pbf", out)
    assert open_network(out)[0].key == before


def test_progress_tells_what_is_being_done(tmp_path: Path, extract: Path) -> None:
    said: list[tuple[str, int]] = []
    prepared_network(extract, tmp_path / "net", on_progress=lambda doing, roads: said.append((doing, roads)))
    assert said == [("reading", 4), ("joining", 4), ("simplifying", 4), ("saving", 4)]
