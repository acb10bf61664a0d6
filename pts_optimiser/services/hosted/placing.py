"""Journeys put on duties of somebody's choice: the plan as it stands with them there, checked, everything else kept.

Only the duties that they leave or come to are planned anew, by insertion at the best place, without any search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geodata import TravelTimes
from pts_optimiser.checking import Travel, Violation
from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import DayState
from pts_optimiser.dayof.diff import ChangeKind, Diff, difference
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.events import Event, Moved
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.roster import Reason, Roster, RosteredDuty
from pts_optimiser.planning.replan import Proposal, Replanner, Replanning
from pts_optimiser.planning.replan.joined import banded_anew
from pts_optimiser.planning.replan.overdue import as_late_as_they_stand
from pts_optimiser.services.hosted.standing import Standing, standing_of
from pts_optimiser.store.events import OWN_SOURCE

INSERTION = Replanning(iterations=0, workers=1, most_changes_percent=0)
BY_HAND = "put there by hand"


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """``standing`` is the day with the moves said. ``after`` breaks rules where ``broken`` names some.

    ``unplaced``: of the journeys that found no place on their duty, why.
    """

    standing: Standing
    after: Roster
    travel: TravelTimes
    diff: Diff
    unplaced: Mapping[str, tuple[Reason, ...]]
    broken: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        return not self.unplaced and not self.broken

    def must_hold(self) -> None:
        """Raise InputError, with an issue for each rule, where it must not be published."""
        if self.holds:
            return
        issues = [
            Issue("roster", None, None, reason.code, f"{journey_id}: {reason.detail}", reason.action)
            for journey_id, reasons in self.unplaced.items()
            for reason in reasons
        ]
        issues += [
            Issue("roster", None, None, one.code.value, str(one), "choose another duty, or re-optimise the day")
            for one in self.broken
        ]
        raise InputError("this breaks rules of the day; nothing was changed", issues)


def place(standing: Standing, moves: Mapping[str, str], user: str) -> Placed:
    """Put each journey of ``moves`` on its duty.

    What they would be told of being moved by somebody stays with them: promises and locks bind as on any day, and who
    is late already may be as late on the other duty.
    """
    said = _said(standing, moves, user)
    state, plan = said.state, said.plan
    leave = (standing.state.journeys[journey_id].duty_id for journey_id in moves)
    touched = {*moves.values(), *(duty_id for duty_id in leave if duty_id is not None)}
    part, before, rules = _part(said, touched, moves)
    found = Replanner(plan.policy).propose(plan, part, before, rules, INSERTION)
    after = _whole(said, found, touched, moves)
    duties = tuple(duty.duty for duty in state.duties.values())
    broken = check_day(after, said.before, said.rules, day_journeys(state), duties, plan.policy, found.travel)
    reasons = {left.journey_id: left.reasons for left in after.unserved if left.journey_id in moves}
    driving = _driving(after, found.travel, said.rules, touched)
    driving -= _driving(standing.before, standing.plan.travel, standing.rules, touched)
    diff = difference(standing.before, after, state, driving, plan.policy)
    changes = tuple(
        replace(one, why=BY_HAND) if one.journey_id in moves else one
        for one in diff.changes
        if one.kind is not ChangeKind.WITHOUT or one.journey_id in moves
    )
    return Placed(said, after, found.travel, replace(diff, changes=changes), reasons, tuple(broken))


def _said(standing: Standing, moves: Mapping[str, str], user: str) -> Standing:
    log, now = standing.log.copy(), standing.state.now
    words = [
        Event(f"move {journey_id}", OWN_SOURCE, number, now, now, Moved(journey_id, duty_id, user, BY_HAND))
        for number, (journey_id, duty_id) in enumerate(moves.items(), start=standing.position + 1)
    ]
    log.take(words, now)
    said = standing_of(standing.in_force, standing.position, log)
    return replace(said, rules=as_late_as_they_stand(said.rules, standing.state, moves, said.plan.policy))


def _part(said: Standing, touched: set[str], moves: Mapping[str, str]) -> tuple[DayState, Roster, DayRules]:
    """The day as if it had no other duties than those that change, and no other journeys without a place."""
    state, rules = said.state, said.rules
    duties = {duty_id: duty for duty_id, duty in state.duties.items() if duty_id in touched}
    stops = {stop.journey_id for duty in duties.values() for stop in duty.stops}
    kept = {journey_id for journey_id in state.journeys if journey_id in stops or journey_id in moves}
    return (
        replace(state, duties=duties, journeys={j: it for j, it in state.journeys.items() if j in kept}),
        replace(
            said.before,
            duties=tuple(duty for duty in said.before.duties if duty.duty_id in touched),
            unserved=tuple(left for left in said.before.unserved if left.journey_id in kept),
        ),
        replace(
            rules,
            locks={j: duty_id for j, duty_id in rules.locks.items() if j in kept},
            aboard={j: duty_id for j, duty_id in rules.aboard.items() if j in kept},
            promises={j: promise for j, promise in rules.promises.items() if j in kept},
            rescues=rules.rescues & kept,
        ),
    )


def _whole(said: Standing, found: Proposal, touched: set[str], moves: Mapping[str, str]) -> Roster:
    """The standing roster with the duties that changed."""
    plan, new = said.plan, {duty.duty_id: duty for duty in found.duties}
    others: Sequence[RosteredDuty] = said.before.duties
    if len(found.travel.band_start_s) != len(plan.travel.band_start_s):  # traffic has changed: finer bands for all
        others = [banded_anew(duty, said.state, found.travel, plan) for duty in said.before.duties]
    duties = tuple(new[duty.duty_id] if duty.duty_id in touched else duty for duty in others)
    left_out = tuple(left for left in found.unserved if left.journey_id in moves)
    unserved = tuple(left for left in said.before.unserved if left.journey_id not in moves)
    return replace(said.before, duties=duties, unserved=(*unserved, *left_out))


def _driving(roster: Roster, travel: Travel, rules: DayRules, duties: set[str]) -> int:
    """Seconds of driving behind what is frozen, by the travel times alone."""
    return sum(
        int(travel.seconds[one.band, one.location, other.location])
        for duty in roster.duties
        if duty.duty_id in duties
        for one, other in pairwise(duty.stops[max(0, rules.frozen[duty.duty_id] - 1) :])
    )
