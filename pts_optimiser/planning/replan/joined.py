"""A solution of the rest of the day behind what is done: whole duties again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, Plan
from pts_optimiser.domain.clock import seconds_after
from pts_optimiser.domain.day_rules import DayRules, FreeFrom
from pts_optimiser.domain.roster import Aboard, RosteredDuty, Stop, StopKind
from pts_optimiser.planning.read_back import with_layouts
from pts_optimiser.planning.replan.anchors import anchor_of
from pts_optimiser.planning.replan.remainder import Remainder


def joined(before: RosteredDuty, rest: RosteredDuty, left: Remainder, rules: DayRules, plan: Plan) -> RosteredDuty:
    """``before`` up to its frozen stops, then what ``rest`` has for the duty besides the patients aboard already.

    ``rest`` is the duty as read back from the remainder: its start is where and when the vehicle is free, and the
    patients aboard are picked up there.
    """
    duty_id = before.duty_id
    riders = {journey.journey_id for journey in left.journeys[: left.riders]}
    done = list(before.stops[: rules.frozen[duty_id]])
    new = [
        replace(_anchored(stop, left.anchored), layout=None)
        for stop in rest.stops
        if not (stop.kind is StopKind.PICKUP and stop.journey_id in riders)
        and not (done and stop.kind is StopKind.START)
    ]
    if not new and not done:
        return replace(before, layout_changes=0, stops=(), drive_s=0, drive_m=0)
    if not new:
        new = _home(before.stops[len(done) :], left, rules.free[duty_id], duty_id)
    if done:
        new[0] = _going_on(done[-1], new[0], rules.free[duty_id].at)
    home = left.travel.band_at(plan.seconds(plan.duties[duty_id].start_at))
    new[-1] = replace(new[-1], band=home)
    layouts = plan.policy.vehicle_types[before.vehicle_type].layouts
    stops, changes = with_layouts([*done, *new], layouts, plan.policy)
    return replace(
        before,
        layout_changes=changes,
        stops=stops,
        drive_s=sum(stop.travel_s for stop in stops),
        drive_m=sum(stop.travel_m for stop in stops),
    )


def _home(ahead: Sequence[Stop], left: Remainder, free: FreeFrom, duty_id: str) -> list[Stop]:
    """What is left for a vehicle that has nothing more to do: its break, where that is still to come, and home."""
    v = next(v for v, duty in enumerate(left.duties) if duty.duty_id == duty_id)
    start, end = int(left.problem.start_location[v]), int(left.problem.end_location[v])
    band = int(left.problem.vehicle_band[v])
    seconds, metres = int(left.travel.seconds[band, start, end]), int(left.travel.metres[start, end])
    stops: list[Stop] = []
    leave = free.at
    for stop in ahead:
        if stop.kind is StopKind.BREAK:
            begin = max(leave, stop.begin_at)
            leave = begin + (stop.depart_at - stop.begin_at)
            stops.append(
                replace(
                    stop,
                    location=start,
                    lat=float(left.travel.lat[start]),
                    lon=float(left.travel.lon[start]),
                    arrive_at=free.at,
                    begin_at=begin,
                    depart_at=leave,
                    band=band,
                    travel_s=0,
                    travel_m=0,
                    aboard=Aboard(),
                )
            )
        elif stop.kind is StopKind.END:
            arrive = leave + timedelta(seconds=seconds)
            stops.append(
                replace(
                    stop,
                    arrive_at=arrive,
                    begin_at=arrive,
                    depart_at=arrive,
                    travel_s=seconds,
                    travel_m=metres,
                    aboard=Aboard(),
                )
            )
    return stops


def banded_anew(duty: RosteredDuty, state: DayState, travel: TravelTimes, plan: Plan) -> RosteredDuty:
    """A duty with the bands of other travel times, by the anchors of its stops; its times stay."""
    known = plan.duties[duty.duty_id]
    stops = tuple(
        replace(stop, band=travel.band_at(anchor_of(duty.stops[: k + 1], known, state, plan)))
        for k, stop in enumerate(duty.stops)
    )
    return replace(duty, stops=stops)


def _going_on(last: Stop, first: Stop, free_at: datetime) -> Stop:
    """The first stop behind the frozen ones, driven to as soon as the vehicle is free; its leg is all since then."""
    arrive = free_at + timedelta(seconds=first.travel_s)
    return replace(first, arrive_at=arrive, travel_s=seconds_after(last.depart_at, arrive))


def _anchored(stop: Stop, anchored: Mapping[tuple[str, StopKind], datetime]) -> Stop:
    at = anchored.get((stop.journey_id or "", stop.kind))
    return stop if at is None else replace(stop, anchor_at=at)
