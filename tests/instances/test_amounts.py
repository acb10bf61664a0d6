from dataclasses import replace

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.instances import read_cordeau, read_mdhdarp
from pts_optimiser.instances.amounts import small_amounts

from .samples import CORDEAU, MDHDARP, written


def with_demands(instance, *demands):
    pairs = zip(instance.requests, demands, strict=True)
    return replace(instance, requests=tuple(replace(request, demand=demand) for request, demand in pairs))


@pytest.fixture
def tiny(tmp_path):
    return read_cordeau(written(tmp_path, CORDEAU))


def test_amounts_are_counted_in_their_greatest_common_unit(tiny):
    demand, layouts = small_amounts(with_demands(tiny, (250, 0), (1000, 3)), [(1100, 2), (990, 2)])
    assert demand.tolist() == [[1, 0], [4, 1]]
    assert layouts.tolist() == [[[4, 0]], [[3, 0]]]


def test_no_capacity_exceeds_all_demand_together(tiny):
    _, layouts = small_amounts(with_demands(tiny, (2,), (3,)), [(10**9,)])
    assert layouts.tolist() == [[[5]]]


def test_places_that_stand_in_for_others_are_left_alone(tmp_path):
    demand, layouts = small_amounts(read_mdhdarp(written(tmp_path, MDHDARP)), [(9, 9, 9, 9)])
    assert demand.tolist() == [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert layouts.tolist() == [[[9, 9, 9, 9]]]


def test_too_many_loads_are_refused(tiny):
    fine = with_demands(tiny, (999_999, 1_000_003), (1_000_000, 999_983))
    with pytest.raises(InputError, match="amounts are too fine"):
        small_amounts(fine, [(10**6, 10**6)])
