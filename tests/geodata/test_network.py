"""A network's folder gives back what was put in, and nothing that was damaged."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from geodata.errors import RoadsError
from geodata.network import open_network
from tests.geodata.roads import grid


def test_a_network_comes_back_whole(tmp_path: Path) -> None:
    network = grid(5, 7)
    network.save(tmp_path / "net", source="a test")
    again, meta = open_network(tmp_path / "net")
    assert meta["source"] == "a test"
    assert again.key == network.key
    for field in dataclasses.fields(network):
        assert np.array_equal(getattr(again, field.name), getattr(network, field.name)), field.name


def test_a_second_save_replaces_the_first_and_leaves_nothing_else(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path / "net")
    grid(4, 4).save(tmp_path / "net")
    assert open_network(tmp_path / "net")[0].nodes == 16
    assert [path.name for path in tmp_path.iterdir()] == ["net"]


@pytest.mark.parametrize("name", ["lat", "head", "freeflow_cs", "shape_first"])
def test_a_flipped_bit_is_found(tmp_path: Path, name: str) -> None:
    grid(5, 5).save(tmp_path / "net")
    path = tmp_path / "net" / f"{name}.npy"
    content = bytearray(path.read_bytes())
    content[-3] ^= 4
    path.write_bytes(content)
    with pytest.raises(RoadsError, match=f"{name}.npy: damaged"):
        open_network(tmp_path / "net")


def test_a_truncated_array_a_broken_meta_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    grid(5, 5).save(tmp_path / "net")
    path = tmp_path / "net" / "tail.npy"
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(RoadsError, match=r"tail.npy: cannot be read"):
        open_network(tmp_path / "net")
    (tmp_path / "net" / "meta.json").write_text('{"kind"')
    with pytest.raises(RoadsError, match=r"meta.json: cannot be read"):
        open_network(tmp_path / "net")
    (tmp_path / "net" / "meta.json").write_text(json.dumps({"kind": "road network/0", "checksums": {}}))
    with pytest.raises(RoadsError, match="wanted is road network/1"):
        open_network(tmp_path / "net")
    with pytest.raises(RoadsError, match="no road network here"):
        open_network(tmp_path / "elsewhere")


def test_an_array_that_stands_among_the_rest_of_the_meta_is_lacking(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path / "net")
    file = tmp_path / "net" / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    meta["lat"] = meta["checksums"].pop("lat")
    file.write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(RoadsError, match="it lacks lat"):
        open_network(tmp_path / "net")


@pytest.mark.parametrize("name", ["../net/lat", "7" * 5000, ""])
def test_what_cannot_be_the_name_of_an_array_is_no_path_to_a_file(tmp_path: Path, name: str) -> None:
    grid(3, 3).save(tmp_path / "net")
    file = tmp_path / "net" / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    meta["checksums"][name] = meta["checksums"].pop("lat")
    file.write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(RoadsError, match="names what is no array"):
        open_network(tmp_path / "net")


@pytest.mark.parametrize("gone", ["model", "checksums", "lat"])
def test_a_meta_file_that_lacks_something_is_refused(tmp_path: Path, gone: str) -> None:
    grid(3, 3).save(tmp_path / "net")
    file = tmp_path / "net" / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    (meta if gone in meta else meta["checksums"]).pop(gone)
    file.write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(RoadsError, match="build"):
        open_network(tmp_path / "net")


@pytest.mark.parametrize(
    "head",
    [b"\x93NUMPY\x01\x00\x76\x00{'descr': (", b"\x93NUMPY\x01\x00\x76\x00{'descr': '<i4', 'shape': (9" + b"9" * 60],
)
def test_an_array_with_a_damaged_head_is_refused(tmp_path: Path, head: bytes) -> None:
    grid(3, 3).save(tmp_path / "net")
    file = tmp_path / "net" / "lat.npy"
    file.write_bytes(head + file.read_bytes()[len(head) :])
    with pytest.raises(RoadsError, match=r"lat\.npy: cannot be read"):
        open_network(tmp_path / "net")


def test_a_meta_file_nested_without_end_is_refused(tmp_path: Path) -> None:
    grid(3, 3).save(tmp_path / "net")
    (tmp_path / "net" / "meta.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(RoadsError, match="cannot be read"):
        open_network(tmp_path / "net")


def test_a_folder_that_cannot_be_written_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RoadsError, match="choose another"):
        grid(2, 2).save(tmp_path / "file" / "net")


def test_a_folder_with_something_else_in_it_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"title": "letters"}')
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(RoadsError, match="choose a new folder"):
        grid(2, 2).save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "meta.json"]
    (tmp_path / "empty").mkdir()
    grid(2, 2).save(tmp_path / "empty")
    assert open_network(tmp_path / "empty")[0].nodes == 4
