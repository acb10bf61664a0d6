"""What crews and patients were told first: the cap on changes counts from there, through all re-plans of a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pts_optimiser.dayof import Plan
from pts_optimiser.domain.roster import RosteredDuty

SET_ASIDE = 0.5
"""Of the changes that a day may make, for those without a place,"""

TO_THE_END = 0.2
"""and so much of that however few journeys are left."""

CALLED_OFF = 0.1
"""Of the published journeys that are still open, those that are yet to be called off [assumption; 11 % of a generated
day's]."""


@dataclass(frozen=True, slots=True)
class Published:
    """The first plan of a day, as far as later ones need it.

    ``count`` journeys had a place in it and were not called off since. ``moved`` gives its duty of those that have
    another now; ``since`` are the journeys that got their place later.
    """

    count: int
    moved: Mapping[str, str]
    since: frozenset[str]

    @classmethod
    def of(cls, plan: Plan) -> Published:
        """As the roster in force says it; one that says nothing is the first."""
        told = plan.roster.engine.get("published")
        if told is None:
            return cls(len(plan.duty_of), {}, frozenset())
        return cls(told["count"], told["moved"], frozenset(told["since"]))

    def allowance(self, percent: float, open_ones: int) -> int:
        """How many more of the published journeys may change duty now, while so many of them are still open.

        The percentage is to hold at the day's end, of the journeys that come to be: not all open ones will.
        """
        return max(0, int((self.count - CALLED_OFF * open_ones) * percent / 100) - len(self.moved))

    def spare(self, percent: float, open_ones: int) -> int:
        """How many may change duty now for less driving alone, while so many published journeys are still open.

        A part of what the day may change is set aside for who has no place, the less the fewer journeys are left, but
        some of it to the end: a vehicle may be lost then too.
        """
        aside = SET_ASIDE * percent / 100 * max(open_ones, TO_THE_END * self.count)
        return max(0, int(self.allowance(percent, open_ones) - aside))

    def keeps(self, journey_id: str) -> bool:
        """Whether a journey that has a duty is on the one that was published."""
        return journey_id not in self.since and journey_id not in self.moved

    def followed_by(self, plan: Plan, duties: Sequence[RosteredDuty], unserved: Collection[str] = ()) -> Published:
        """The same once these duties are in force in place of the plan; ``unserved`` journeys have no place in them."""
        moved, since = dict(self.moved), set(self.since)
        wanted = {stop.journey_id for duty in duties for stop in duty.stops}.union(unserved)
        gone = plan.duty_of.keys() - wanted - since
        for journey_id in gone:
            moved.pop(journey_id, None)
        for duty in duties:
            for journey_id in {stop.journey_id for stop in duty.stops if stop.journey_id is not None}:
                was = plan.duty_of.get(journey_id)
                if was is None and journey_id not in moved:
                    since.add(journey_id)
                elif journey_id not in since:
                    first = self.moved.get(journey_id, was)
                    if first is not None and first != duty.duty_id:
                        moved[journey_id] = first
                    else:
                        moved.pop(journey_id, None)
        return Published(self.count - len(gone), moved, frozenset(since))

    def document(self) -> dict[str, Any]:
        """For the roster's ``engine``."""
        return {"count": self.count, "moved": dict(sorted(self.moved.items())), "since": sorted(self.since)}
