"""What has moved far is planned in the traffic of its new time, with the limits that follow from it."""

from __future__ import annotations

from dataclasses import replace

from pts_optimiser.dayof import Plan
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.rules import day_rules
from pts_optimiser.domain.events import DutyDelayed
from pts_optimiser.domain.roster import StopKind
from pts_optimiser.planning.replan.anchoring import anchored_anew
from pts_optimiser.planning.replan.remainder import Remainder, remainder
from pts_optimiser.planning.replan.travel import NewPlaces
from pts_optimiser.planning.standards import HOUR, anchors
from solver.solution import Route, Solution, as_int
from tests.dayof.feed import Feed, plan


def strict_plan() -> Plan:
    """The town's plan, a ride's limit always following from the direct drive."""
    policy = plan().policy
    profiles = {
        name: replace(
            profile,
            by_category={
                category: replace(standard, aboard=replace(standard.aboard, hard=0))
                for category, standard in profile.by_category.items()
            },
        )
        for name, profile in policy.standards.items()
    }
    return replace(plan(), policy=replace(policy, standards=profiles))


def late_day(strict: Plan) -> tuple[Remainder, dict[str, int]]:
    """A day on which a crew comes four hours late, and the bands of the pick-ups that this moves far."""
    feed = Feed()
    feed("05:30", DutyDelayed("D1", 240))
    state = feed.state("05:40", strict)
    before, rules = standing_roster(strict, state), day_rules(strict, state)
    moved = {
        stop.journey_id: stop.band
        for duty in before.duties
        for stop in duty.stops
        if stop.kind is StopKind.PICKUP and stop.anchor_at is not None and stop.journey_id is not None
    }
    return remainder(strict, state, before, rules, NewPlaces(strict.policy)), moved


def limit_in(strict: Plan, left: Remainder, r: int, band: int) -> int:
    """As the referee has it."""
    rule = strict.policy.standard(left.journeys[r]).aboard
    direct = int(left.travel.seconds[band, left.problem.pickup_location[r], left.problem.dropoff_location[r]])
    return int(rule.hard_detour * direct + rule.hard_detour_plus)


def test_a_ride_that_begins_in_other_traffic_has_the_limit_of_that_traffic() -> None:
    strict = strict_plan()
    left, moved = late_day(strict)
    number = {journey.journey_id: r for r, journey in enumerate(left.journeys)}
    usual = {j: left.travel.band_at(anchors(left.journeys[number[j]], strict.origin).pickup) for j in moved}
    assert any(band != usual[journey_id] for journey_id, band in moved.items())
    for journey_id, band in moved.items():
        r = number[journey_id]
        assert left.problem.pickup_band[r] == band
        assert left.problem.ride_limit[1, r] == limit_in(strict, left, r, band)


def test_a_ride_that_a_re_plan_moves_on_into_other_traffic_has_its_limit_there() -> None:
    strict = strict_plan()
    left, moved = late_day(strict)
    number = {journey.journey_id: r for r, journey in enumerate(left.journeys)}
    later = 20 * HOUR
    for journey_id, band in moved.items():
        r = number[journey_id]
        found = anchored_anew(left.problem, solution_of(left, r, later), left, strict)
        assert found is not None
        problem, anew = found
        assert problem.pickup_band[r] == left.travel.band_at(later) != band
        assert problem.ride_limit[1, r] == limit_in(strict, left, r, left.travel.band_at(later))
        assert strict.seconds(anew.anchored[journey_id, StopKind.PICKUP]) == later


def test_who_is_aboard_already_keeps_the_traffic_in_which_the_ride_began() -> None:
    strict = strict_plan()
    left, moved = late_day(strict)
    number = {journey.journey_id: r for r, journey in enumerate(left.journeys)}
    r = number[next(iter(moved))]
    aboard = replace(left, riders=r + 1)
    assert anchored_anew(left.problem, solution_of(left, r, 20 * HOUR, alights=False), aboard, strict) is None


def solution_of(left: Remainder, r: int, begin: int, *, alights: bool = True) -> Solution:
    """One route in which a request begins at a moment."""
    stops, begins = ([r, len(left.journeys) + r], [begin, begin + HOUR]) if alights else ([r], [begin])
    return Solution((Route(0, as_int(stops), as_int(begins), begin, begin + HOUR),), as_int([]), as_int([]), 0, 0)
