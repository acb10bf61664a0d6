import gzip

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.instances import Node, best_known, read_cordeau

from .samples import CORDEAU, CORDEAU_2003, published, written


@pytest.mark.parametrize(
    ("text", "end"), [(CORDEAU, 5), (CORDEAU_2003, 0)], ids=["N counts requests", "N counts nodes"]
)
def test_both_meanings_of_the_second_number_are_read(tmp_path, text, end):
    instance = read_cordeau(written(tmp_path, text))
    assert instance.name == "tiny"
    assert [request.demand for request in instance.requests] == [(1,), (1,)]
    assert instance.requests[0].pickup == Node(1, 1.0, 10.0, 20.0)
    assert instance.requests[1].dropoff == Node(4, 1.0, 0.0, 100.0)
    assert instance.travel[1].tolist()[:5] == [5.0, 0.0, 3.0, 4.0, 18**0.5]
    assert instance.requests[0].ride_limit == 30.0
    (vehicle,) = instance.vehicles
    assert (vehicle.capacity, vehicle.max_duration, vehicle.start, vehicle.end) == ((2,), 100.0, 0, end)
    assert (vehicle.earliest, vehicle.latest) == (0.0, 100.0)


def test_gzip_is_read_as_plain(tmp_path):
    packed = tmp_path / "tiny.txt.gz"
    packed.write_bytes(gzip.compress(CORDEAU.encode()))
    unpacked = read_cordeau(written(tmp_path, CORDEAU))
    assert read_cordeau(packed).requests == unpacked.requests
    assert read_cordeau(packed).vehicles == unpacked.vehicles


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("1 2 100 2 30", "1 2 100 2", 1, "expected 5 numbers"),
        ("1 2 100 2 30", "0 2 100 2 30", 1, "no vehicles"),
        ("1 2 100 2 30", "1 9 100 2 30", 1, "does not fit N = 9"),
        ("1 2 100 2 30", "1 2.5 100 2 30", 1, "whole number"),
        ("2 0 4 1 1 0 100", "2 0 four 1 1 0 100", 4, "not a number"),
        ("2 0 4 1 1 0 100", "2 0 nan 1 1 0 100", 4, "not finite"),
        ("2 0 4 1 1 0 100", "2 0 4 1 1 0", 4, "expected 7 numbers"),
        ("2 0 4 1 1 0 100", "7 0 4 1 1 0 100", 4, "expected node 2"),
        ("4 0 1 1 -1 0 100", "4 0 1 1 -2 0 100", 6, "load"),
    ],
)
def test_malformed_files_are_refused_with_file_and_line(tmp_path, old, new, line, words):
    with pytest.raises(InputError, match=rf"tiny\.txt:{line} .*{words}") as caught:
        read_cordeau(written(tmp_path, CORDEAU.replace(old, new)))
    assert caught.value.issues[0].row == line


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1 2 100", "1000000000 2 100", "1,000,000,000 vehicles, at most"),
        ("1 3 4 1", "1 1e308 4 1", "not finite or above"),
        ("1 2 100 2 30", "1 2 100 2 -1e13", "not finite or above"),
    ],
)
def test_numbers_that_nobody_can_mean_are_refused(tmp_path, old, new, says):
    with pytest.raises(InputError, match=says):
        read_cordeau(written(tmp_path, CORDEAU.replace(old, new)))


def test_more_nodes_than_any_instance_has_are_refused(tmp_path):
    rows = "\n".join(f"{node} 0 0 0 0 0 9" for node in range(7001))
    with pytest.raises(InputError, match="7,001 nodes"):
        read_cordeau(written(tmp_path, f"1 7000 9 9 9\n{rows}\n"))


def test_a_file_that_unpacks_to_gigabytes_is_refused(tmp_path):
    with gzip.open(tmp_path / "bomb.txt.gz", "wb", compresslevel=1) as file:
        for _ in range(300):
            file.write(bytes(1 << 20))
    with pytest.raises(InputError, match="is larger than 200 MB"):
        read_cordeau(tmp_path / "bomb.txt.gz")


def test_unreadable_files_are_refused(tmp_path):
    broken = tmp_path / "broken.txt.gz"
    broken.write_bytes(b"not gzip")
    for path in (broken, tmp_path / "absent.txt", written(tmp_path, "\n\n", "empty.txt")):
        with pytest.raises(InputError, match=path.name.replace(".", r"\.")):
            read_cordeau(path)


def test_the_published_sets_are_read_with_the_sizes_in_their_names():
    folder = published()
    files = sorted(folder.glob("darp_cordeau_*/*.txt"))
    assert len(files) == 56
    for path in files:
        instance = read_cordeau(path)
        assert best_known(instance.name) is not None
        if not instance.name.startswith("pr"):
            vehicles, requests = instance.name[1:].split("-")
            assert (len(instance.vehicles), len(instance.requests)) == (int(vehicles), int(requests))
