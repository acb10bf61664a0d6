from datetime import date

import numpy as np

from pts_optimiser.demand.streams import clipped_normal, even, stream, whole


def test_a_stream_repeats_and_differs_by_seed_purpose_and_date() -> None:
    day = date(2026, 6, 2)
    first = stream(1, "fates", day).random()
    assert stream(1, "fates", day).random() == first
    others = [
        stream(2, "fates", day),
        stream(1, "events", day),
        stream(1, "fates", date(2026, 6, 3)),
        stream(1, "fates"),
    ]
    assert len({first, *(other.random() for other in others)}) == 5


def test_whole_numbers_keep_the_expectation() -> None:
    rng = np.random.default_rng(0)
    drawn = [whole(rng, 2.25) for _ in range(4000)]
    assert set(drawn) == {2, 3}
    assert abs(np.mean(drawn) - 2.25) < 0.03


def test_clipped_normal_stays_inside() -> None:
    drawn = clipped_normal(np.random.default_rng(0), 5.0, 3.0, 2.0, 7.0, 1000)
    assert drawn.min() == 2.0
    assert drawn.max() == 7.0


def test_even_draws_fall_one_in_each_part_in_random_order() -> None:
    drawn = even(np.random.default_rng(0), 200)
    assert sorted((drawn * 200).astype(int)) == list(range(200))
    assert list(drawn) != sorted(drawn)
    assert len(even(np.random.default_rng(0), 0)) == 0
