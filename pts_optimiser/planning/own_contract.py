"""Whose contract a duty is in, and duties that serve that contract alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from geodata.earth import apart_m
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey, PlaceKind

NEIGHBOURS = 50
"""Most homes round a base that tell whose contract it is in: one in a hundred, but at least five."""

Base = tuple[float, float]


def contract_of_base(duties: Sequence[Duty], journeys: Sequence[Journey]) -> Mapping[Base, str]:
    """The contract of most of the homes nearest to each base; of all places where there is no home."""
    ends = [(j.contract, place) for j in journeys for place in (j.pickup, j.dropoff)]
    homes = [(contract, place) for contract, place in ends if place.kind is PlaceKind.HOME] or ends
    at = np.array([(place.lat, place.lon) for _, place in homes]).reshape(-1, 2)
    most = min(NEIGHBOURS, max(5, len(homes) // 100))
    found: dict[Base, str] = {}
    for base in dict.fromkeys((duty.base_lat, duty.base_lon) for duty in duties):
        near = np.argsort(apart_m(np.array(base[0]), np.array(base[1]), at[:, 0], at[:, 1]), kind="stable")[:most]
        found[base] = Counter(homes[i][0] for i in near.tolist()).most_common(1)[0][0]
    return found


def for_own(duties: Sequence[Duty], journeys: Sequence[Journey]) -> tuple[Duty, ...]:
    """The duties each for the contracts that it names or, where it names none, for that of its base."""
    if not journeys:
        return tuple(duties)
    of_base = contract_of_base(duties, journeys)
    return tuple(
        replace(duty, contracts=duty.contracts or frozenset({of_base[duty.base_lat, duty.base_lon]})) for duty in duties
    )
