"""A ``solver.Solution`` → the duties of a roster: every stop with its times, travel, load and layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from geodata import TravelTimes
from pts_optimiser.domain.clock import midnight, moment_at
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Layout, Policy
from pts_optimiser.domain.roster import Aboard, RosteredDuty, Stop, StopKind
from pts_optimiser.domain.seating import boxes_of, needed, within
from solver import Problem, Route, Solution

NOBODY = Aboard()


def read_back(
    solution: Solution,
    problem: Problem,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: TravelTimes,
    service_date: date,
) -> tuple[RosteredDuty, ...]:
    """All duties in their order; those without a route have no stops."""
    routes = {route.vehicle: route for route in solution.routes}
    return tuple(
        _Reader(duty, v, problem, journeys, policy, travel, service_date).duty_of(routes.get(v))
        for v, duty in enumerate(duties)
    )


class _Reader:
    """Writes down one duty, stop after stop."""

    def __init__(
        self,
        duty: Duty,
        vehicle: int,
        problem: Problem,
        journeys: Sequence[Journey],
        policy: Policy,
        travel: TravelTimes,
        service_date: date,
    ) -> None:
        self.duty = duty
        self.vehicle = vehicle
        self.problem = problem
        self.journeys = journeys
        self.policy = policy
        self.travel = travel
        self.origin = midnight(service_date)
        self.stops: list[Stop] = []
        self.exempt: set[str | None] = set()

    def duty_of(self, route: Route | None) -> RosteredDuty:
        duty = self.duty
        if route is None:
            return RosteredDuty(duty.duty_id, duty.vehicle_id, duty.vehicle_type, 0, (), 0, 0)
        v, problem, n = self.vehicle, self.problem, self.problem.n_requests
        base = int(problem.start_location[v])
        self._add(StopKind.START, None, base, int(problem.vehicle_band[v]), route.departure, 0, NOBODY)
        aboard = NOBODY
        rest = round(duty.rest.length.total_seconds()) if duty.rest else 0
        for stop, begin in zip(route.stops.tolist(), route.begin.tolist(), strict=True):
            if stop == 2 * n:
                here = self.stops[-1]
                self._add(StopKind.BREAK, None, here.location, here.band, begin, rest, NOBODY)
            elif stop < n:
                aboard = self._load(aboard, stop, 1)
                if self.policy.distancing and self.policy.distancing.exempts(self.journeys[stop]):
                    self.exempt.add(self.journeys[stop].journey_id)
                self._add(
                    StopKind.PICKUP, stop, int(problem.pickup_location[stop]), int(problem.pickup_band[stop]),
                    begin, int(problem.pickup_service[stop]), aboard,
                )  # fmt: skip
            else:
                r = stop - n
                aboard = self._load(aboard, r, -1)
                self._add(
                    StopKind.DROPOFF, r, int(problem.dropoff_location[r]), int(problem.dropoff_band[r]),
                    begin, int(problem.dropoff_service[r]), aboard,
                )  # fmt: skip
        # A problem may keep a vehicle longer at its break than the break is; it goes home without that.
        late = int(problem.break_length[v]) - rest if self.stops[-1].kind is StopKind.BREAK else 0
        end, band = int(problem.end_location[v]), int(problem.vehicle_band[v])
        self._add(StopKind.END, None, end, band, route.arrival - late, 0, NOBODY)
        layouts = self.policy.vehicle_types[duty.vehicle_type].layouts
        apart = self._apart if self.policy.seat_graph else anywhere
        stops, changes = with_layouts(self.stops, layouts, self.policy, apart)
        return RosteredDuty(
            duty_id=duty.duty_id,
            vehicle_id=duty.vehicle_id,
            vehicle_type=duty.vehicle_type,
            layout_changes=changes,
            stops=stops,
            drive_s=sum(stop.travel_s for stop in stops),
            drive_m=sum(stop.travel_m for stop in stops),
        )

    def _apart(self, run: Sequence[Stop], layout: int) -> bool:
        """Whether a run's parties sit far enough apart in a layout."""
        loads = [needed(stop.aboard) for stop in run]
        found = boxes_of(self.policy, self.duty.vehicle_type, layout)
        return run[0].journey_id in self.exempt or any(all(within(load, box) for load in loads) for box in found)

    def _load(self, aboard: Aboard, request: int, sign: int) -> Aboard:
        seats, wheelchairs, stretchers = (sign * int(units) for units in self.problem.demand[request, :3])
        return Aboard(
            aboard.parties + sign,
            aboard.seats + seats,
            aboard.wheelchairs + wheelchairs,
            aboard.stretchers + stretchers,
        )

    def _add(
        self, kind: StopKind, request: int | None, location: int, band: int, begin: int, dwell: int, aboard: Aboard
    ) -> None:
        before = self.stops[-1] if self.stops else None
        travel_s = int(self.travel.seconds[before.band, before.location, location]) if before else 0
        begin_at = moment_at(self.origin, begin)
        self.stops.append(
            Stop(
                kind=kind,
                journey_id=None if request is None else self.journeys[request].journey_id,
                location=location,
                lat=float(self.travel.lat[location]),
                lon=float(self.travel.lon[location]),
                arrive_at=moment_at(before.depart_at, travel_s) if before else begin_at,
                begin_at=begin_at,
                depart_at=moment_at(begin_at, dwell),
                band=band,
                travel_s=travel_s,
                travel_m=int(self.travel.metres[before.location, location]) if before else 0,
                aboard=aboard,
            )
        )


