"""Response standards observed on the roster: per profile, category and measure, against the target percentage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from pts_optimiser.domain.journey import Category, Journey
from pts_optimiser.domain.policy import Policy, Standard
from pts_optimiser.reporting.numbers import percent
from pts_optimiser.reporting.rides import Ride


class Measure(StrEnum):
    ARRIVE = "arrive"
    COLLECT = "collect"
    ABOARD = "aboard"


class Outcome(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNAVOIDABLE = "unavoidable"  # the direct drive alone exceeds the target: counted apart


def measures(journey: Journey) -> tuple[Measure, ...]:
    """What a journey is measured on: the arrival or the collection, and the time aboard."""
    if journey.tied_to_appointment:
        return (Measure.ARRIVE, Measure.ABOARD)
    return (Measure.COLLECT, Measure.ABOARD) if journey.ready_at is not None else (Measure.ABOARD,)


def outcome(ride: Ride, measure: Measure, standard: Standard) -> Outcome:
    """Whether a ride meets the target of one measure; the bounds belong to the target."""
    if measure is Measure.ABOARD:
        if ride.direct_s > standard.aboard.target:
            return Outcome.UNAVOIDABLE
        met = ride.aboard_s <= standard.aboard.target
    elif measure is Measure.ARRIVE:
        met = ride.early_s is not None and -standard.arrive_late.target <= ride.early_s <= standard.arrive_early.target
    else:
        met = ride.wait_s is not None and 0 <= ride.wait_s <= standard.collect.target
    return Outcome.MET if met else Outcome.MISSED


def standards_table(rides: Iterable[Ride], journeys: Sequence[Journey], policy: Policy) -> list[dict[str, Any]]:
    """One row a profile × category × measure that some journey of the day falls under.

    ``journeys_counted`` + ``unavoidable`` + ``excluded`` are all of them; ``excluded`` are not served and so not
    observed. ``headroom_points`` is observed − target, ``may_still_miss`` how many more journeys may miss before
    the target is lost (negative: how many too many have).
    """
    wanted: Counter[tuple[str, Category, Measure]] = Counter()
    for journey in journeys:
        wanted.update((policy.profile(journey), journey.category, measure) for measure in measures(journey))
    found: Counter[tuple[str, Category, Measure, Outcome]] = Counter()
    for ride in rides:
        journey = ride.journey
        profile = policy.profile(journey)
        for measure in measures(journey):
            found[profile, journey.category, measure, outcome(ride, measure, policy.standard(journey))] += 1
    categories, kinds = list(Category), list(Measure)
    keys = sorted(wanted, key=lambda key: (key[0], categories.index(key[1]), kinds.index(key[2])))
    return [_row(policy, *key, wanted[key], {o: found[*key, o] for o in Outcome}) for key in keys]


def _row(
    policy: Policy, profile: str, category: Category, measure: Measure, wanted: int, found: dict[Outcome, int]
) -> dict[str, Any]:
    met, missed, unavoidable = found[Outcome.MET], found[Outcome.MISSED], found[Outcome.UNAVOIDABLE]
    counted = met + missed
    target = policy.standards[profile].by_category[category].target_percent.get(measure)
    observed = percent(met, counted)
    judged = target is not None and observed is not None
    return {
        "profile": profile,
        "illustrative": policy.standards[profile].illustrative,
        "category": category.value,
        "measure": measure.value,
        "observed_percent": observed,
        "target_percent": target,
        "met": 100 * met >= target * counted if judged and target is not None else None,
        "headroom_points": round(observed - target, 4) if target is not None and observed is not None else None,
        "may_still_miss": int(counted * (100 - target) / 100 + 1e-9) - missed if target is not None else None,
        "journeys_counted": counted,
        "missed": missed,
        "unavoidable": unavoidable,
        "excluded": wanted - counted - unavoidable,
    }
