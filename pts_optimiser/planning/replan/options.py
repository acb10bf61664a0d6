"""Where one journey could go as the plan stands, what that does to others, and who could make room for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Reason, Roster
from pts_optimiser.planning.reasons import unserved
from pts_optimiser.planning.replan.answer import Answer, Exchange, Moved, Option, Touched
from pts_optimiser.planning.replan.limits import followed
from pts_optimiser.planning.replan.newcomer import Reception
from pts_optimiser.planning.replan.remainder import remainder
from pts_optimiser.planning.replan.travel import NewPlaces
from pts_optimiser.planning.standards import TARGET, timing
from pts_optimiser.planning.wishes import timing_wishes
from solver import Route, Solution
from solver.options import Board, Place, Room
from solver.reference import driving, metres, schedule_route
from solver.solution import as_int
from solver.timing import Prices, RouteTiming, retimed_route

MOVED_S = 60
"""Changes of time shorter than this are not told."""


class Desk:
    """The plan as it stands, held ready for one question after another; it stays as it is."""

    def __init__(self, plan: Plan, state: DayState, before: Roster, rules: DayRules) -> None:
        new_places = NewPlaces(plan.policy)
        left = remainder(plan, state, before, rules, new_places)
        stands = followed(left.problem, left.current, left.times, left.riders)
        problem = stands.problem
        self.plan, self.left, self.date = plan, left, state.service_date
        self.reception = Reception(plan, state, left, new_places)
        self.board = Board(problem, stands.plan, spare=True)
        self.journeys = [*left.journeys, *left.journeys[:1]]  # the last is that of the newcomer, once there is one
        self.number = {journey.journey_id: r for r, journey in enumerate(left.journeys)}
        self.locked = frozenset(self.number[j] for j in rules.locks if j in self.number)
        n = len(left.journeys)
        self.timings = {tied: self._timing(tied) for tied in (False, True)}
        self.begins = [{s + (s >= n): at for s, at in times.items()} for times in left.times]

    def _timing(self, tied: bool) -> RouteTiming:
        """As a re-plan times routes, with a newcomer that has an appointment or none."""
        wishes = timing_wishes(self.left.journeys)
        ends = replace(
            wishes,
            late_pickup=np.append(wishes.late_pickup, not tied),
            late_dropoff=np.append(wishes.late_dropoff, tied),
            wait=np.append(wishes.wait, not tied),
            early=np.append(wishes.early, tied),
            promised=np.append(self.left.promised, np.int32(-1)),
        )
        return RouteTiming(self.board.problem, ends, Prices(promise=self.plan.policy.dayof.promise_price))

    def of(self, journey_id: str, most: int, *, closely: bool = True) -> Answer:
        """Options of a journey of the day that is still to be picked up, taken out where it has a place.

        Where there are none, ``closely`` looks into what stands in the way on its nearest duties, which takes longest.

        Raises
        ------
        KeyError
            There is no such journey among those left to be made.
        """
        r = self.number[journey_id]
        if r < self.left.riders:
            raise KeyError(journey_id)
        vehicle = int(self.board.state.requests[r]["vehicle"])
        if vehicle < 0:
            return self._answer(r, None, most, closely)
        stops, tier = self.board.stops(vehicle), int(self.board.tier[r])
        standing = self._standing(r, vehicle, stops, tier)
        if not self.board.take_out(r):  # the others need its stop, such as a site's entry that they share
            return Answer(self.journeys[r], standing, (), (), ())
        try:
            return self._answer(r, standing, most, closely)
        finally:
            self.board.tier[r] = tier
            self.board.give(vehicle, stops)

    def of_new(self, journey: Journey, most: int, *, closely: bool = True) -> Answer:
        """Options of a journey that the day does not know."""
        r = self.board.take_in(self.reception.newcomer(journey))
        self.journeys[r:] = [journey]
        return self._answer(r, None, most, closely)

    def _answer(self, r: int, standing: Option | None, most: int, closely: bool) -> Answer:
        journey = self.journeys[r]
        places = self.board.ask(r, most)
        options = tuple(self._placed(r, place) for place in places)
        if options:
            return Answer(journey, standing, options, (), ())
        kept = {*range(self.left.riders), *self.locked}
        exchanges = tuple(self._exchange(r, room) for room in self.board.make_room(r, kept, most))
        return Answer(journey, standing, (), exchanges, self._reasons(r, closely))

    def _placed(self, r: int, place: Place) -> Option:
        before = self.board.stops(place.vehicle)
        after = _with(before, self.board.problem.n_requests, r, place)
        return self._option(r, place.vehicle, before, after, self._outside(after, {r: place.tier}), place.price)

    def _standing(self, r: int, vehicle: int, stops: list[int], tier: int) -> Option:
        problem, times = self.board.problem, self.begins[vehicle]
        n = problem.n_requests
        without = [s for s in stops if s % n != r]
        more = self._more(vehicle, without, stops)
        moments = times[r], times[n + r]
        opening = 0 if without else max(0, int(problem.vehicle_cost[vehicle]))
        price = more[0] + opening + tier * int(problem.relaxed_cost[r])
        return self._described(r, vehicle, moments, more, price, (), ())

    def _exchange(self, r: int, room: Room) -> Exchange:
        n, v, q = self.board.problem.n_requests, room.place.vehicle, room.leaves
        before = self.board.stops(v)
        taken = _with([s for s in before if s % n != q], n, r, room.place)
        tiers = {r: room.place.tier}
        if room.to is None:
            new = None
        elif room.to.vehicle == v:
            taken = _with(taken, n, q, room.to)
            tiers[q] = room.to.tier
            new = self._option(q, v, before, taken, self._outside(taken, tiers), room.to.price)
        else:
            other = self.board.stops(room.to.vehicle)
            after = _with(other, n, q, room.to)
            outside = self._outside(after, {q: room.to.tier})
            new = self._option(q, room.to.vehicle, other, after, outside, room.to.price)
        option = self._option(r, v, before, taken, self._outside(taken, tiers), room.place.price)
        return Exchange(self.journeys[q].journey_id, option, new, room.price)

    def _outside(self, stops: Sequence[int], tiers: Mapping[int, int]) -> frozenset[int]:
        """Requests of a route that are held to their hard limits only."""
        kept = self.board.relaxed(stops) - tiers.keys()
        return kept | {r for r, tier in tiers.items() if tier}

    def _option(
        self, r: int, vehicle: int, before: list[int], after: list[int], outside: frozenset[int], price: int
    ) -> Option:
        """A route with the journey in it, timed as a re-plan would time it."""
        problem, n = self.board.problem, self.board.problem.n_requests
        route = schedule_route(problem, vehicle, after, outside)
        if route is None:
            raise AssertionError(f"the route of vehicle {vehicle} does not hold with request {r}")
        timed = retimed_route(self.timings[self.journeys[-1].tied_to_appointment], route, outside)
        times = dict(zip(timed.stops.tolist(), timed.begin.tolist(), strict=True))
        moved, touched = [], []
        now = self.begins[vehicle]
        for q in (s for s in after if s < n and s != r and s in now):
            rides = q < self.left.riders
            later = times[q] - now[q], times[n + q] - now[n + q]
            if max(map(abs, later)) >= MOVED_S:
                moved.append(Moved(self.journeys[q].journey_id, None if rides else later[0], later[1]))
            was, will = self._misses(q, now[q], now[n + q]), self._misses(q, times[q], times[n + q])
            touched += [
                Touched(self.journeys[q].journey_id, name, name in was)
                for name in ("arrive", "collect", "aboard")
                if (name in was) != (name in will)
            ]
        more = self._more(vehicle, before, after)
        return self._described(r, vehicle, (times[r], times[n + r]), more, price, tuple(moved), tuple(touched))

    def _described(
        self,
        r: int,
        vehicle: int,
        times: tuple[int, int],
        more: tuple[int, int],
        price: int,
        moved: tuple[Moved, ...],
        touched: tuple[Touched, ...],
    ) -> Option:
        return Option(
            duty_id=self.left.duties[vehicle].duty_id,
            pickup_at=self.plan.moment(times[0]),
            dropoff_at=self.plan.moment(times[1]),
            extra_drive_s=more[0],
            extra_drive_m=more[1],
            price_s=price,
            misses=self._misses(r, *times),
            moved=moved,
            touched=touched,
        )

    def _misses(self, r: int, boards: int, alights: int) -> tuple[str, ...]:
        """The targets that a journey with these times misses."""
        problem, journey = self.board.problem, self.journeys[r]
        ends = problem.pickup_location[r], problem.dropoff_location[r]
        direct = problem.travel(int(problem.pickup_band[r]), int(ends[0]), int(ends[1]))
        limits = timing(journey, self.plan.policy, self.plan.origin, direct)
        missed = []
        if journey.tied_to_appointment:
            earliest, latest = limits.dropoff[TARGET]
            missed += [] if earliest <= alights <= latest else ["arrive"]
        elif r >= self.left.riders and boards > limits.pickup[TARGET][1]:
            missed.append("collect")
        longest = self.left.problem.ride_limit[TARGET, r] if r < self.left.riders else limits.ride[TARGET]
        if alights - boards - int(problem.pickup_service[r]) > longest:
            missed.append("aboard")
        return tuple(missed)

    def _more(self, vehicle: int, before: list[int], after: list[int]) -> tuple[int, int]:
        """Seconds and metres that a vehicle drives more; one that is out drives home in any case."""
        problem = self.board.problem
        home = max(0, -int(problem.vehicle_cost[vehicle]))
        out = problem.vehicle_cost[vehicle] < 0
        was, will = (driving(problem, vehicle, row) if row else home for row in (before, after))
        far_before, far_after = (metres(problem, vehicle, row) if row or out else 0 for row in (before, after))
        return will - was, far_after - far_before

    def _reasons(self, r: int, closely: bool) -> tuple[Reason, ...]:
        """Why a journey has no place, as a roster says it of those it leaves out."""
        problem, duties = self.board.problem, self.left.duties
        outside = frozenset(np.flatnonzero(self.board.tier).tolist())
        left_out = Solution(self._routes(outside) if closely else (), as_int([r]), as_int(sorted(outside)), 0, 0)
        alone = np.zeros((problem.n_requests, problem.n_vehicles), np.bool_)
        alone[r] = self.board.alone(r)
        policy, origin = self.plan.policy, self.plan.origin
        found = unserved(left_out, problem, alone, self.journeys, duties, policy, origin, looked_into=int(closely))
        return found[0].reasons

    def _routes(self, outside: frozenset[int]) -> tuple[Route, ...]:
        """The duties' routes as they stand."""
        problem = self.board.problem
        rows = ((v, self.board.stops(v)) for v in range(problem.n_vehicles))
        routes = (schedule_route(problem, v, row, outside) for v, row in rows if row)
        return tuple(route for route in routes if route is not None)


def _with(stops: Sequence[int], n: int, r: int, place: Place) -> list[int]:
    i, j = place.pickup, place.dropoff
    return [*stops[:i], r, *stops[i:j], n + r, *stops[j:]]
