"""Whose contract a duty is in, and duties that serve their own contract or any."""

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
    """The contract of most of the homes nearest to each base."""
    homes = [(j.contract, p) for j in journeys for p in (j.pickup, j.dropoff) if p.kind is PlaceKind.HOME]
    at = np.array([(place.lat, place.lon) for _, place in homes]).reshape(-1, 2)
    most = min(NEIGHBOURS, max(5, len(homes) // 100))
    found: dict[Base, str] = {}
    for base in dict.fromkeys((duty.base_lat, duty.base_lon) for duty in duties):
        near = np.argsort(apart_m(np.array(base[0]), np.array(base[1]), at[:, 0], at[:, 1]), kind="stable")[:most]
        found[base] = Counter(homes[i][0] for i in near.tolist()).most_common(1)[0][0]
    return found


def for_any(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """The duties without a contract of their own: they serve all."""
    return tuple(replace(duty, contracts=frozenset()) for duty in duties)


def for_own(duties: Sequence[Duty], journeys: Sequence[Journey]) -> tuple[Duty, ...]:
    """The duties each for the contracts that it names or, where it names none, for that of its base."""
    of_base = contract_of_base(duties, journeys)
    return tuple(
        replace(duty, contracts=duty.contracts or frozenset({of_base[duty.base_lat, duty.base_lon]})) for duty in duties
    )
