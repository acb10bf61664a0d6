from __future__ import annotations

import numpy as np

from geodata.generated.streets import Streets, random_bends


def _streets() -> Streets:
    flags = np.zeros(3, np.bool_)
    return Streets(
        tail=np.array([0, 1, 2]),
        head=np.array([1, 2, 3]),
        highway=np.array([4, 6, 8], np.uint8),
        urban=flags,
        one_way=flags,
        toll=flags,
        first=np.array([0, 1, 1, 3]),
        bends=np.array([(0.5, 0.0), (2.3, 0.0), (2.6, 0.0)]),
    )


def test_streets_of_points_that_go_are_gone_and_the_rest_keep_their_bends() -> None:
    left = _streets().among(np.array([False, False, True, True]))
    assert (left.tail.tolist(), left.head.tolist(), left.highway.tolist()) == ([0], [1], [8])
    assert left.first.tolist() == [0, 2]
    assert left.bends[:, 0].tolist() == [2.3, 2.6]


def test_two_sets_of_streets_are_one() -> None:
    both = _streets() + _streets()
    assert both.first.tolist() == [0, 1, 1, 3, 4, 4, 6]
    assert both.bends.shape == (6, 2)


def test_longer_streets_have_more_bends_and_these_lie_between_their_ends() -> None:
    start, end = np.zeros((3, 2)), np.array([(0.05, 0.0), (0.2, 0.0), (1.0, 0.0)])
    first, bends = random_bends(np.random.default_rng(1), start, end, np.zeros(3, np.bool_))
    assert np.diff(first).tolist() == [0, 1, 2]
    assert 0 < bends[1, 0] < bends[2, 0] < 1
    assert np.abs(bends[:, 1]).max() <= 0.12
