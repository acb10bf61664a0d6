"""A day in the planner's words → a ``solver.Problem``. Request i is ``journeys[i]``, vehicle v is ``duties[v]``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.seating import boxes_of
from pts_optimiser.planning.places import Places
from pts_optimiser.planning.standards import anchors, timing
from solver import NEVER, Problem

T = TypeVar("T")
K = TypeVar("K")

WORTH_THREADS = 1 << 20
"""Bytes below which threads take longer to start than one of them to copy."""

UNSERVED_S = 15_000
UNSERVED_S_PER_POINT = 300
"""Seconds of driving that serving a journey is worth: far more than any detour, and more the higher its priority."""

MISSED_TARGET_S = 3_600
"""Seconds of driving worth spending to keep a journey inside its targets."""

DUTY_S = 600
"""Seconds of driving worth spending to leave a duty unused."""

SEATS, WHEELCHAIRS, STRETCHERS, CAPPED = range(4)
RESOURCE = {"seat": SEATS, "wheelchair": WHEELCHAIRS, "stretcher": STRETCHERS}


def build(
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: TravelTimes,
    places: Places,
    service_date: date,
) -> Problem:
    """The problem of one service day; ``places`` gives the location of every place in ``travel``."""
    origin = midnight(service_date)
    n = len(journeys)
    pickup = _ints([places.at(j.pickup.lat, j.pickup.lon) for j in journeys])
    dropoff = _ints([places.at(j.dropoff.lat, j.dropoff.lon) for j in journeys])
    moments = [anchors(journey, origin) for journey in journeys]
    pickup_band = _ints([travel.band_at(moment.pickup) for moment in moments])
    dropoff_band = _ints([travel.band_at(moment.dropoff) for moment in moments])
    direct = travel.seconds[pickup_band, pickup, dropoff]
    timings = [timing(j, policy, origin, int(drive)) for j, drive in zip(journeys, direct, strict=True)]
    mobilities = [policy.mobilities[journey.mobility] for journey in journeys]
    base = _ints([places.at(duty.base_lat, duty.base_lon) for duty in duties])
    shift = _ints([(seconds_after(origin, d.start_at), seconds_after(origin, d.end_at)) for d in duties]).reshape(-1, 2)
    rests = [duty.rest for duty in duties]
    kinds = sorted({duty.vehicle_type for duty in duties})
    layouts = _layouts(kinds, policy)
    substitutes = np.zeros((layouts.shape[2],) * 2, np.bool_)
    for place in policy.substitutes:
        substitutes[SEATS, RESOURCE[place]] = True
    return Problem(
        pickup_location=pickup,
        dropoff_location=dropoff,
        pickup_band=pickup_band,
        dropoff_band=dropoff_band,
        pickup_service=_ints([m.dwell.pickup(j.pickup.kind) for j, m in zip(journeys, mobilities, strict=True)]),
        dropoff_service=_ints([m.dwell.dropoff(j.dropoff.kind) for j, m in zip(journeys, mobilities, strict=True)]),
        pickup_overhead=_ints([policy.overhead(j.pickup.kind) for j in journeys]),
        dropoff_overhead=_ints([policy.overhead(j.dropoff.kind) for j in journeys]),
        pickup_window=_tiers([t.pickup for t in timings]),
        dropoff_window=_tiers([t.dropoff for t in timings]),
        ride_limit=_ints([t.ride for t in timings]).reshape(n, 2).T.copy(),
        demand=_demand(journeys, policy),
        group=_numbered([journey.cohort for journey in journeys]),
        exclusive=np.array(
            [j.travel_alone or m.exclusive for j, m in zip(journeys, mobilities, strict=True)], np.bool_
        ),
        unserved_cost=_ints([UNSERVED_S + UNSERVED_S_PER_POINT * policy.priorities[j.category] for j in journeys]),
        relaxed_cost=np.full(n, MISSED_TARGET_S, np.int32),
        compatible=_compatible(journeys, duties, policy),
        start_location=base,
        end_location=base.copy(),
        vehicle_band=_ints([travel.band_at(int(start)) for start in shift[:, 0]]),
        shift=shift,
        max_duration=np.full(len(duties), NEVER, np.int32),
        max_distance=_ints([NEVER if d.range_km is None else int(d.range_km * 1000) for d in duties]),
        break_length=_ints([int(rest.length.total_seconds()) if rest else 0 for rest in rests]),
        break_window=_ints(
            [(seconds_after(origin, r.earliest), seconds_after(origin, r.latest)) if r else (0, 0) for r in rests]
        ).reshape(-1, 2),
        vehicle_class=_ints([kinds.index(duty.vehicle_type) for duty in duties]),
        vehicle_cost=np.full(len(duties), DUTY_S, np.int32),
        layouts=layouts,
        substitutes=substitutes,
        seconds=_widened(travel.seconds),
        metres=travel.metres.view(),  # a problem locks its arrays
        block_gap=policy.distancing.clean_down if policy.distancing else 0,
    )


def _layouts(kinds: Sequence[str], policy: Policy) -> NDArray[np.int32]:
    """Capacities [type, layout, resource]; with distancing the cap on parties (or persons) is one more resource."""
    if policy.seat_graph:
        return _seated_apart(kinds, policy)
    most = max((len(policy.vehicle_types[kind].layouts) for kind in kinds), default=1)
    layouts = np.full((len(kinds), most, 4 if policy.distancing else 3), -1, np.int32)
    for c, kind in enumerate(kinds):
        for k, layout in enumerate(policy.vehicle_types[kind].layouts):
            layouts[c, k, :3] = layout.seats, layout.wheelchairs, layout.stretchers
            if policy.distancing:
                layouts[c, k, CAPPED] = policy.distancing.cap(kind)
    return layouts


def _seated_apart(kinds: Sequence[str], policy: Policy) -> NDArray[np.int32]:
    """Under a seat graph every box of a layout is one, and each layout as it is for those whom nothing is asked of."""
    rows = [
        [
            row
            for k, layout in enumerate(policy.vehicle_types[kind].layouts)
            for row in ((layout.seats, layout.wheelchairs, layout.stretchers, 0), *boxes_of(policy, kind, k))
        ]
        for kind in kinds
    ]
    layouts = np.full((len(kinds), max(map(len, rows), default=1), 4), -1, np.int32)
    for c, found in enumerate(rows):
        layouts[c, : len(found)] = found
    return layouts


def _demand(journeys: Sequence[Journey], policy: Policy) -> NDArray[np.int32]:
    """Places that each party takes [n, resource]: the patient's own, and a seat for every escort."""
    demand = np.zeros((len(journeys), 4 if policy.distancing else 3), np.int32)
    for i, journey in enumerate(journeys):
        demand[i, RESOURCE[policy.mobilities[journey.mobility].place]] += 1
        demand[i, SEATS] += journey.escorts
        if policy.distancing and not policy.distancing.exempts(journey):
            demand[i, CAPPED] = 1 if policy.distancing.household_exempt else 1 + journey.escorts
    return demand


