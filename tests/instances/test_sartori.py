import gzip

import numpy as np
import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.instances import Node, read_sartori

from .samples import SARTORI, published, written


def test_requests_travel_and_objective_are_read(tmp_path):
    instance = read_sartori(written(tmp_path, SARTORI))
    assert instance.objective == "vehicles then distance"
    assert instance.requests[0].pickup == Node(1, 2.0, 10.0, 40.0)
    assert instance.requests[1].dropoff == Node(4, 2.0, 0.0, 60.0)
    assert [request.demand for request in instance.requests] == [(1,), (2,)]
    assert instance.requests[0].ride_limit == float("inf")
    assert instance.travel.dtype == np.int32
    assert instance.travel[:2].tolist() == [[0, 5, 4, 9, 7], [6, 0, 20, 4, 20]]


def test_there_is_a_vehicle_for_every_request(tmp_path):
    first, second = read_sartori(written(tmp_path, SARTORI)).vehicles
    assert first == second
    assert (first.capacity, first.max_duration, first.earliest, first.latest) == ((2,), 60.0, 0.0, 60.0)


def test_gzip_is_read_as_plain(tmp_path):
    packed = tmp_path / "tiny.txt.gz"
    packed.write_bytes(gzip.compress(SARTORI.encode()))
    instance = read_sartori(packed)
    assert instance.name == "tiny"
    assert instance.requests == read_sartori(written(tmp_path, SARTORI)).requests


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("SIZE: 5", "SIZE: 6", 3, "expected 6 rows after NODES"),
        ("SIZE: 5", "SIZE: 5.5", 3, "whole number"),
        ("SIZE: 5", "SIZE: five", 3, "not a number"),
        ("EDGES\n", "", 3, "expected 5 rows after NODES"),
        ("1 10 40 2 0 3", "1 10 40 2 0 4", 8, "names node 4, which does not name it"),
        ("1 10 40 2 0 3", "1 10 40 2 0 0", 8, "either its pick-up or its delivery"),
        ("1 10 40 2 0 3", "1 10 40 2 0 9", 8, "names node 9"),
        ("-2 0 60 2 2 0", "-1 0 60 2 2 0", 11, "demand is -1"),
        ("2 0.1 0.0 2", "3 0.1 0.0 2", 9, "expected node 2, found 3"),
        ("8 4 20 0 20", "8 4 20 0", 16, "expected 5 numbers"),
        ("8 4 20 0 20", "8 4 20 1 20", 16, "0 from a node to itself"),
        ("8 4 20 0 20", "8 -4 20 0 20", 16, "travel must lie in"),
        ("8 4 20 0 20", "8 4 20 0 1e12", 16, "travel must lie in"),
        ("8 4 20 0 20", "8 4.5 20 0 20", 16, "whole number"),
    ],
)
def test_malformed_files_are_refused_with_file_and_line(tmp_path, old, new, line, words):
    assert old in SARTORI
    with pytest.raises(InputError, match=rf"tiny\.txt:{line} .*{words}.* Hint: ") as caught:
        read_sartori(written(tmp_path, SARTORI.replace(old, new)))
    assert caught.value.issues[0].row == line


def test_a_missing_header_line_is_named(tmp_path):
    with pytest.raises(InputError, match="no line ROUTE-TIME: before NODES"):
        read_sartori(written(tmp_path, SARTORI.replace("ROUTE-TIME: 60\n", "")))
    with pytest.raises(InputError, match="no line SIZE"):
        read_sartori(written(tmp_path, "1 2 3\n"))


def test_the_published_set_is_read_with_the_sizes_in_its_names():
    files = sorted(published().glob("pdptw_sartori*/*.gz"))
    assert len(files) == 58
    for path in files:
        instance = read_sartori(path)
        stops = int(instance.name.split("-")[1].removeprefix("n"))
        assert 2 * len(instance.requests) == stops
        assert instance.travel.shape == (stops + 1, stops + 1)
        assert instance.names == tuple(str(node) for node in range(1, stops + 1))
