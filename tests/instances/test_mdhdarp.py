import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.instances import read_mdhdarp

from .samples import MDHDARP, published, written


def test_fleet_demands_and_limits_are_read(tmp_path):
    instance = read_mdhdarp(written(tmp_path, MDHDARP))
    assert [vehicle.capacity for vehicle in instance.vehicles] == [(0, 1, 0, 1), (1, 0, 1, 1)]
    assert [request.demand for request in instance.requests] == [(1, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    assert [request.ride_limit for request in instance.requests] == [30.0, 30.0, 25.0]
    assert instance.requests[2].dropoff.place == 6
    assert instance.travel[6, 0] == 2.0
    assert instance.substitutes == {(0, 1), (0, 2), (1, 2)}


def test_vehicles_start_at_the_dummies_unless_depots_are_given(tmp_path):
    path = written(tmp_path, MDHDARP)
    assert [(vehicle.start, vehicle.end) for vehicle in read_mdhdarp(path).vehicles] == [(0, 7)] * 2
    spread = read_mdhdarp(path, depots=[(-3, -4), (6, 8), (-5, 5)])
    assert [(vehicle.start, vehicle.end) for vehicle in spread.vehicles] == [(8, 8), (9, 9)]
    assert spread.travel[0, 8:10].tolist() == [5.0, 10.0]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("2 3\n", "2 4\n", 1, "rows follow"),
        ("2 3\n", "0 4\n", 1, "rows follow"),
        ("2 3\n", "10 -1\n", 1, "rows follow"),
        ("100 0 1 0 1", "100 0 1 0", 2, "expected 5 numbers"),
        ("4\t3\t0\t1\t0\t-1\t-1", "4\t3\t0\t1\t0\t-1\t0", 8, "demand"),
        ("2\t0\t4", "5\t0\t4", 6, "expected node 2"),
    ],
)
def test_malformed_files_are_refused_with_file_and_line(tmp_path, old, new, line, words):
    with pytest.raises(InputError, match=rf"tiny\.txt:{line} .*{words}"):
        read_mdhdarp(written(tmp_path, MDHDARP.replace(old, new)))


def test_the_published_set_is_read_with_the_sizes_in_its_names():
    files = sorted(published().glob("mdhdarp_*/*.txt"))
    assert len(files) == 20
    for path in files:
        instance = read_mdhdarp(path)
        vehicles, requests = instance.name[1:].removesuffix("hetIUY").split("-")
        assert (len(instance.vehicles), len(instance.requests)) == (int(vehicles), int(requests))
