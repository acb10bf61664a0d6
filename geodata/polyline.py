"""Lines as short text: Google's encoded polyline format with five decimals of a degree (1.1 m)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from geodata.shapes import Lines

_CHARACTERS = 6
"""Five bits each: enough for any difference of two coordinates, 360 degrees in hundred-thousandths."""


def encoded(lines: Lines) -> list[str]:
    """Each line as text: its first point, then the differences from point to point."""
    whole = np.rint(np.stack([lines.lat, lines.lon], axis=1) * 1e5).astype(np.int64)
    step = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    starts = lines.first[:-1][np.diff(lines.first) > 0]
    step[starts] = whole[starts]
    value = np.where(step < 0, ~(step << 1), step << 1).ravel().astype(np.uint32)
    text = np.empty((len(value), _CHARACTERS), np.uint8)
    used = np.ones((len(value), _CHARACTERS), np.bool_)
    for place in range(_CHARACTERS):
        more = value >= 32
        text[:, place] = (value & 31) + np.where(more, 95, 63)
        used[:, place + 1 :] &= more[:, None]
        value >>= 5
    characters = text[used].tobytes().decode("ascii")
    length = np.concatenate([[0], np.cumsum(used.sum(axis=1).reshape(-1, 2).sum(axis=1))])
    cut = length[lines.first].tolist()
    return [characters[a:b] for a, b in pairwise(cut)]
