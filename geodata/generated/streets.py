"""Streets: undirected lines with a kind and bends, before they become arcs."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from geodata.generated.plane import Flags, Floats, Ints

BENDS_AT_KM = (0.08, 0.4)
"""A street of this length has a bend, of that length a second."""
BEND = 0.06
"""Standard deviation of a bend to the side, of the street's length; in towns half of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """e streets by their ends; a one-way street leads from tail to head. Bends are in order from tail to head."""

    tail: Ints  # [e]
    head: Ints  # [e]
    highway: NDArray[np.uint8]  # [e]
    urban: Flags  # [e]
    one_way: Flags  # [e]
    toll: Flags  # [e]
    first: Ints  # [e + 1]
    bends: Floats  # [b, 2] km

    def __add__(self, other: Streets) -> Streets:
        both = {
            field.name: np.concatenate([getattr(self, field.name), getattr(other, field.name)])
            for field in fields(Streets)
        }
        both["first"] = np.concatenate([self.first, self.first[-1] + other.first[1:]])
        return Streets(**both)

    def among(self, inside: Flags) -> Streets:
        """The streets between points that stay, the points numbered anew."""
        number = np.cumsum(inside) - 1
        stay = inside[self.tail] & inside[self.head]
        count = np.diff(self.first)
        return Streets(
            tail=number[self.tail[stay]],
            head=number[self.head[stay]],
            highway=self.highway[stay],
            urban=self.urban[stay],
            one_way=self.one_way[stay],
            toll=self.toll[stay],
            first=np.concatenate([[0], np.cumsum(count[stay])]),
            bends=self.bends[np.repeat(stay, count)],
        )


def random_bends(rng: np.random.Generator, start: Floats, end: Floats, urban: Flags) -> tuple[Ints, Floats]:
    """Where the bends of each street begin [e + 1], and the bends [b, 2], at even distances and some way aside."""
    along = end - start
    count = np.searchsorted(np.array(BENDS_AT_KM), np.hypot(along[:, 0], along[:, 1]))
    first = np.concatenate([[0], np.cumsum(count)])
    street = np.repeat(np.arange(len(count)), count)
    part = (np.arange(first[-1]) - first[street] + 1) / (count[street] + 1)
    aside = np.clip(rng.standard_normal(len(street)), -2, 2) * BEND * np.where(urban[street], 0.5, 1)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    return first, start[street] + part[:, None] * along[street] + aside[:, None] * across[street]
