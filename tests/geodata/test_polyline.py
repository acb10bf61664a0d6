from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.polyline import encoded
from geodata.shapes import Lines

COORDINATES = st.tuples(st.integers(-9_000_000, 9_000_000), st.integers(-18_000_000, 18_000_000))


def test_the_format_s_own_example() -> None:
    lines = Lines(np.array([0, 3]), np.array([38.5, 40.7, 43.252]), np.array([-120.2, -120.95, -126.453]))
    assert encoded(lines) == ["_p~iF~ps|U_ulLnnqC_mqNvxq`@"]


@given(st.lists(st.lists(COORDINATES, max_size=5), max_size=4))
def test_reading_gives_back_what_was_written(lines: list[list[tuple[int, int]]]) -> None:
    first = np.cumsum([0, *(len(line) for line in lines)])
    flat = np.array([point for line in lines for point in line], np.float64).reshape(-1, 2) / 1e5
    assert [_decoded(text) for text in encoded(Lines(first, flat[:, 0], flat[:, 1]))] == lines


def _decoded(text: str) -> list[tuple[int, int]]:
    values, value, shift = [], 0, 0
    for character in text.encode("ascii"):
        value |= ((character - 63) & 31) << shift
        shift += 5
        if character - 63 < 32:
            values.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lat, lon = np.cumsum(values[::2], dtype=int), np.cumsum(values[1::2], dtype=int)
    return list(zip(lat.tolist(), lon.tolist(), strict=True))