def _compatible(journeys: Sequence[Journey], duties: Sequence[Duty], policy: Policy) -> NDArray[np.bool_]:
    """Crew, skills and contract of every journey against every duty [n, v], worked out once for each kind of either."""
    needs, need_of = _kinds(journeys, lambda j: (needed_crew(j, policy), needed_skills(j, policy), j.contract))
    offers, offer_of = _kinds(duties, lambda d: (d.crew, offered_skills(d, policy), d.contracts))
    allowed = np.array(
        [
            [
                crew >= least and skills >= required and (not contracts or contract in contracts)
                for crew, skills, contracts in offers
            ]
            for least, required, contract in needs
        ],
        np.bool_,
    ).reshape(len(needs), len(offers))
    return allowed[np.ix_(need_of, offer_of)]


def needed_crew(journey: Journey, policy: Policy) -> int:
    return policy.mobilities[journey.mobility].crew


def needed_skills(journey: Journey, policy: Policy) -> frozenset[str]:
    return journey.skills | policy.mobilities[journey.mobility].skills


def offered_skills(duty: Duty, policy: Policy) -> frozenset[str]:
    return duty.skills | policy.vehicle_types[duty.vehicle_type].skills


def _kinds(items: Sequence[T], key: Callable[[T], K]) -> tuple[list[K], NDArray[np.int32]]:
    """Distinct keys and the number of each item's."""
    number: dict[K, int] = {}
    members = [number.setdefault(key(item), len(number)) for item in items]
    return list(number), _ints(members)


def _numbered(labels: Sequence[str]) -> NDArray[np.int32]:
    """Number distinct labels from 0."""
    return _kinds(labels, lambda label: label)[1]


def _tiers(windows: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> NDArray[np.int32]:
    """[n][tier](low, high) → [tier, n, 2]."""
    return _ints(windows).reshape(-1, 2, 2).transpose(1, 0, 2).copy()


def _widened(bands: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
    """All bands in 32 bits, side by side where they are not yet: these are a hundred million bytes."""
    if bands.dtype == np.int32:
        return bands.view(np.int32)
    if bands.nbytes < WORTH_THREADS:
        return bands.astype(np.int32)
    wide = np.empty(bands.shape, np.int32)
    with ThreadPoolExecutor() as threads:
        list(threads.map(np.copyto, wide, bands))
    return wide


def _ints(values: object) -> NDArray[np.int32]:
    return np.asarray(values, dtype=np.int32)
