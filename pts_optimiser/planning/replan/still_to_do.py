"""Who and what a re-plan is about: duties at work, patients aboard them, journeys that are still to be made."""

from __future__ import annotations

from pts_optimiser.dayof import DayState, DutyPhase, Plan
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.dayof.state import TO_PICK_UP
from pts_optimiser.domain.day_rules import DayRules
from pts_optimiser.domain.roster import Roster


class StillToDo:
    """What is left of a day at ``state.now``, in the order in which the solver has it.

    Vehicle v is ``working[v]``, request r is of ``states[r]``. The first requests are those aboard: ``riders`` has
    their journeys and vehicles. ``stops`` has all stops of each duty as the plan stands. ``stranded`` are the journeys
    whose patients sit in a lost vehicle.
    """

    def __init__(
        self,
        plan: Plan,
        state: DayState,
        before: Roster,
        rules: DayRules,
        held: frozenset[str],
        over: frozenset[str],
    ) -> None:
        """Without the duties ``held`` and the journeys that they have, and without the journeys that are ``over``."""
        self.plan, self.state, self.rules = plan, state, rules
        self.now = plan.seconds(state.now)
        self.stops = {duty.duty_id: duty.stops for duty in before.duties}
        self.working = [
            duty
            for duty_id, duty in state.duties.items()
            if duty_id in rules.free and duty.phase is not DutyPhase.FINISHED and duty_id not in held
        ]
        self.vehicle = {duty.duty.duty_id: v for v, duty in enumerate(self.working)}
        aboard = (
            (journey_id, self.vehicle[duty_id])
            for journey_id, duty_id in rules.aboard.items()
            if duty_id in self.vehicle
        )
        self.riders = sorted(aboard, key=lambda rider: rider[1])
        having = {stop.journey_id for duty_id in held for stop in self.stops[duty_id]}
        frozen = {
            stop.journey_id
            for duty_id, stops in self.stops.items()
            if duty_id in rules.free
            for stop in stops[: rules.frozen[duty_id]]
        }
        self.stranded = frozenset(state.to_rescue())
        open_ones = [
            journey
            for journey_id, journey in state.journeys.items()
            if journey_id not in frozen
            and journey_id not in having
            and (journey.phase in TO_PICK_UP or journey_id in self.stranded)
            and journey_id not in over
        ]
        self.states = [*(state.journeys[journey_id] for journey_id, _ in self.riders), *open_ones]
        self.number = {each.journey.journey_id: r for r, each in enumerate(self.states)}
        known = {journey.journey_id: journey for journey in day_journeys(state)}
        self.journeys = tuple(known[journey_id] for journey_id in self.number)
        self.duties = tuple(duty.duty for duty in self.working)

    def fetched(self) -> frozenset[int]:
        """Requests that wait for no pick-up that was told: patients aboard, or in a lost vehicle."""
        return frozenset([*range(len(self.riders)), *(self.number[journey_id] for journey_id in self.stranded)])

    def free_at(self, duty_id: str) -> int:
        """From when a duty can be given something else."""
        return self.plan.seconds(self.rules.free[duty_id].at)
