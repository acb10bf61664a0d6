"""What came of a day as it was played: who was served, how well, for how much driving and how many changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import fmean

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.planning.replan.published import Published
from pts_optimiser.reporting.numbers import percent
from pts_optimiser.reporting.rides import Ride
from pts_optimiser.reporting.service import wait_after_ready
from pts_optimiser.reporting.standards import standards_table
from pts_optimiser.simulation.control_room import ControlRoom, DayPolicy, Refusal
from pts_optimiser.simulation.world import Made, World


@dataclass(frozen=True, slots=True)
class DayOutcome:
    """Figures of one day under one policy, of the ``journeys`` that came to be.

    ``within_limits`` were served and missed no hard limit. ``…_percent`` of journeys measured that met the target.
    ``changed_duty_percent``: of the published ones that came to be. ``changes_per_crew``: how often a crew that was out
    was told of other stops. Waits from ready to collected.
    """

    policy: DayPolicy
    seed: int
    journeys: int
    served: int
    within_limits: int
    standards_met: int
    standards: int
    arrive_percent: float | None
    collect_percent: float | None
    aboard_percent: float | None
    driven_hours: float
    overtime_hours: float
    duties_used: int
    changed_duty_percent: float
    changes_per_crew: float
    patients_told: int
    wait_p50_min: float | None
    wait_p90_min: float | None
    rounds: int
    slowest_round_s: float
    refusals: tuple[Refusal, ...]
    table: tuple[dict[str, object], ...]


def outcome(published: Plan, world: World, room: ControlRoom, policy: DayPolicy, seed: int) -> DayOutcome:
    """Measure a day that was played to its end; ``published`` is the plan that was in force when it began."""
    day = world.happenings
    journeys = tuple(day.journeys.values())
    rides = tuple(_rides(world))
    table = standards_table(rides, journeys, published.policy)
    shown: dict[str, float | None] = {}
    for name in ("arrive", "collect", "aboard"):
        rows = [row for row in table if row["measure"] == name]
        counted = sum(row["journeys_counted"] for row in rows)
        shown[name] = percent(counted - sum(row["missed"] for row in rows), counted)
    waits = wait_after_ready(rides)
    came = [journey_id for journey_id in published.duty_of if journey_id in day.journeys]
    carried = {made.stop.journey_id: made.duty_id for made in world.made if made.stop.kind is StopKind.DROPOFF}
    moved = Published.of(world.plan).moved
    other = sum(carried[j] != published.duty_of[j] if j in carried else j in moved for j in came)
    used = {made.duty_id for made in world.made}
    return DayOutcome(
        policy=policy,
        seed=seed,
        journeys=len(journeys),
        served=len(rides),
        within_limits=sum(_within_limits(ride, published.policy) for ride in rides),
        standards_met=sum(row["met"] is True for row in table),
        standards=sum(row["met"] is not None for row in table),
        arrive_percent=shown["arrive"],
        collect_percent=shown["collect"],
        aboard_percent=shown["aboard"],
        driven_hours=sum(world.driven.values()) / 3600,
        overtime_hours=_overtime_s(world, published) / 3600,
        duties_used=len(used),
        changed_duty_percent=100 * other / len(came) if came else 0.0,
        changes_per_crew=fmean([room.crew_changes[duty_id] for duty_id in used]) if used else 0.0,
        patients_told=room.patients_told,
        wait_p50_min=waits["p50_min"],
        wait_p90_min=waits["p90_min"],
        rounds=room.rounds,
        slowest_round_s=max(room.seconds, default=0.0),
        refusals=tuple(room.refusals),
        table=tuple(table),
    )


def _rides(world: World) -> Iterator[Ride]:
    """Every journey served, from its first pick-up: who was fetched from a lost vehicle rides all the time."""
    plan, roads = world.plan, world.roads
    pickups: dict[str, tuple[Made, Stop]] = {}
    dropoffs: dict[str, tuple[Made, Stop]] = {}
    for made in world.made:
        if made.stop.journey_id is None:
            continue
        stop = replace(
            made.stop,
            arrive_at=plan.moment(made.arrive),
            begin_at=plan.moment(made.begin),
            depart_at=plan.moment(made.depart),
        )
        if stop.kind is StopKind.PICKUP:
            pickups.setdefault(made.stop.journey_id, (made, stop))
        else:
            dropoffs[made.stop.journey_id] = (made, stop)
    for journey_id, (made, dropoff) in dropoffs.items():
        if journey_id not in world.happenings.journeys:
            continue
        first, pickup = pickups[journey_id]
        journey = _not_before(world.happenings.journeys[journey_id], plan, first.begin)
        direct = roads.undisturbed(
            plan.point_of(journey.pickup), plan.point_of(journey.dropoff), roads.band(first.depart)
        )
        yield Ride(journey, made.duty_id, pickup, dropoff, round(direct))


def _not_before(journey: Journey, plan: Plan, begin: int) -> Journey:
    """Who is ready before the time booked may leave before it, without a wait."""
    if journey.tied_to_appointment or journey.ready_at is None or plan.seconds(journey.ready_at) <= begin:
        return journey
    return replace(journey, ready_at=plan.moment(begin))


def _within_limits(ride: Ride, policy: Policy) -> bool:
    standard = policy.standard(ride.journey)
    early, wait, longest = ride.early_s, ride.wait_s, standard.aboard.hard_for(ride.direct_s)
    on_time = early is None or -standard.arrive_late.hard <= early <= standard.arrive_early.hard
    return on_time and (wait is None or wait <= standard.collect.hard) and ride.aboard_s <= longest


def _overtime_s(world: World, published: Plan) -> int:
    """Over all duties, how long after their shifts they came home."""
    return sum(
        max(0, made.arrive - published.seconds(published.duties[made.duty_id].end_at))
        for made in world.made
        if made.stop.kind is StopKind.END
    )
