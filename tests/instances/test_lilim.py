import gzip

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.instances import read_lilim

from .samples import LILIM, written


def test_pairs_are_found_wherever_they_stand(tmp_path):
    instance = read_lilim(written(tmp_path, LILIM))
    assert instance.objective == "vehicles then distance"
    assert [(request.pickup.place, request.dropoff.place) for request in instance.requests] == [(2, 1), (3, 4)]
    assert instance.requests[0].pickup.service == 1.0
    assert (instance.requests[0].pickup.earliest, instance.requests[0].pickup.latest) == (10.0, 20.0)
    assert instance.travel[3, 1] == 5.0


def test_routes_are_named_by_the_numbers_of_the_file(tmp_path):
    assert read_lilim(written(tmp_path, LILIM)).named([1, 3, 2, 4]) == ["2", "1", "3", "4"]


def test_the_fleet_is_that_of_the_file_up_to_a_vehicle_for_every_request(tmp_path):
    three = read_lilim(written(tmp_path, LILIM))
    one = read_lilim(written(tmp_path, LILIM.replace("3 2 1", "1 2 1")))
    assert [vehicle.capacity for vehicle in three.vehicles] == [(2,)] * 2
    assert len(one.vehicles) == 1
    assert (one.vehicles[0].latest, one.vehicles[0].max_duration) == (100.0, 100.0)


def test_gzip_is_read_as_plain(tmp_path):
    packed = tmp_path / "tiny.txt.gz"
    packed.write_bytes(gzip.compress(LILIM.encode()))
    assert read_lilim(packed).requests == read_lilim(written(tmp_path, LILIM)).requests


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("3 2 1\n", "3 2\n", 1, r"expected 3 numbers \(K Q speed\)"),
        ("3 2 1\n", "0 2 1\n", 1, "no vehicles"),
        ("3 2 1\n", "3 2 2\n", 1, "speed is 2"),
        ("3\t0\t4\t1\t", "3\t0\tx\t1\t", 5, "not a number"),
        ("3\t0\t4\t1\t", "3\t0\t4\t1\t1\t", 5, "expected 9 numbers"),
        ("0\t100\t1\t2\t0", "0\t100\t1\t4\t0", 3, "names node 4"),
    ],
)
def test_malformed_files_are_refused_with_file_and_line(tmp_path, old, new, line, words):
    assert old in LILIM
    with pytest.raises(InputError, match=rf"tiny\.txt:{line} .*{words}.* Hint: "):
        read_lilim(written(tmp_path, LILIM.replace(old, new)))


def test_a_file_without_stops_is_refused(tmp_path):
    with pytest.raises(InputError, match="0 nodes follow"):
        read_lilim(written(tmp_path, "3 2 1\n"))
