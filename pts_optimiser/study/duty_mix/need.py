"""How many vehicles days need: by base, by who can serve, by half hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.earth import apart_m
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey, Place
from pts_optimiser.domain.policy import Mobility, Policy
from pts_optimiser.study.duty_mix.rules import SLOT_MIN, SLOTS

OXYGEN = "oxygen"
"""A skill of the crew that any duty can be given."""


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What a duty is driven with."""

    vehicle_type: str
    crew: int


@dataclass(frozen=True, slots=True, order=True)
class Base:
    """Where duties begin and end, and the contract round it."""

    name: str
    lat: float
    lon: float
    contract: str


Servers = frozenset[Kind]
"""The kinds that can serve a journey: journeys of one set are alike for the mix."""

Slots = NDArray[np.float64]
Need = Mapping[tuple[Base, Servers], Slots]
"""Vehicles at work in each half hour, [SLOTS], by the base nearest to the work and by who can do it."""


def kinds_of(duties: Sequence[Duty]) -> tuple[Kind, ...]:
    """The kinds of duties that are run."""
    return tuple(sorted({Kind(duty.vehicle_type, duty.crew) for duty in duties}))


def servers(journey: Journey, kinds: Sequence[Kind], policy: Policy) -> Servers:
    """The kinds with a place, the crew and the skills for a journey."""
    mobility = policy.mobilities[journey.mobility]
    skills = (mobility.skills | journey.skills) - {OXYGEN}
    return frozenset(
        kind
        for kind in kinds
        if kind.crew >= mobility.crew
        and skills <= policy.vehicle_types[kind.vehicle_type].skills
        and _has_place(kind, mobility, policy)
    )


def _has_place(kind: Kind, mobility: Mobility, policy: Policy) -> bool:
    layouts = policy.vehicle_types[kind.vehicle_type].layouts
    return any(
        {"seat": x.seats, "wheelchair": x.wheelchairs, "stretcher": x.stretchers}[mobility.place] for x in layouts
    )


def nearest(place: Place, bases: Sequence[Base]) -> Base:
    """The base nearest to a place as the crow flies."""
    at = np.array([(base.lat, base.lon) for base in bases])
    return bases[int(np.argmin(apart_m(np.array(place.lat), np.array(place.lon), at[:, 0], at[:, 1])))]


def spread(minutes: float, start: float, end: float) -> Slots:
    """``minutes`` of one vehicle's work somewhere between two moments of the day, as vehicles by half hour."""
    begins = SLOT_MIN * np.arange(SLOTS)
    overlap = np.clip(np.minimum(begins + SLOT_MIN, end) - np.maximum(begins, start), 0, None)
    return np.asarray(minutes / (end - start) * overlap / SLOT_MIN)


def together(days: Sequence[Need], quantile: float) -> Need:
    """The need of days of one kind as one.

    The mean of each base and servers, times what makes the sum over all of them, half hour by half hour, the
    ``quantile`` of the days' sums: peaks of few vehicles on different days do not add up. Work that only one type of
    vehicle can do is rare and nobody else can step in: there the most of any day.
    """
    sums = np.array([sum(day.values(), np.zeros(SLOTS)) for day in days])
    mean = sums.mean(axis=0)
    factor = np.divide(np.quantile(sums, quantile, axis=0), mean, out=np.ones(SLOTS), where=mean > 0)
    found = {}
    for key in sorted({key for day in days for key in day}, key=lambda key: (key[0], sorted(key[1]))):
        own = np.array([day.get(key, np.zeros(SLOTS)) for day in days])
        rare = len({kind.vehicle_type for kind in key[1]}) == 1
        found[key] = own.max(axis=0) if rare else own.mean(axis=0) * factor
    return found
