import zipfile
from pathlib import Path

import numpy as np
import pytest

from pts_optimiser.checking import read_travel
from pts_optimiser.domain.errors import TravelTimesError
from tests.bad_input.structured import bomb

from . import town

NAMES = ("lat", "lon", "seconds", "metres", "band_start_s")


def written(path: Path, **changes: object) -> Path:
    """A travel.npz with some arrays changed, or left out where None."""
    table = town.travel()
    arrays = {name: getattr(table, name) for name in NAMES} | changes
    file = path / "travel.npz"
    np.savez_compressed(file, **{name: array for name, array in arrays.items() if array is not None})
    return file


@pytest.mark.parametrize("kind", [np.uint16, np.int32])
def test_arrays_come_back_as_written_and_read_only(tmp_path: Path, kind: type):
    table = read_travel(str(written(tmp_path, seconds=town.travel().seconds.astype(kind))))
    for name in NAMES:
        assert np.array_equal(getattr(table, name), getattr(town.travel(), name))
        assert not getattr(table, name).flags.writeable
    assert table.seconds.dtype == kind


def test_further_arrays_are_passed_over(tmp_path: Path):
    assert read_travel(written(tmp_path, extra=np.zeros(3))).lat.size == 9


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_array_is_named(tmp_path: Path, name: str):
    with pytest.raises(TravelTimesError, match=f"missing {name};"):
        read_travel(written(tmp_path, **{name: None}))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("lat", np.zeros((9, 1))),
        ("lon", np.zeros(8)),
        ("lat", np.zeros(8)),
        ("seconds", np.zeros((6, 9, 8), dtype=np.int32)),
        ("seconds", np.zeros((5, 9, 9), dtype=np.int32)),
        ("seconds", np.zeros((9, 9), dtype=np.int32)),
        ("metres", np.zeros((9, 8), dtype=np.int32)),
        ("band_start_s", np.zeros((6, 1), dtype=np.int32)),
        ("band_start_s", np.zeros(7, dtype=np.int32)),
    ],
)
def test_arrays_that_do_not_agree_are_refused(tmp_path: Path, name: str, array: object):
    with pytest.raises(TravelTimesError, match="expected"):
        read_travel(written(tmp_path, **{name: array}))


def test_travel_times_need_a_band(tmp_path: Path):
    empty = {"seconds": np.zeros((0, 9, 9), dtype=np.int32), "band_start_s": np.zeros(0, dtype=np.int32)}
    with pytest.raises(TravelTimesError, match="at least one band"):
        read_travel(written(tmp_path, **empty))


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        ("lat", np.zeros(9, dtype=np.int32), "lat holds int32, expected floating numbers"),
        ("seconds", np.zeros((6, 9, 9)), "seconds holds float64, expected integer numbers"),
        ("lon", np.full(9, np.nan), "lon holds values that are not finite"),
        ("lat", np.full(9, np.inf), "lat holds values that are not finite"),
        ("seconds", np.full((6, 9, 9), -1), "seconds holds negative values"),
        ("metres", np.full((9, 9), -1), "metres holds negative values"),
    ],
)
def test_values_that_cannot_be_meant_are_refused(tmp_path: Path, name: str, array: object, message: str):
    with pytest.raises(TravelTimesError, match=message):
        read_travel(written(tmp_path, **{name: array}))


def test_pickled_objects_are_refused(tmp_path: Path):
    with pytest.raises(TravelTimesError, match="not a readable npz"):
        read_travel(written(tmp_path, lat=np.array([{}] * 9, dtype=object)))


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(TravelTimesError, match="no such file"):
        read_travel(tmp_path / "travel.npz")


@pytest.mark.parametrize("content", [b"", b"lat,lon\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_npz_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "travel.npz").write_bytes(content)
    with pytest.raises(TravelTimesError, match="not a readable npz"):
        read_travel(tmp_path / "travel.npz")


def test_a_cut_file_is_refused(tmp_path: Path):
    file = written(tmp_path)
    file.write_bytes(file.read_bytes()[:-400])
    with pytest.raises(TravelTimesError, match="not a readable npz"):
        read_travel(file)


def test_a_flipped_byte_is_found(tmp_path: Path):
    file = written(tmp_path)
    content = bytearray(file.read_bytes())
    content[content.index(b"seconds.npy") + 60] ^= 0xFF
    file.write_bytes(bytes(content))
    with pytest.raises(TravelTimesError, match="not a readable npz"):
        read_travel(file)


def test_a_single_array_is_no_travel_times(tmp_path: Path):
    with (tmp_path / "travel.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(TravelTimesError, match="one array, expected an npz"):
        read_travel(tmp_path / "travel.npz")


@pytest.mark.parametrize(
    "head", [b"no array at all", b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'shape': (", b"\x93NUMPY\x09\x00"]
)
def test_an_array_with_a_damaged_head_is_refused(tmp_path: Path, head: bytes):
    with zipfile.ZipFile(written(tmp_path)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "travel.npz", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, head + content[len(head) :] if name == "lat.npy" else content)
    with pytest.raises(TravelTimesError, match="not a readable npz"):
        read_travel(tmp_path / "travel.npz")


def test_an_archive_that_unpacks_to_far_more_than_a_day_is_refused_before_it_is_unpacked(tmp_path: Path):
    (tmp_path / "travel.npz").write_bytes(bomb("seconds.npy"))
    with pytest.raises(TravelTimesError, match="unpacks to too much"):
        read_travel(tmp_path / "travel.npz")


@pytest.mark.parametrize(("name", "value"), [("lat", 90.1), ("lon", -180.1), ("lat", 1e308)])
def test_degrees_that_are_none_are_refused(tmp_path: Path, name: str, value: float):
    with pytest.raises(TravelTimesError, match=f"{name} holds values that are no degrees"):
        read_travel(written(tmp_path, **{name: np.full(9, value)}))
