"""``reoptimise``: a roster and what has happened in, a checked roster for the rest of the day and its diff out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from geodata import TravelTimes
from pts_optimiser.dayof import DayState, Plan, fold
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import Diff
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.events import Event
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.events import read_events
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.reading import Reading
from pts_optimiser.intake.roster import read_roster, roster_folder
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.replan import Replanner, Replanning
from pts_optimiser.planning.replan.checked import Checked
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.reporting.diff import write_diff
from pts_optimiser.reporting.folder import complete_folder, refuse_foreign, write_roster
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.services.replanned import plan_from, replan
from pts_optimiser.services.sources import Source
from pts_optimiser.services.ways import Drawn, along, drawn_beside

if TYPE_CHECKING:
    from geodata.roads import Roads


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Which roster (or its folder), what has happened, and when it is now; without ``out`` no file is written.

    ``network`` is the folder of a road network, for the map of what the re-plan changes.
    """

    roster: Path
    events: Source
    now: datetime
    out: Path | None
    how: Replanning = field(default_factory=Replanning)
    network: Path | None = None
    skip_bad: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Reoptimised:
    """The plan as it stood, the proposal (the same where nothing better was found), and what it changes."""

    out: Path | None
    before: Roster
    after: Roster
    diff: Diff
    gained_s: int
    state: DayState
    issues: tuple[Issue, ...]
    seconds: float


def reoptimise_day(order: DayOrder) -> Reoptimised:
    """Plan the rest of a day anew.

    Raises
    ------
    InputError
        A roster, input or event that cannot be read, or a network for a roster whose runs follow no roads; nothing is
        written.
    TravelTimesError
        The roster's travel times or the network cannot be used; nothing is written.
    RefusedRosterError
        A proposal that the referee does not pass: a defect of ours; it is not written.
    """
    if order.out is not None:
        refuse_foreign(order.out.resolve())
    plan = read_plan(order.roster)
    drawn, roads = _roads_of(order, plan)
    read = read_happenings(order.events, plan, skip_bad=order.skip_bad)
    began = perf_counter()
    state = fold(plan, read.items, order.now)
    before, rules = standing_roster(plan, state), day_rules(plan, state)
    said = {order.events.name: order.events.sha256}
    found = replan(Replanner(plan.policy), plan, state, before, rules, order.how, said)
    seconds = perf_counter() - began
    if order.out is not None:
        own, travel = with_own_places(found.after, plan.travel, found.travel)
        publication = _publication(plan, own, found, travel, read.issues)
        write_roster(order.out, publication)
        complete_folder(order.out, along(publication, drawn, lambda: roads) if drawn else publication)
        write_diff(order.out, found.diff)
    return Reoptimised(order.out, before, found.after, found.diff, found.gained_s, state, read.issues, seconds)


def read_plan(roster: Path) -> Plan:
    """The plan that a day follows, from a roster's folder.

    Raises
    ------
    InputError
        No roster there, inputs beside it that cannot be read, or a seat graph: who sits where is not followed here.
    TravelTimesError
        Its travel times are missing or cannot be read.
    """
    found, folder = read_roster(roster), roster_folder(roster)
    travel = folder / Path(found.travel.get("file", "travel.npz")).name
    return plan_from(found, folder / "journeys.csv", folder / "duties.csv", folder / "policy.toml", travel)


def read_happenings(events: Source, plan: Plan, *, skip_bad: bool) -> Reading[Event]:
    """The events of the plan's day; raises InputError for bad ones, where they are not to be skipped."""
    read = read_events(events.readable, plan.policy, service_date=plan.roster.service_date)
    if any(issue.severity is Severity.ERROR for issue in read.issues) and not skip_bad:
        raise InputError(f"{events.name} cannot be used as it is", read.issues)
    return read


def _roads_of(order: DayOrder, plan: Plan) -> tuple[Drawn | None, Roads | None]:
    """The ways that the roster was drawn with, and the roads for new ones."""
    drawn = drawn_beside(plan.roster, roster_folder(order.roster))
    if order.network is None:
        return drawn, None
    if drawn is None:
        raise InputError("--network is for a roster whose map follows roads; this one's times are not those of roads")
    from pts_optimiser.planning.network_travel import usable_roads  # noqa: PLC0415  loads SciPy and the kernels

    return drawn, usable_roads(order.network)


def _publication(
    plan: Plan, after: Roster, found: Checked, travel: TravelTimes, issues: Sequence[Issue]
) -> Publication:
    return Publication(
        roster=after,
        journeys=found.journeys,
        duties=found.duties,
        policy=plan.policy,
        travel=travel,
        journeys_csv=journeys_csv(found.journeys),
        duties_csv=duties_csv(found.duties),
        policy_toml=policy_toml(plan.policy),
        travel_npz=travel.save,
        issues=tuple(issues),
    )
