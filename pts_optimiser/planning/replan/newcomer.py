"""A journey that no plan knows yet, as a request with its own travel times: only its own rows are worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.domain.journey import Journey
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import Places, places_of
from pts_optimiser.planning.replan.remainder import Remainder
from pts_optimiser.planning.replan.travel import NewPlaces, slowdowns_of
from solver.problem import Int
from solver.spare import Newcomer


class Reception:
    """Makes newcomers to the rest of one day."""

    def __init__(self, plan: Plan, state: DayState, left: Remainder, new_places: NewPlaces) -> None:
        self.plan, self.left, self.new_places = plan, left, new_places
        self.now = plan.seconds(state.now)
        self.slowdowns = slowdowns_of(plan, state)
        self.date = state.service_date
        places = zip(left.travel.lat.tolist(), left.travel.lon.tolist(), strict=True)
        self.index: dict[tuple[float, float], int] = {}
        for number, place in enumerate(places):
            self.index.setdefault(place, number)
        groups = left.problem.group.tolist()
        self.group = {journey.cohort: group for journey, group in zip(left.journeys, groups, strict=True)}
        kinds = {(d.crew, d.skills, d.contracts, d.vehicle_type): d for d in left.duties}
        self.kinds = tuple(kinds.values())
        """A duty of each kind that differs in whom it may take."""
        numbers = {kind: number for number, kind in enumerate(kinds)}
        self.kind = np.array([numbers[d.crew, d.skills, d.contracts, d.vehicle_type] for d in left.duties], np.intp)
        self.closed = [self._rests_no_more(v) for v in range(len(left.duties))]

    def newcomer(self, journey: Journey) -> Newcomer:
        """A journey as a request; new places go by the formula."""
        left, travel = self.left, self.left.travel
        ends = journey.pickup, journey.dropoff
        m = len(travel.lat)
        seconds, metres = self.new_places.beyond_slowed(
            travel, [end.lat for end in ends], [end.lon for end in ends], self.slowdowns
        )
        location = [self.index.get((end.lat, end.lon), m + k) for k, end in enumerate(ends)]
        alone = build([journey], self.kinds, self.plan.policy, *self._small(journey, location, seconds), self.date)
        window = np.stack([alone.pickup_window[:, 0], alone.dropoff_window[:, 0]], axis=1)
        window[:, 0, 0] = np.maximum(window[:, 0, 0], self.now)
        demand = np.zeros(left.problem.demand.shape[1], np.int32)
        demand[: alone.demand.shape[1]] = alone.demand[0]
        new_group = int(left.problem.group.max(initial=-1)) + 1
        return Newcomer(
            location=np.array(location, np.int32),
            band=np.concatenate([alone.pickup_band, alone.dropoff_band]),
            service=np.concatenate([alone.pickup_service, alone.dropoff_service]),
            overhead=np.concatenate([alone.pickup_overhead, alone.dropoff_overhead]),
            window=window,
            ride_limit=alone.ride_limit[:, 0],
            demand=demand,
            group=self.group.get(journey.cohort, new_group),
            exclusive=bool(alone.exclusive[0]),
            unserved_cost=int(alone.unserved_cost[0]),
            relaxed_cost=int(alone.relaxed_cost[0]),
            compatible=alone.compatible[0, self.kind] & ~np.array(self.closed, np.bool_),
            seconds_from=seconds,
            seconds_to=seconds.transpose(0, 2, 1),
            metres_from=metres,
            metres_to=metres.T,
        )

    def _small(self, journey: Journey, location: Sequence[int], seconds: Int) -> tuple[TravelTimes, Places]:
        """Travel times between the places of one journey, from which its limits follow; those of bases are left 0."""
        places = places_of([journey], self.kinds)
        size, at = len(places.lat), [places.at(end.lat, end.lon) for end in (journey.pickup, journey.dropoff)]
        table = np.zeros((len(seconds), size, size), np.uint16)
        known = [place < seconds.shape[2] - 2 for place in location]
        direct: NDArray[np.integer[Any]]
        if all(known):
            direct = self.left.travel.seconds[:, location[0], location[1]]
        else:
            direct = seconds[:, 0, location[1]] if not known[0] else seconds[:, 1, location[0]]
        table[:, at[0], at[1]] = direct
        travel = TravelTimes(
            places.lat, places.lon, table, np.zeros((size, size), np.int32), self.left.travel.band_start_s, "rows"
        )
        return travel, places

    def _rests_no_more(self, v: int) -> bool:
        """Whether a duty without work can't take its break any more."""
        rest, n = self.left.duties[v].rest, len(self.left.journeys)
        if rest is None or not self.left.problem.break_length[v]:
            return False
        return self.plan.seconds(rest.latest) < self.left.problem.shift[v, 0] and 2 * n not in self.left.times[v]