def anywhere(_run: Sequence[Stop], _layout: int) -> bool:
    """No seat graph is in force."""
    return True


def with_layouts(
    stops: Iterable[Stop],
    layouts: Sequence[Layout],
    policy: Policy,
    apart: Callable[[Sequence[Stop], int], bool] = anywhere,
) -> tuple[tuple[Stop, ...], int]:
    """Give each run a layout that carries all its loads, and count the changes between runs.

    A run one of whose stops has a layout already keeps it. Looking ahead, a run keeps the layout of the run before
    while it fits; where it must change it takes the layout that carries most of the runs that follow in a row, which
    makes the fewest changes.
    """
    stops = list(stops)
    runs: list[list[int]] = []
    open_run: list[int] = []
    for k, stop in enumerate(stops):
        if stop.kind not in (StopKind.PICKUP, StopKind.DROPOFF):
            continue
        open_run.append(k)
        if stop.aboard.parties == 0:
            runs.append(open_run)
            open_run = []
    able = [_able([stops[k] for k in run], layouts, policy, apart) for run in runs]
    changes = 0
    used: int | None = None
    for position, run in enumerate(runs):
        if used not in able[position]:
            choice = min(able[position], key=lambda layout: (-_streak(able[position:], layout), layout))
            changes += used is not None
            used = choice
        for k in run:
            stops[k] = replace(stops[k], layout=used)
    return tuple(stops), changes


def _able(
    run: Sequence[Stop], layouts: Sequence[Layout], policy: Policy, apart: Callable[[Sequence[Stop], int], bool]
) -> set[int]:
    """The layouts that a run may have."""
    known = {stop.layout for stop in run if stop.layout is not None}
    return known or {
        i
        for i, layout in enumerate(layouts)
        if all(_fits(stop.aboard, layout, policy) for stop in run) and apart(run, i)
    }


def _streak(able: Sequence[set[int]], layout: int) -> int:
    """How many runs in a row a layout carries."""
    return next((k for k, layouts in enumerate(able) if layout not in layouts), len(able))


def _fits(aboard: Aboard, layout: Layout, policy: Policy) -> bool:
    spare_wheelchairs = layout.wheelchairs - aboard.wheelchairs
    spare_stretchers = layout.stretchers - aboard.stretchers
    if spare_wheelchairs < 0 or spare_stretchers < 0:
        return False
    seats = layout.seats
    seats += spare_wheelchairs if "wheelchair" in policy.substitutes else 0
    seats += spare_stretchers if "stretcher" in policy.substitutes else 0
    return aboard.seats <= seats
